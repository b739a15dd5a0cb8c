package dev.davit.tar

import static dev.davit.tar.TarFixture.tar

import dev.davit.blob.Compression
import dev.davit.blob.ContentStore
import dev.davit.blob.Digest
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class LayerArchiveSpec extends Specification {

    @TempDir Path folder

    static final byte[] TAR = tar { file 'a', 'a' * 100_000; symlink 'l', 'a' }

    ContentStore store() {
        ContentStore.at(folder.resolve('store'), 0)
    }

    static byte[] packed(byte[] bytes, Compression compression) {
        def out = new ByteArrayOutputStream()
        compression.compress(out).withCloseable { it.write(bytes) }
        out.toByteArray()
    }

    Path file(byte[] bytes) {
        Files.write(folder.resolve('layer.tar'), bytes)
    }

    def 'a packed archive keeps its bytes: #compression'() {
        given:
        def bytes = packed(TAR, compression)

        when:
        def layer = LayerArchive.of(store(), file(bytes))

        then:
        layer.digest() == Digest.of(bytes)
        layer.diffId() == Digest.of(TAR)
        layer.mediaType().name() == 'application/vnd.oci.image.layer.v1.tar' + suffix
        layer.createdBy().get() == 'davit layer: tar archive'
        store().find(layer.digest()).present
        layer.uncompressed().withCloseable { it.bytes } == TAR

        where:
        compression      | suffix
        Compression.GZIP | '+gzip'
        Compression.ZSTD | '+zstd'
    }

    def 'a plain archive is packed with gzip'() {
        when:
        def layer = LayerArchive.of(store(), file(TAR))

        then:
        layer.digest() == Digest.of(packed(TAR, Compression.GZIP))
        layer.diffId() == Digest.of(TAR)
        layer.uncompressed().withCloseable { it.bytes } == TAR
    }

    def 'a stream gives the same layer'() {
        expect:
        LayerArchive.of(store(), new ByteArrayInputStream(bytes), 'standard input') == LayerArchive.of(store(), file(bytes))

        where:
        bytes << [TAR, packed(TAR, Compression.GZIP), TarFixture.join(packed(TAR, Compression.GZIP), packed('more'.bytes, Compression.GZIP))]
    }

    def 'what is no tar archive is refused by its name, and not stored: #what'() {
        given:
        def file = file(bytes)

        when:
        LayerArchive.of(store(), file)

        then:
        def e = thrown(IOException)
        e.message == "$file: $problem"
        folder.resolve('store').toFile().list().length == 0

        where:
        what              | bytes                                                              | problem
        'text'            | ('no tar ' * 200).bytes                                            | 'not a tar archive'
        'packed text'     | packed('text'.bytes, Compression.GZIP)                             | 'not a tar archive'
        'nothing'         | new byte[0]                                                        | 'empty, expected a tar archive'
        'packed nothing'  | packed(new byte[0], Compression.ZSTD)                              | 'empty, expected a tar archive'
        'half an archive' | Arrays.copyOf(TAR, 5000)                                           | 'Truncated TAR archive'
        'half a stream'   | Arrays.copyOf(packed(TAR, Compression.GZIP), 100)                  | 'the gzip stream is damaged: it ends too early'
        'a short stream'  | Arrays.copyOf(packed(TAR, Compression.GZIP), 5)                    | 'the gzip stream is damaged: it ends too early'
    }

    def 'a pipe is read to its end'() {
        given:
        def pipe = folder.resolve('pipe')
        assert new ProcessBuilder('mkfifo', pipe as String).start().waitFor() == 0
        Thread.startDaemon { Files.newOutputStream(pipe).withCloseable { it.write(TAR) } }

        expect:
        LayerArchive.of(store(), pipe).diffId() == Digest.of(TAR)
    }

    def 'a missing file is named'() {
        when:
        LayerArchive.of(store(), folder.resolve('no.tar'))

        then:
        def e = thrown(NoSuchFileException)
        e.message == "$folder/no.tar: not a file, expected a tar archive"
    }
}
