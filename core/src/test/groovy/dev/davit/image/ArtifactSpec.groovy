package dev.davit.image

import dev.davit.json.Document
import spock.lang.Specification

class ArtifactSpec extends Specification {

    static final INDEX = MediaType.OCI_INDEX.name()
    static final MANIFEST = MediaType.OCI_MANIFEST.name()
    static final CONFIG = [mediaType: 'a/b', digest: 'sha256:' + 'a' * 64, size: 2]

    def 'a manifest is an image or an index by its media type, or by its shape where it says none: #tree'() {
        given:
        def artifact = of(tree)

        expect:
        artifact.class == kind
        "${artifact.mediaType()}" == type
        artifact.manifest() == Document.of(tree)
        artifact.digest() == Document.of(tree).digest()

        where:
        tree                                                             || kind  | type
        [schemaVersion: 2, mediaType: INDEX, manifests: []]              || Index | INDEX
        [mediaType: MediaType.DOCKER_INDEX.name(), manifests: []]        || Index | MediaType.DOCKER_INDEX.name()
        [schemaVersion: 2, manifests: []]                                || Index | INDEX
        [mediaType: INDEX, manifests: null]                              || Index | INDEX
        [mediaType: INDEX]                                               || Index | INDEX
        [mediaType: INDEX, manifests: [], layers: null, config: null]    || Index | INDEX
        [mediaType: MANIFEST, config: CONFIG, layers: []]                || Image | MANIFEST
        [mediaType: MediaType.DOCKER_MANIFEST.name(), config: CONFIG]    || Image | MediaType.DOCKER_MANIFEST.name()
        [config: CONFIG, layers: [CONFIG], manifests: null]              || Image | MANIFEST
    }

    def 'what is no image and no index, or both, is refused: #tree'() {
        when:
        of(tree)

        then:
        def e = thrown(IOException)
        e.message.startsWith("r.test/a:1 $problem")

        where:
        tree                                                    || problem
        [:]                                                     || 'is neither an image manifest nor an index'
        [mediaType: 'a/b', blobs: []]                           || 'is neither an image manifest nor an index but a/b'
        [manifests: [], config: CONFIG, layers: []]             || 'claims to be an image manifest and an index at once'
        [mediaType: INDEX, manifests: [], layers: []]           || 'claims to be an image manifest and an index at once'
        [mediaType: INDEX, config: CONFIG, layers: []]          || 'claims to be an image manifest and an index at once'
        [mediaType: MANIFEST, manifests: []]                    || 'claims to be an image manifest and an index at once'
        [schemaVersion: 1, fsLayers: [], history: []]           || 'has a schema 1 manifest, which is long out of use'
        [schemaVersion: 1, config: CONFIG]                      || 'has a schema 1 manifest, which is long out of use'
    }

    def 'a malformed manifest is refused with the place of its fault: #problem'() {
        when:
        of(tree)

        then:
        def e = thrown(IOException)
        e.message.startsWith("r.test/a:1$problem")

        where:
        tree                                                       || problem
        [mediaType: MANIFEST, layers: []]                          || ', config: the descriptor has no digest'
        [config: CONFIG, layers: [CONFIG, [digest: 'x', size: 1]]] || ", layers[1]: malformed digest 'x'"
        [config: CONFIG, layers: [CONFIG, null]]                   || ': layers is not a list of descriptors'
        [config: CONFIG, layers: ['sha256:1']]                     || ': layers is not a list of descriptors'
        [config: CONFIG, layers: [a: 1]]                           || ': layers is not a list of descriptors'
        [manifests: [[digest: CONFIG.digest]]]                     || ', manifests[0]: the descriptor of sha256:aaaaaa'
        [mediaType: INDEX, manifests: 'none']                      || ': manifests is not a list of descriptors'
    }

    def 'a descriptor of an artifact does not depend on what was looked at before'() {
        given:
        def source = new MemorySource()
        def image = source.get(source.image('linux/arm64/v8')) as Image
        def before = image.descriptor()

        when:
        image.config()

        then:
        image.descriptor() == before
        before.tree().keySet() as List == ['mediaType', 'digest', 'size']
    }

    private static Artifact of(Map<String, Object> tree) {
        Artifact.of(Document.of(tree), new MemorySource(), 'r.test/a:1')
    }
}
