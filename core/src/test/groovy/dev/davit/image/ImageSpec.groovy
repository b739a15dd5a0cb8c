package dev.davit.image

import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.Digest
import dev.davit.json.Document
import java.time.Instant
import spock.lang.Specification

class ImageSpec extends Specification {

    static final SUBJECT = [mediaType: 'a/b', digest: 'sha256:' + 'a' * 64, size: 1]

    MemorySource source = new MemorySource()

    def 'an image of nothing has a fixed digest'() {
        given:
        def image = Image.scratch(Platform.parse('linux/arm/v7'))

        expect:
        "${image.digest()}" == 'sha256:39ff0e887530d58a51d53c9a0e28046331fe77aab21a2656ef7e5308f44dad8f'
        "${image.config().document()}" == '{"architecture":"arm","os":"linux","variant":"v7","config":{},' +
                '"rootfs":{"type":"layers","diff_ids":[]},"history":[]}'
        "${image.manifest()}" == '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",' +
                '"config":{"mediaType":"application/vnd.oci.image.config.v1+json",' +
                "\"digest\":\"${image.config().document().digest()}\",\"size\":116},\"layers\":[]}"
        image.layers() == []
        "${image.platform()}" == 'linux/arm/v7'
    }

    def 'only what is asked for is fetched, and the config once'() {
        given:
        def image = image()

        when:
        image.digest()
        image.layerDescriptors()
        image.size()
        image.blobs()
        image.descriptor()
        image.withManifest { it.set('v', 'annotations', 'k') }

        then:
        source.fetched == []

        when:
        2.times { image.config() }
        image.layers()
        image.withConfig { it.set('u', 'config', 'User') }.withManifest { it.set('v', 'annotations', 'k') }.config()

        then:
        source.fetched == [image.configDescriptor().digest()]

        when:
        image.layers()[0].uncompressed().text

        then:
        source.fetched == [image.configDescriptor().digest(), image.layerDescriptors()[0].digest()]
    }

    def 'an edit of the config changes of the manifest only what it says of the config'() {
        given:
        def image = image(subject: SUBJECT, 'x-unknown': [1.50, null], annotations: [z: '1', a: '2'])
        def edited = image.withConfig { it.set('nginx', 'config', 'User') }

        expect:
        edited.config().document().tree().toString() == image.config().document().tree().toString()
                .replace('config:[Env:[A=1]]', 'config:[Env:[A=1], User:nginx]')
        edited.manifest().tree().toString() == image.manifest().tree().toString()
                .replace("${image.configDescriptor().digest()}", "${edited.config().document().digest()}")
                .replace("size:${image.configDescriptor().size()}", "size:${edited.config().document().size()}")
        edited.digest() != image.digest()
        edited.layers() == image.layers()
        edited.blobs()[0].bytes() == edited.config().document().bytes()
    }

    def 'an edit that changes nothing gives the same image'() {
        given:
        def image = image()

        expect:
        image.withConfig { it.set(['A=1'], 'config', 'Env') }.is(image)
        image.withManifest { it.remove('annotations') }.is(image)
        image.withLayers(image.layers(), image.config().history()) == image
        image.withLayers(image.layers(), image.config().history()).manifest().is(image.manifest())
        image.apply { it }.is(image)
        image.images() == [image]
    }

    def 'layers are listed in manifest and config, and all else stays'() {
        given:
        def image = image(subject: SUBJECT, 'x-unknown': [1.50, null])
        def layer = layer('more')
        def edited = image.withLayers(image.layers() + layer, image.config().history() + History.of(Instant.EPOCH, 'spec'))

        expect:
        edited.layers() == image.layers() + layer
        edited.layers()[1].blob().bytes() == 'more'.bytes
        edited.config().diffIds() == image.config().diffIds() + layer.diffId()
        edited.config().history()*.tree() == [[created_by: 'test'], [created: '1970-01-01T00:00:00Z', created_by: 'spec']]
        edited.manifest().tree().keySet() as List ==
                ['schemaVersion', 'mediaType', 'config', 'layers', 'subject', 'x-unknown']
        edited.manifest().tree().subject == SUBJECT
        edited.config().document().tree().keySet() == image.config().document().tree().keySet()
        edited.config().document().get('x-unknown').get() == [1.50]
        edited.blobs()*.digest() == [edited.configDescriptor()*.digest(), edited.layers()*.digest()].flatten()
        edited.size() == edited.manifest().size() + edited.configDescriptor().size() + 'linux/arm64'.size() + 4
    }

    def 'layers that go leave with their bytes'() {
        given:
        def edited = image().withLayers([], [])

        expect:
        edited.layers() == []
        edited.blobs()*.digest() == [edited.configDescriptor().digest()]
        edited.config().history() == []
    }

    def 'a config without rootfs and history gets a rootfs with its type, and no history where there is none to tell'() {
        given:
        def config = source.add(MediaType.OCI_CONFIG.name(), [os: 'linux'])
        def image = of(config: config, layers: [])

        expect:
        "${image.withLayers([layer('x')], []).config().document()}" ==
                """{"os":"linux","rootfs":{"type":"layers","diff_ids":["${layer('x').diffId()}"]}}"""
    }

    def 'the same layer twice is one blob'() {
        given:
        def image = image()
        def twice = image.withLayers(image.layers() * 2, [])

        expect:
        twice.layers().size() == 2
        twice.blobs().size() == 2
        twice.size() == twice.manifest().size() + twice.configDescriptor().size() + 'linux/arm64'.size()
    }

    def 'an artifact that is not a container image says so, and still has its blobs'() {
        given:
        def image = source.get(source.artifact('text')) as Image

        expect:
        !image.containerImage
        image.layerDescriptors()*.mediaType()*.name() == ['text/plain']
        image.blobs()*.bytes()*.length == [2, 4]
        image.withManifest { it.set('v', 'annotations', 'k') }.annotations() == [k: 'v']

        when:
        ask(image)

        then:
        def e = thrown(IOException)
        e.message == 'r.test/a is not a container image but an artifact with the config application/vnd.oci.empty.v1+json'

        where:
        ask << [{ it.config() }, { it.layers() }, { it.platform() }, { it.withConfig { } }, { it.withLayers([], []) },
                { it.platform(Platform.parse('linux/amd64')) }]
    }

    def 'a manifest and a config that disagree on the number of layers are refused'() {
        given:
        def config = source.add(MediaType.OCI_CONFIG.name(), [rootfs: [diff_ids: ['sha256:' + 'a' * 64] * diffIds]])

        when:
        of(config: config, layers: [source.add(MediaType.OCI_LAYER.name(), 'x'.bytes)]).layers()

        then:
        def e = thrown(IOException)
        e.message == "r.test/a: the manifest lists 1 layers, but the config has $diffIds diff ids"

        where:
        diffIds << [0, 2]
    }

    def 'a config that is not JSON is refused with its place'() {
        when:
        of(config: source.add(MediaType.OCI_CONFIG.name(), '[]'.bytes), layers: []).config()

        then:
        def e = thrown(IOException)
        e.message == "r.test/a, config ${Digest.of('[]'.bytes)} is not a JSON object"
    }

    def 'embedded data spares the fetch, and follows an edit'() {
        given:
        def bytes = '{"os":"linux"}'.bytes
        def image = of(config: source.add(MediaType.OCI_CONFIG.name(), bytes) + [data: bytes.encodeBase64().toString()],
                layers: [source.add(MediaType.OCI_LAYER.name(), 'x'.bytes) + [data: 'eA==']])
        def edited = image.withConfig { it.set('arm64', 'architecture') }

        expect:
        image.blobs()*.bytes().collect { new String(it) } == ['{"os":"linux"}', 'x']
        "${image.platform()}" == 'linux'
        source.fetched == []
        new String(edited.configDescriptor().tree().data.decodeBase64()) == '{"os":"linux","architecture":"arm64"}'
    }

    def 'an edit of the manifest can change what it says of the content'() {
        given:
        def image = image()
        def edited = image.withManifest {
            it.set(MediaType.DOCKER_MANIFEST.name(), 'mediaType')
            it.set(MediaType.DOCKER_CONFIG.name(), 'config', 'mediaType')
            it.set(it.list('layers').collect { layer -> layer + [mediaType: MediaType.DOCKER_LAYER.name()] }, 'layers')
        }

        expect:
        edited.mediaType() == MediaType.DOCKER_MANIFEST
        edited.configDescriptor().mediaType() == MediaType.DOCKER_CONFIG
        edited.layers()*.mediaType() == [MediaType.DOCKER_LAYER]
        edited.layers()[0].uncompressed().text == 'linux/arm64'
        edited.config() == image.config()
    }

    def 'an edit of the manifest cannot refer to content that is not there: #problem'() {
        when:
        image().withManifest(edit)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "r.test/a$problem"

        where:
        edit                                                       || problem
        ({ it.set('sha256:' + 'a' * 64, 'config', 'digest') })     || ' has no blob sha256:' + 'a' * 64 + ' to refer to'
        ({ it.set([SUBJECT], 'layers') })                          || ' has no blob sha256:' + 'a' * 64 + ' to refer to'
        ({ it.set([[a: 1]], 'layers') })                           || ', layers[0]: the descriptor has no digest'
        ({ it.remove('config') })                                  || ', config: the descriptor has no digest'
    }

    def 'an image is for its own platform only'() {
        given:
        def image = image()

        expect:
        image.platform(Platform.parse('linux/arm64/v8')).is(image)

        when:
        image.platform(Platform.parse('linux/amd64'))

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'r.test/a is an image for linux/arm64, not for linux/amd64'
    }

    def 'images with the same manifest are equal'() {
        expect:
        image() == image()
        image() != image(annotations: [k: 'v'])
        "${image()}" == "image ${image().digest()}"
    }

    private Image image(Map<String, Object> extra = [:]) {
        source.get(source.image('linux/arm64', 'linux/arm64', extra)) as Image
    }

    private Image of(Map<String, Object> manifest) {
        Artifact.of(Document.of(manifest), source, 'r.test/a') as Image
    }

    private static Layer layer(String content) {
        def blob = Blob.of(content.bytes)
        Layer.of(blob, blob.digest(), Compression.NONE, 'spec')
    }
}
