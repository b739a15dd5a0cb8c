package dev.davit.validate

import static dev.davit.tar.TarFixture.END
import static dev.davit.tar.TarFixture.tar

import dev.davit.Samples
import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.image.Artifact
import dev.davit.image.Descriptor
import dev.davit.image.Index
import dev.davit.image.MediaType
import dev.davit.image.MemorySource
import dev.davit.json.Document
import dev.davit.json.Json
import java.nio.channels.ClosedByInterruptException
import spock.lang.Specification

class ValidationSpec extends Specification {

    def 'what is as it should be has no findings: #what'() {
        expect:
        Validation.of(artifact, false) == []
        Validation.of(artifact, true) == []

        where:
        what                  | artifact
        'three compressions'  | new Crafted().with { Artifact.of(document(), it, 'x') }
        'nothing in it'       | Samples.image()
        'an index'            | Samples.index('a')
        'a signature'         | new MemorySource().with { s -> s.get(s.artifact('signature')) }
        'an edited index'     | Samples.index('a').apply { it.withConfig { tree -> tree.set('web', 'config', 'User') } }
    }

    def 'what an image may well have is no finding: #what'() {
        given:
        def image = new Crafted().tap { change.rehydrate(it, it, it).call() }

        expect:
        Crafted.found(image, image.document()) == []
        Crafted.found(image, image.document(), true) == []

        where:
        what                                | change
        'no media type of its own'          | { manifest.remove('mediaType') }
        'no history'                        | { config.remove('history') }
        'steps without a layer'             | { config.history << [created_by: 'env', empty_layer: true] }
        'a time with a zone and fractions'  | { config.created = '2026-01-31t12:00:00.123456789+02:00' }
        'no time'                           | { config.created = null }
        'no labels'                         | { config.config = null }
        'unknown members'                   | { config.x = [1]; layers[0].y = 2; config.rootfs.z = null }
        'a subject that is not there'       | { manifest.subject = [mediaType: 'a/b', size: 9, digest: layers[0].digest] }
        'embedded data'                     | {
            layers[2].data = bytes(layers[2]).encodeBase64().toString()
            lose(layers[2])
        }
        'a foreign layer'                   | { layers[0].mediaType = FOREIGN; lose(layers[0]) }
        'an encrypted layer'                | { layers[0].putAll(add(LAYER + '+encrypted', 'x'.bytes)) }
        'a zstd layer in a Docker manifest' | {
            manifest.mediaType = MediaType.DOCKER_MANIFEST.name()
            layers[0].mediaType = MediaType.DOCKER_LAYER.name()
            layers[1].mediaType = MediaType.DOCKER_LAYER.name() + '.gzip'
            configDescriptor = add(MediaType.DOCKER_CONFIG.name(), Json.write(config))
        }
        'a layer that is there twice'       | { layer(TOP, Compression.ZSTD) }
        'a layer with nothing in it'        | { layer(END, Compression.GZIP) }
        'a proof instead of layers'         | {
            config.putAll([os: 'unknown', architecture: 'unknown', rootfs: [type: 'layers'], history: []])
            layers = [add('application/vnd.in-toto+json', '{}'.bytes)]
            config.rootfs.diff_ids = [layers[0].digest]
        }
    }

    def 'an index may list what is neither an image nor an index'() {
        given:
        def source = new Crafted()
        def entries = [source.descriptor(), source.add('text/plain', 'x'.bytes)]
        def index = Document.of([schemaVersion: 2, mediaType: MediaType.OCI_INDEX.name(), manifests: entries])

        expect:
        Crafted.found(source, index) == []
        Validation.of(Artifact.of(index, source, 'x'), false) == []
    }

    def 'all that is wrong is found at once'() {
        given:
        def image = new Crafted().tap {
            manifest.annotations = 'none'
            config.created = 'today'
            config.rootfs.type = 'x'
            layers[0].size = 1
            layers[1].mediaType = LAYER
            replace(2, tar { file "a", ""; file "a", "" })
            lose(layers[1])
            layer(TOP)
            config.rootfs.diff_ids[3] = config.rootfs.diff_ids[0]
        }

        expect:
        Crafted.found(image, image.document()) == [
                'image sha256:0a5cf7: its annotations are no object of texts',
                "image sha256:0a5cf7, config (sha256:5f91cc): rootfs.type is 'x', expected 'layers'",
                "image sha256:0a5cf7, config (sha256:5f91cc): created is 'today', expected a time of RFC 3339, such as " +
                        '2026-01-31T12:00:00Z',
                'image sha256:0a5cf7, layer 0 (sha256:902b6b): has more bytes than the 1 that its descriptor says',
                'image sha256:0a5cf7, layer 1 (sha256:591e78): r.test/a has no blob sha256:591e78',
                "image sha256:0a5cf7, layer 2 (sha256:cf43c0): entry 'a' is there more than once",
                'image sha256:0a5cf7, layer 3 (sha256:beb7b7): is sha256:beb7b7 when it is unpacked, but its diff id ' +
                        'says sha256:902b6b']
    }

    def 'a layer that cannot be read takes nothing from those above it'() {
        given:
        def image = new Crafted().tap { lose(layers[0]) }

        expect:
        Crafted.found(image, image.document()) ==
                ['image sha256:7b7475, layer 0 (sha256:902b6b): r.test/a has no blob sha256:902b6b']
    }

    def 'very many findings are counted'() {
        given:
        def layer = new Crafted().tap { replace(2, tar { 200.times { n -> 2.times { file "f$n", '' } } }) }
        def image = new Crafted().tap { manifest.annotations = (1..1500).collectEntries { ["a$it".toString(), it] } }

        when:
        def found = Crafted.found(layer, layer.document())

        then:
        found.size() == 101
        found[99] == "image sha256:b6f2ba, layer 2 (sha256:e1c956): entry 'f99' is there more than once"
        found[100] == 'image sha256:b6f2ba, layer 2 (sha256:e1c956): has 100 more entries that are wrong'

        when:
        found = Crafted.found(image, image.document())

        then:
        found.size() == 1001
        found[999].endsWith(": the value of 'a1000' in its annotations is no text")
        found[1000] == 'r.test/a: there are 500 more findings'
    }

    def 'an index that lies in itself many times over is checked once'() {
        given:
        def source = new Crafted()
        def inner = source.descriptor()
        30.times { inner = source.add([schemaVersion: 2, mediaType: MediaType.OCI_INDEX.name(), manifests: [inner, inner]]) }

        expect:
        Crafted.found(source, Document.parse(source.bytes(inner), 'x')) == []
    }

    def 'indexes in indexes are followed as deep as is reasonable'() {
        given:
        def source = new Crafted()
        def inner = source.descriptor()
        40.times { inner = source.add([schemaVersion: 2, mediaType: MediaType.OCI_INDEX.name(), manifests: [inner]]) }

        expect:
        Crafted.found(source, Document.parse(source.bytes(inner), 'x')) ==
                ['index sha256:891792, manifest 0 (sha256:26adbc): lies in more than 32 indexes']
    }

    def 'an index of images that were made here knows them'() {
        expect:
        Crafted.shortened(Validation.of(Index.of([Samples.image('a')]).add(Samples.image('b')), false)) ==
                ['index sha256:37e24e, manifest 1 (sha256:1e5cb5): is for linux/amd64, as manifest 0 is']
    }

    def 'a fast validation reads manifests and configs, and no layer'() {
        given:
        def opened = []
        def image = new Crafted()
        def manifest = image.document()
        def content = new Artifact.Content() {
            Blob blob(Descriptor descriptor) {
                def blob = image.blob(descriptor)
                Blob.of(blob.digest(), blob.size(), 'there', new Blob.Opener() {
                    InputStream open() {
                        opened << descriptor.mediaType().name()
                        blob.openUnverified()
                    }

                    OptionalLong stored() {
                        OptionalLong.of(blob.size())
                    }
                })
            }

            Document manifest(Descriptor descriptor) {
                null
            }
        }

        expect:
        Crafted.found(content, manifest, true) == []
        opened == [MediaType.OCI_CONFIG.name()]
    }

    def 'an interruption is no finding'() {
        when:
        Validation.run(false, 'x') { throw new ClosedByInterruptException() }

        then:
        thrown(ClosedByInterruptException)
    }
}
