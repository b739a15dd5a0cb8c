package dev.davit.edit

import dev.davit.blob.Codec
import dev.davit.blob.Compression
import dev.davit.blob.ContentStore
import dev.davit.image.Image
import dev.davit.image.Platform
import dev.davit.tar.Entry
import dev.davit.tar.LayerWriter
import dev.davit.tar.TarReader
import dev.davit.tar.TarWriter
import groovy.transform.CompileStatic
import java.nio.file.Path
import java.time.Instant

/** Drops the first of two files of 64 MiB and changes the other; says how large that is then. */
@CompileStatic
class LargeFile {

    static void main(String... arguments) {
        def store = ContentStore.at(Path.of(arguments[0]).resolve('store'), 0)
        def layer = LayerWriter.write(store, Codec.of(Compression.ZSTD), 'test') { OutputStream out ->
            def tar = new TarWriter(out)
            ['a', 'b'].each {
                tar.write(Entry.file(it, 64 << 20, Entry.Attributes.of(0644, Instant.EPOCH)), new Zeros())
            }
            tar.finish()
        }
        def image = Append.of([layer], Instant.EPOCH).apply(Image.scratch(Platform.parse('linux/amd64')))
        def mapped = MapFiles.of(store) { FileEditor file ->
            if (file.entry().path() == 'a') {
                file.drop()
            }
            file.mode(0600)
        }.apply(image)
        TarReader.of(mapped.layers()[0]).withCloseable { println it.next().get().size() }
    }

    private static class Zeros extends InputStream {

        @Override
        int read() {
            0
        }

        @Override
        int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) 0)
            length
        }
    }
}
