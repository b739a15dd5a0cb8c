package dev.davit.edit

import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.image.Image
import dev.davit.image.Layer
import dev.davit.image.MediaType
import dev.davit.image.Platform
import java.time.Instant
import spock.lang.Specification

class AppendSpec extends Specification {

    static Layer layer(String content, Compression compression = Compression.NONE) {
        def blob = Blob.of(content.bytes)
        Layer.of(blob, blob.digest(), compression, "made of $content")
    }

    static Image append(Image image, Layer... layers) {
        Append.of(layers as List, Instant.EPOCH).apply(image)
    }

    static final SCRATCH = Image.scratch(Platform.parse('linux/amd64'))

    def 'layers go on top, with their diff ids and their history'() {
        given:
        def image = append(append(SCRATCH, layer('one')), layer('two'), layer('three'))

        expect:
        image.layers() == [layer('one'), layer('two'), layer('three')]
        image.config().diffIds() == [layer('one'), layer('two'), layer('three')]*.diffId()
        image.config().history()*.createdBy()*.get() == ['made of one', 'made of two', 'made of three']
        image.config().history()*.created()*.get() == ['1970-01-01T00:00:00Z'] * 3
        image.layers()*.blob()*.bytes()*.size() == [3, 3, 5]
    }

    def 'a layer takes the media type of the family of the image: #compression into #manifest'() {
        given:
        def base = SCRATCH.withManifest { it.set(manifest, 'mediaType') }

        expect:
        append(base, layer('x', compression)).layerDescriptors()*.mediaType()*.name() == [expected]

        where:
        manifest                          | compression      | expected
        MediaType.OCI_MANIFEST.name()     | Compression.NONE | 'application/vnd.oci.image.layer.v1.tar'
        MediaType.OCI_MANIFEST.name()     | Compression.GZIP | 'application/vnd.oci.image.layer.v1.tar+gzip'
        MediaType.OCI_MANIFEST.name()     | Compression.ZSTD | 'application/vnd.oci.image.layer.v1.tar+zstd'
        MediaType.DOCKER_MANIFEST.name()  | Compression.NONE | 'application/vnd.docker.image.rootfs.diff.tar'
        MediaType.DOCKER_MANIFEST.name()  | Compression.GZIP | 'application/vnd.docker.image.rootfs.diff.tar.gzip'
        MediaType.DOCKER_MANIFEST.name()  | Compression.ZSTD | 'application/vnd.oci.image.layer.v1.tar+zstd'
    }

    def 'an image with layers and no history gets none: it would be taken for that of the first layers'() {
        given:
        def bare = append(SCRATCH, layer('one')).withConfig { it.remove('history') }

        expect:
        append(bare, layer('two')).config().history().empty
        append(bare, layer('two')).layers().size() == 2
    }

    def 'no layers is no change'() {
        expect:
        append(SCRATCH).is(SCRATCH)
    }

    def 'an artifact gets more at the end of its list, as it is'() {
        given:
        def file = Layer.of(Blob.of('{"spdxVersion":"SPDX-2.3"}'.bytes), new MediaType('application/spdx+json'), 'file')
        def artifact = append(append(Image.artifact('application/spdx+json'), file), layer('one'))

        expect:
        artifact.manifest().toString() == '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",' +
                '"artifactType":"application/spdx+json","config":{"mediaType":"application/vnd.oci.empty.v1+json",' +
                '"digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2,"data":"e30="},' +
                '"layers":[{"mediaType":"application/spdx+json",' +
                '"digest":"sha256:d4f269605ffe72fbe7a3021d68284798ec364111376ee2eace17688bb52a9e1d","size":26},' +
                '{"mediaType":"application/vnd.oci.image.layer.v1.tar",' +
                "\"digest\":\"${layer('one').digest()}\",\"size\":${layer('one').size()}}]}"
        artifact.blobs()*.bytes() == ['{}'.bytes, file.blob().bytes(), layer('one').blob().bytes()]
        !artifact.containerImage
    }
}
