package dev.davit.validate

import static dev.davit.tar.TarFixture.tar

import dev.davit.image.MediaType
import spock.lang.Specification

/** Images with one damage each, and what is said of it. */
class ImageValidationSpec extends Specification {

    private static final List<String> NOTHING = []
    /** Also where layers are not read. */
    private static final List<String> SAME = null

    /** What is damaged, how, what is said of it, and what is said of it where layers are not read. */
    static final List<List> DAMAGES = [
        ['the digest of a layer', { layers[0].digest = 'sha256:123' },
                ["image sha256:0b54cf, layer 0: malformed digest 'sha256:123': expected sha256: and 64 " +
                         'lower-case hexadecimal digits, or sha512: and 128'], SAME],
        ['no size of a layer', { layers[0].remove('size') },
                ['image sha256:2dce13, layer 0: the descriptor of sha256:902b6b has no size, expected 0 ' +
                         'or more bytes'], SAME],
        ['no media type of a layer', { layers[0].remove('mediaType') },
                ['image sha256:c249e4, layer 0: the descriptor has no mediaType'], SAME],
        ['a layer that is no object', { layers[0] = 'x' },
                ['image sha256:eadb6e, layer 0: is no descriptor'], SAME],
        ['layers that are no list', { layers = [a: 'b'] },
                ['image sha256:4ebbf6: has no list of layers'], SAME],
        ['no layers', { layers = null },
                ['image sha256:a4e7d5: has no list of layers'], SAME],
        ['no config', { late = { configDescriptor = null } },
                ['manifest sha256:1797fd: has no config'], SAME],
        ['a config without digest', { configDescriptor = [mediaType: MediaType.OCI_CONFIG.name(), size: 1] },
                ['image sha256:682cad, config: the descriptor has no digest'], SAME],
        ['the schema version', { manifest.schemaVersion = 3 },
                ['image sha256:3dcde3: has the schemaVersion 3, expected 2'], SAME],
        ['no schema version', { manifest.remove('schemaVersion') },
                ['image sha256:ea2402: has the schemaVersion null, expected 2'], SAME],
        ['the media type of the manifest', { manifest.mediaType = 'application/json' },
                ['image sha256:bfc0ed: has the media type application/json, which is not that of an image ' +
                         'manifest'], SAME],
        ['an annotation', { manifest.annotations.b = 1 },
                ["image sha256:1ba54a: the value of 'b' in its annotations is no text"], SAME],
        ['annotations', { manifest.annotations = ['a'] },
                ['image sha256:39b561: its annotations are no object of texts'], SAME],
        ["a layer's annotation", { layers[1].annotations = [b: null] },
                ["image sha256:7e21bf, layer 1: the value of 'b' in its annotations is no text"], SAME],
        ['the subject', { manifest.subject = [mediaType: 'a/b', size: 1] },
                ['image sha256:fd1a27, subject: the descriptor has no digest'], SAME],
        ['the subject\'s media type', { manifest.subject = [digest: layers[0].digest, size: 1] },
                ['image sha256:6fc0ee, subject: the descriptor has no mediaType'], SAME],
        ['embedded data', { layers[0].data = 'AAAA' },
                ['image sha256:84bbbc, layer 0: the data in the descriptor is not what its digest and ' +
                         'size say'], SAME],
        ['both kinds at once', { manifest.manifests = [] },
                ['index sha256:cf7524: claims to be an image manifest and an index at once'], SAME],

        ['the type of the root file system', { config.rootfs.type = 'other' },
                ["image sha256:3b3e97, config (sha256:ba32e3): rootfs.type is 'other', expected 'layers'"], SAME],
        ['no type of the root file system', { config.rootfs.remove('type') },
                ["image sha256:c9e94c, config (sha256:f18481): rootfs.type is '', expected 'layers'"], SAME],
        ['no root file system', { config.remove('rootfs') },
                ["image sha256:79341b, config (sha256:6c230e): rootfs.type is '', expected 'layers'",
                 'image sha256:79341b, config (sha256:6c230e): has no list of rootfs.diff_ids',
                 'image sha256:79341b: lists 3 layers, but its config has 0 diff ids'], SAME],
        ['a diff id', { config.rootfs.diff_ids[1] = 'sha256:123' },
                ["image sha256:c8bfff, config (sha256:6d3ff3), diff id 1: malformed digest 'sha256:123': " +
                         'expected sha256: and 64 lower-case hexadecimal digits, or sha512: and 128'], SAME],
        ['a diff id too many', { config.rootfs.diff_ids << config.rootfs.diff_ids[0] },
                ['image sha256:159fd0: lists 3 layers, but its config has 4 diff ids'], SAME],
        ['a diff id of something else', { config.rootfs.diff_ids[1] = config.rootfs.diff_ids[0] },
                ['image sha256:b38e39, layer 1 (sha256:591e78): is sha256:6994ad when it is unpacked, but ' +
                         'its diff id says sha256:902b6b'], NOTHING],
        ['a step of the history too few', { config.history.pop() },
                ['image sha256:c874c3: lists 3 layers, but the history in its config has 2 steps that ' +
                         'made one'], SAME],
        ['a step that made nothing', { config.history[0].empty_layer = true },
                ['image sha256:18a667: lists 3 layers, but the history in its config has 2 steps that ' +
                         'made one'], SAME],
        ['the time', { config.created = 'yesterday' },
                ["image sha256:d86bea, config (sha256:1ca7f0): created is 'yesterday', expected a time of " +
                         'RFC 3339, such as 2026-01-31T12:00:00Z'], SAME],
        ['a date that is none', { config.created = '2026-02-30T12:00:00Z' },
                ["image sha256:e7644e, config (sha256:7b1588): created is '2026-02-30T12:00:00Z', " +
                         'expected a time of RFC 3339, such as 2026-01-31T12:00:00Z'], SAME],
        ['a time without a zone', { config.created = '2026-01-31T12:00:00' },
                ["image sha256:e15293, config (sha256:e9d326): created is '2026-01-31T12:00:00', expected " +
                         'a time of RFC 3339, such as 2026-01-31T12:00:00Z'], SAME],
        ['a time that is a number', { config.created = 1 },
                ["image sha256:da6198, config (sha256:706c94): created is '1', expected a time of RFC " +
                         '3339, such as 2026-01-31T12:00:00Z'], SAME],
        ['the time of a step', { config.history[1].created = '' },
                ["image sha256:14ecc4, config (sha256:e2dc1d), history 1: created is '', expected a time " +
                         'of RFC 3339, such as 2026-01-31T12:00:00Z'], SAME],
        ['a label', { config.config.Labels.b = true },
                ["image sha256:114bec, config (sha256:b23dd9): the value of 'b' in its labels is no text"], SAME],
        ['no system', { config.remove('os'); config.remove('architecture') },
                ['image sha256:e39a72, config (sha256:350c48): says no os',
                 'image sha256:e39a72, config (sha256:350c48): says no architecture'], SAME],
        ['a config that is no JSON', { configDescriptor = add(MediaType.OCI_CONFIG.name(), '{"os":'.bytes) },
                ['image sha256:7a9a68, config (sha256:31f3be): is not JSON that can be read at line 1, ' +
                         'column 7: Unexpected end-of-input within/between Object entries'], SAME],
        ['a config that is a list', { configDescriptor = add(MediaType.OCI_CONFIG.name(), '[]'.bytes) },
                ['image sha256:75af25, config (sha256:4f53cd): is not a JSON object'], SAME],
        ['a config with other content', { late = { store(configDescriptor, bent(bytes(configDescriptor), 11)) } },
                ['image sha256:7b7475, config (sha256:618bbd): has other content than its digest says: it ' +
                         'is sha256:0f5559',
                 'image sha256:7b7475, config (sha256:618bbd): is not JSON that can be read at line 1, ' +
                         "column 12: Unexpected character ('#' (code 35)): expected a valid value (JSON String, " +
                         "Number, Array, Object or token 'null', 'true' or 'false')"], SAME],
        ['a config of another size', { late = { configDescriptor.size++ } },
                ['image sha256:ec7d55, config (sha256:618bbd): has 539 bytes, but its descriptor says 540'], SAME],
        ['a lost config', { late = { lose(configDescriptor) } },
                ['image sha256:7b7475, config (sha256:618bbd): r.test/a has no blob sha256:618bbd'], SAME],
        ['a config of the other family', { late = { configDescriptor.mediaType = MediaType.DOCKER_CONFIG.name() } },
                ['image sha256:01d48f, config (sha256:618bbd): has the media type ' +
                         'application/vnd.docker.container.image.v1+json in a manifest of the type ' +
                         'application/vnd.oci.image.manifest.v1+json'], SAME],
    ]

    def 'what is damaged is found, and nothing else: #what'() {
        given:
        def image = new Crafted().tap { damage.rehydrate(it, it, it).call() }
        def manifest = image.document()

        expect:
        Crafted.found(image, manifest) == expected
        Crafted.found(image, manifest, true) == (fast == SAME ? expected : fast)

        where:
        [what, damage, expected, fast] << DAMAGES
    }
}
