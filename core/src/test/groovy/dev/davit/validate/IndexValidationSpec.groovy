package dev.davit.validate

import dev.davit.image.MediaType
import dev.davit.json.Document
import spock.lang.Specification

/** Indexes with one damage each, and what is said of it. */
class IndexValidationSpec extends Specification {

    static final String INDEX = MediaType.OCI_INDEX.name()

    /** Two images, in a place that knows both. */
    static class Pair extends Crafted {

        Map amd = image('amd64')
        Map arm = image('arm64')
        Map index = [schemaVersion: 2, mediaType: INDEX]
        def manifests = [amd, arm]

        Map image(String architecture, Closure damage = {}) {
            def image = new Crafted()
            image.config.architecture = architecture
            damage.rehydrate(image, image, image).call()
            def descriptor = image.descriptor() + [platform: [os: 'linux', architecture: architecture]]
            contents.putAll(image.contents)
            descriptor
        }

        Document document() {
            Document.of([*: index, manifests: manifests])
        }
    }

    private static final List<String> NOTHING = []
    /** Also where layers are not read. */
    private static final List<String> SAME = null

    /** What is damaged, how, what is said of it, and what is said of it where layers are not read. */
    static final List<List> DAMAGES = [
        ['the media type of the index', { index.mediaType = MediaType.OCI_MANIFEST.name() },
                ['index sha256:dd1abd: claims to be an image manifest and an index at once'], SAME],
        ['the schema version', { index.schemaVersion = '2' },
                ['index sha256:7fbfe2: has the schemaVersion "2", expected 2'], SAME],
        ['an annotation', { index.annotations = [a: []] },
                ["index sha256:317758: the value of 'a' in its annotations is no text"], SAME],
        ['manifests that are no list', { manifests = [:] },
                ['index sha256:20c919: has no list of manifests'], SAME],
        ['a manifest without digest', { amd.remove('digest') },
                ['index sha256:da4192, manifest 0: the descriptor has no digest'], SAME],
        ['a lost manifest', { lose(amd) },
                ['index sha256:f9db68, manifest 0 (sha256:7b7475): r.test/a has no blob sha256:7b7475'], SAME],
        ['a manifest of another size', { amd.size-- },
                ['index sha256:03b674, manifest 0 (sha256:7b7475): r.test/a: blob sha256:7b7475 is longer ' +
                         'than the 744 bytes it should have'], SAME],
        ['a manifest with other content', { store(amd, bent(bytes(amd), 20)) },
                ['index sha256:f9db68, manifest 0 (sha256:7b7475): r.test/a: blob sha256:7b7475 has other ' +
                         'content than its digest says: it is sha256:194e1d'], SAME],
        ['a manifest that is no JSON', { amd.putAll(add(amd.mediaType, '{'.bytes)) },
                ['index sha256:e2d628, manifest 0 (sha256:021fb5): r.test/a@sha256:021fb5 is not JSON ' +
                         'that can be read at line 1, column 2: Unexpected end-of-input: expected close marker ' +
                         'for Object'], SAME],
        ['a manifest of neither kind', { amd.putAll(add(amd.mediaType, '{}'.bytes)) },
                ['manifest sha256:44136f: is neither an image manifest nor an index'], SAME],
        ['a manifest that is listed as an index', { amd.mediaType = INDEX },
                ['image sha256:7b7475: its mediaType is application/vnd.oci.image.manifest.v1+json, but ' +
                         'it is listed as application/vnd.oci.image.index.v1+json'], SAME],
        ['an image that is listed as something unknown', { arm.mediaType = 'text/plain' },
                ['index sha256:7be939, manifest 1 (sha256:0f1f27): has a platform as an image has, but the media type ' +
                         'text/plain'], SAME],
        ['something unknown that is lost', { manifests = [add('a/b', [1] as byte[])]; lose(manifests[0]) },
                ['index sha256:647871, manifest 0 (sha256:4bf512): r.test/a has no blob sha256:4bf512'], SAME],
        ['a manifest of the other family', { index.mediaType = MediaType.DOCKER_INDEX.name() },
                ['index sha256:7e295b, manifest 0 (sha256:7b7475): has the media type ' +
                         'application/vnd.oci.image.manifest.v1+json in an index of the type ' +
                         'application/vnd.docker.distribution.manifest.list.v2+json',
                 'index sha256:7e295b, manifest 1 (sha256:0f1f27): has the media type ' +
                         'application/vnd.oci.image.manifest.v1+json in an index of the type ' +
                         'application/vnd.docker.distribution.manifest.list.v2+json'], SAME],
        ['another platform', { arm.platform.architecture = 's390x' },
                ['index sha256:c6afc4, manifest 1 (sha256:0f1f27): is listed for linux/s390x, but its ' +
                         'config says linux/arm64'], SAME],
        ['another variant', { manifests = [image('arm') { config.variant = 'v7' }]; manifests[0].platform.variant = 'v6' },
                ['index sha256:7b13c9, manifest 0 (sha256:031642): is listed for linux/arm/v6, but its ' +
                         'config says linux/arm/v7'], SAME],
        ['a platform without architecture', { arm.platform = [os: 'linux'] },
                ['index sha256:85ec60, manifest 1 (sha256:0f1f27): its platform has no os or no ' +
                         'architecture'], SAME],
        ['a platform that is no object', { arm.platform = 'linux/arm64' },
                ['index sha256:de79ed, manifest 1 (sha256:0f1f27): its platform has no os or no ' +
                         'architecture'], SAME],
        ['a platform twice', { manifests << image('arm64') { config.variant = 'v8' } },
                ['index sha256:2ad96d, manifest 2 (sha256:356c4a): is for linux/arm64, as manifest 1 is'], SAME],
        ['a descriptor twice', { manifests << arm },
                ['index sha256:7a9dd2, manifest 2 (sha256:0f1f27): is for linux/arm64, as manifest 1 is'], SAME],
        ['a nested index with damage', {
            manifests << add([schemaVersion: 1, mediaType: INDEX, manifests: [[mediaType: INDEX, size: 1]]])
        },
                ['index sha256:eba559: has the schemaVersion 1, expected 2',
                 'index sha256:eba559, manifest 0: the descriptor has no digest'], SAME],
        ['a malformed image', {
            manifests = [image('arm64') { layers[0].remove('size'); layers[1].size++; config.created = '' }]
        },
                ['image sha256:f14d03, layer 0: the descriptor of sha256:902b6b has no size, expected 0 ' +
                         'or more bytes',
                 "image sha256:f14d03, config (sha256:60f18f): created is '', expected a time of RFC " +
                         '3339, such as 2026-01-31T12:00:00Z',
                 'image sha256:f14d03, layer 1 (sha256:591e78): has 133 bytes, but its descriptor says 134'], SAME],
        ['two images', { manifests = [image('amd64') { layers[0].size++ }, image('arm64') { config.remove('os') }] },
                ['image sha256:42eb09, layer 0 (sha256:902b6b): has 3072 bytes, but its descriptor says ' +
                         '3073',
                 'image sha256:39c0c5, config (sha256:77306d): says no os',
                 'index sha256:8d2e64, manifest 1 (sha256:39c0c5): is listed for linux/arm64, but its ' +
                         'config says /arm64'], SAME],
    ]

    def 'what is damaged is found, and nothing else: #what'() {
        given:
        def pair = new Pair().tap { damage.rehydrate(it, it, it).call() }
        def index = pair.document()

        expect:
        Crafted.found(pair, index) == expected
        Crafted.found(pair, index, true) == (fast == SAME ? expected : fast)

        where:
        [what, damage, expected, fast] << DAMAGES
    }
}
