package dev.davit.image

import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.Digest
import spock.lang.Specification

class LayerSpec extends Specification {

    static final DIFF_ID = Digest.parse('sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824')

    def 'a layer that was made here gets the media type of its compression'() {
        given:
        def blob = packed('hello')
        def layer = Layer.of(blob, DIFF_ID, Compression.ZSTD, 'made in a spec')

        expect:
        "${layer.mediaType()}" == 'application/vnd.oci.image.layer.v1.tar+zstd'
        layer.digest() == blob.digest()
        layer.size() == blob.size()
        layer.diffId() == DIFF_ID
        layer.createdBy().get() == 'made in a spec'
        layer.uncompressed().text == 'hello'
    }

    def 'unpacked bytes that are not what the diff id says fail before their end'() {
        when:
        Layer.of(packed('hellO'), DIFF_ID, Compression.ZSTD, '').uncompressed().text

        then:
        def e = thrown(IOException)
        e.message.contains("blob $DIFF_ID has other content than its digest says")
    }

    def 'a layer that cannot be unpacked leaves nothing open'() {
        given:
        def bytes = [0x1f, 0x8b, 8] as byte[]
        boolean closed = false
        def blob = Blob.of(Digest.of(bytes), 3, 'a.tar', {
            new FilterInputStream(new ByteArrayInputStream(bytes)) {
                @Override
                void close() {
                    closed = true
                }
            }
        })

        when:
        Layer.of(blob, DIFF_ID, Compression.GZIP, '').uncompressed()

        then:
        def e = thrown(IOException)
        e.message == 'the gzip stream is damaged: it ends too early'
        closed
    }

    def 'a layer has the bytes of its digest and no others'() {
        given:
        def layer = Layer.of(packed('hello'), DIFF_ID, Compression.ZSTD, '')

        when:
        layer.withBlob(Blob.of('other'.bytes))

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "layer ${layer.digest()} cannot have the bytes of ${Digest.of('other'.bytes)}"
        layer.withBlob(packed('hello')) == layer
    }

    def 'another media type keeps what else the descriptor says'() {
        given:
        def blob = Blob.of('hello'.bytes)
        def tree = [mediaType: MediaType.OCI_LAYER.name(), digest: "$DIFF_ID", size: 5, annotations: [k: 'v'], x: 1]
        def layer = Layer.of(Descriptor.parse(tree, 'm'), DIFF_ID, blob).withMediaType(MediaType.DOCKER_LAYER)

        expect:
        layer.descriptor().tree() == tree + [digest: "$DIFF_ID".toString(), mediaType: MediaType.DOCKER_LAYER.name()]
        layer.createdBy().empty
    }

    private static Blob packed(String text) {
        def out = new ByteArrayOutputStream()
        Compression.ZSTD.compress(out).withCloseable { it.write(text.bytes) }
        Blob.of(out.toByteArray())
    }

    def 'bytes may be a layer as they are, packed in any way: #compression'() {
        given:
        def packed = new ByteArrayOutputStream()
        compression.compress(packed).withCloseable { it.write('content'.bytes) }
        def blob = Blob.of(packed.toByteArray())
        def layer = Layer.of(blob, MediaType.layer(MediaType.OCI_MANIFEST, compression), 'a file')

        expect:
        layer.digest() == blob.digest()
        layer.diffId() == Digest.of('content'.bytes)
        layer.uncompressed().bytes == 'content'.bytes
        layer.createdBy().get() == 'a file'

        when: 'the media type is none of a layer, the bytes are what it holds'
        def file = Layer.of(blob, new MediaType('application/vnd.example'), 'a file')

        then:
        file.mediaType().name() == 'application/vnd.example'
        file.diffId() == blob.digest()
        file.uncompressed().bytes == packed.toByteArray()

        where:
        compression << Compression.values()
    }
}
