package dev.davit

import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.Digest
import dev.davit.image.History
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Layer
import dev.davit.image.Platform
import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream

import java.time.Instant

/** Small images with the same digests on every machine. */
class Samples {

    /** A layer with these files; zstd packs the same on every machine, gzip does not. */
    static Layer layer(Map<String, String> files, Compression compression = Compression.NONE) {
        def tar = new ByteArrayOutputStream()
        new TarArchiveOutputStream(tar).withCloseable { out ->
            files.each { name, text ->
                def entry = new TarArchiveEntry(name)
                entry.setSize(text.bytes.length)
                entry.setModTime(0)
                entry.setUserName('')
                out.putArchiveEntry(entry)
                out.write(text.bytes)
                out.closeArchiveEntry()
            }
        }
        def packed = new ByteArrayOutputStream()
        compression.compress(packed).withCloseable { it.write(tar.toByteArray()) }
        Layer.of(Blob.of(packed.toByteArray()), Digest.of(tar.toByteArray()), compression, 'sample')
    }

    /** An image with one layer for each text, unpacked and zstd in turns. */
    static Image image(String... texts) {
        imageFor('linux/amd64', texts)
    }

    static Image imageFor(String platform, String... texts) {
        def kinds = [Compression.NONE, Compression.ZSTD]
        def layers = texts.toList().withIndex().collect { text, i -> layer([("file$i".toString()): text], kinds[i % 2]) }
        Image.scratch(Platform.parse(platform))
                .withLayers(layers, layers.collect { History.of(Instant.EPOCH, 'sample') })
    }

    /** An index of two images that share a layer, one of them in an index of its own. */
    static Index index(String text) {
        Index.of([image('shared', text), Index.of([imageFor('linux/arm64', 'shared', text * 2)])])
    }
}
