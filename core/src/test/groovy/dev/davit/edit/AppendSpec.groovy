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
}
