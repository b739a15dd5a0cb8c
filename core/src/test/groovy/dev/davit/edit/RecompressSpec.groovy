package dev.davit.edit

import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer
import static dev.davit.edit.Images.store

import dev.davit.blob.Blob
import dev.davit.blob.Codec
import dev.davit.blob.Compression
import dev.davit.image.Layer
import java.nio.file.Path
import java.util.zip.GZIPOutputStream
import spock.lang.Specification
import spock.lang.TempDir

class RecompressSpec extends Specification {

    @TempDir Path folder

    static final IMAGE = image([layer('a'), layer('b', Compression.GZIP), layer('c', Compression.ZSTD)], config: [author: 'Ann'])

    def 'layers are packed in another way, and what they hold stays: #codec'() {
        given:
        def packed = Recompress.of(Codec.parse(codec), store(folder)).apply(IMAGE)

        expect:
        packed.layers().collect { it.blob().open().withCloseable { Compression.of(it.readNBytes(4)) } }.unique() == [compression]
        packed.layerDescriptors()*.mediaType()*.toString().unique() == [mediaType]
        packed.config() == IMAGE.config()
        packed.layers()*.uncompressed()*.bytes == IMAGE.layers()*.uncompressed()*.bytes
        packed.layers()[same].digest() == IMAGE.layers()[same].digest()
        packed.digest().toString() == digest

        where:
        codec         | compression      | same | mediaType                                            | digest
        'none'        | Compression.NONE | 0    | 'application/vnd.oci.image.layer.v1.tar'             | 'sha256:d198b56bb722b3dae1a5dae784c280cc201b12b406b7dfe9957a376a3a628b33'
        'gzip'        | Compression.GZIP | 1    | 'application/vnd.oci.image.layer.v1.tar+gzip'        | 'sha256:fe5fcda6f81366907edf2f2845833032c8710f19cc49df016ac8960f8edf914c'
        'gzip/1'      | Compression.GZIP | 1    | 'application/vnd.oci.image.layer.v1.tar+gzip'        | 'sha256:fe5fcda6f81366907edf2f2845833032c8710f19cc49df016ac8960f8edf914c'
        'zstd'        | Compression.ZSTD | 2    | 'application/vnd.oci.image.layer.v1.tar+zstd'        | 'sha256:f0bee2f85c181283e256dcae1ee077dfa49322dfe3dabb69e7f9cbef78d2938e'
    }

    def 'an exact codec packs again what somebody else has packed, and another is content with it'() {
        given:
        def other = new ByteArrayOutputStream()
        def plain = layer('b')
        new GZIPOutputStream(other).withCloseable { it.write(plain.blob().bytes()) }
        def foreign = Layer.of(Blob.of(other.toByteArray()), plain.diffId(), Compression.GZIP, 'x')

        expect:
        Recompress.of(Codec.parse('gzip'), store(folder)).apply(image([foreign])).layers() == [foreign]
        Recompress.of(Codec.parse('gzip/1'), store(folder)).apply(image([foreign])).layers() == [layer('b', Compression.GZIP)]
        Recompress.of(Codec.parse('gzip/1 fast'), store(folder)).apply(image([foreign])).layers()*.diffId() == [plain.diffId()]
    }

    def 'a level of zstd is a codec'() {
        given:
        def big = image([layer { file 'x', (1..20000).collect { it * 7919 % 10007 }.join(' ') }])
        def size = { String codec -> Recompress.of(Codec.parse(codec), store(folder)).apply(big).layers()[0].size() }

        expect:
        size('zstd 19') < size('zstd 1')
    }

    def 'what tells of the old bytes goes, and other members of a descriptor stay'() {
        given:
        def said = [annotations: ['containerd.io/snapshot/stargz/toc.digest': 'x', kept: 'yes'], urls: ['https://x.test'], 'x.y': 1]
        def before = image([layer('a')]).withManifest { tree -> tree.set(tree.list('layers').collect { it + said }, 'layers') }

        expect:
        Recompress.of(Codec.parse('gzip'), store(folder)).apply(before).layerDescriptors()[0].tree()
                .findAll { !(it.key in ['digest', 'size']) } ==
                [mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', annotations: [kept: 'yes'], 'x.y': 1]
    }

    def 'layers that are encrypted or served elsewhere stay: #type'() {
        given:
        def before = image([layer('a')]).withManifest { tree -> tree.set(tree.list('layers').collect { it + [mediaType: type] }, 'layers') }

        expect:
        Recompress.of(Codec.parse('gzip'), store(folder)).apply(before) == before
        MapFiles.of(store(folder)) { it.drop() }.apply(before) == before

        where:
        type << ['application/vnd.oci.image.layer.v1.tar+encrypted', 'application/vnd.oci.image.layer.nondistributable.v1.tar']
    }

    def 'a Docker image gets OCI\'s media type for zstd'() {
        expect:
        Recompress.of(Codec.parse('zstd'), store(folder)).apply(image([layer('a')], docker: true)).layerDescriptors()*.mediaType()*.toString() ==
                ['application/vnd.oci.image.layer.v1.tar+zstd']
    }

    def 'a codec that does not exist is refused: #name'() {
        when:
        Codec.parse(name)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == message

        where:
        name      | message
        'lz4'     | "unknown codec 'lz4': expected none, gzip, gzip/1, gzip/1 fast, zstd or a level of it such as zstd 19"
        'zstd 23' | 'zstd has no level 23: expected 1 to 22'
        'zstd 0'  | 'zstd has no level 0: expected 1 to 22'
    }
}
