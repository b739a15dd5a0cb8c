package dev.davit.image

import dev.davit.blob.Digest
import dev.davit.json.Document
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import spock.lang.Specification

class IndexSpec extends Specification {

    static final Edit USER = { Image image -> image.withConfig { it.set('nginx', 'config', 'User') } } as Edit

    MemorySource source = new MemorySource()
    def amd64 = source.image('linux/amd64')
    def arm64 = source.image('linux/arm64')
    def proof = source.attestation(amd64)
    def signature = source.artifact('signature')

    def 'an index lists what is in it, and fetches it when asked for'() {
        given:
        def index = index([amd64, arm64, proof, signature])

        expect:
        index.descriptors()*.tree() == [amd64, arm64, proof, signature]*.collectEntries { k, v -> [k, v] }
        index.platforms()*.toString() == ['linux/amd64', 'linux/arm64']
        source.fetched == []
        index.child(index.descriptors()[1]).digest() == digest(arm64)
        source.fetched == [digest(arm64)]
    }

    def 'its images are the container images, those of nested indexes too, in order'() {
        given:
        def nested = source.index([source.image('linux/s390x'), source.image('linux/ppc64le')])

        expect:
        index([arm64, nested, proof, amd64, signature]).images()*.platform()*.toString() ==
                ['linux/arm64', 'linux/s390x', 'linux/ppc64le', 'linux/amd64']
    }

    def 'an edit maps over the images, and everything else stays in its place'() {
        given:
        def nested = source.index([source.image('linux/s390x')], ['x-nested': 1])
        def other = [mediaType: 'text/plain', digest: 'sha256:' + 'b' * 64, size: 9, x: null]
        def index = index([amd64 + ['x-amd64': [1.50]], proof, nested, signature, other, arm64],
                [subject: other, annotations: [z: '1', a: '2'], 'x-unknown': 1.50])
        def edited = index.apply(USER)
        def before = index.manifest().tree()
        def after = edited.manifest().tree()

        expect: 'all images are edited, and each keeps its place and its platform'
        edited.images()*.config()*.user() == ['nginx'] * 3
        edited.platforms() == index.platforms()
        after.keySet() as List == before.keySet() as List
        after.findAll { it.key != 'manifests' } == before.findAll { it.key != 'manifests' }

        and: 'entries of images change in what they say of the content only (here the size is the same)'
        changes(index, edited) == [['digest'], ['annotations'], ['digest'], [], [], ['digest']]
        edited.descriptors()*.digest()[0] == edited.images()[0].digest()

        and: 'an attestation follows its image'
        after.manifests[1].annotations == ['vnd.docker.reference.digest': "${edited.images()[0].digest()}".toString(),
                                           'vnd.docker.reference.type': 'attestation-manifest']

        and: 'what is nested keeps its own fields'
        (edited.child(edited.descriptors()[2]) as Index).manifest().get('x-nested').get() == 1
    }

    def 'an edit that changes nothing gives the same index'() {
        given:
        def index = index([amd64, proof, arm64])

        expect:
        index.apply { it }.is(index)
        index.withManifest { it.remove('absent') }.is(index)
        index.remove { false }.is(index)
        index.filter(Platform.parse('linux/amd64'), Platform.parse('linux/arm64')).is(index)
    }

    def 'an edit of platform and media type shows in the entry'() {
        given:
        def edited = index([arm64]).apply { Image image ->
            image.withConfig { it.set('v9', 'variant') }
                    .withManifest { it.set(MediaType.DOCKER_MANIFEST.name(), 'mediaType') }
        }

        expect:
        edited.platforms()*.toString() == ['linux/arm64/v9']
        edited.descriptors()*.mediaType() == [MediaType.DOCKER_MANIFEST]
    }

    def 'a failure in one image fails the whole edit'() {
        when:
        index([amd64, arm64]).apply { throw new IOException('no') }

        then:
        thrown(IOException)
    }

    def 'the image for a platform is the one that the index says: #wanted'() {
        given:
        def images = ['linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7', 'linux/arm64/v8', 'linux/amd64', 'windows/amd64:10.0.1',
                      'windows/amd64:10.0.2'].collect { source.image(it) }

        expect:
        index(images + [proof]).platform(Platform.parse(wanted)).platform().toString() == found

        where:
        wanted                 || found
        'linux/amd64'          || 'linux/amd64'
        'linux/arm'            || 'linux/arm/v7'
        'linux/arm/v6'         || 'linux/arm/v6'
        'linux/arm64'          || 'linux/arm64/v8'
        'linux/arm64/v8'       || 'linux/arm64/v8'
        'windows/amd64'        || 'windows/amd64:10.0.1'
        'windows/amd64:10.0.2' || 'windows/amd64:10.0.2'
    }

    def 'where the variant that is wanted is missing, the best that runs there is found: #wanted of #offered'() {
        given:
        def index = index(offered.split(' ').collect { source.image(it) })

        expect:
        index.platform(Platform.parse(wanted)).platform().toString() == found

        where:
        wanted                           | offered                                           || found
        'linux/arm/v7'                   | 'linux/arm/v5 linux/arm/v6 linux/amd64'           || 'linux/arm/v6'
        'linux/arm/v7'                   | 'linux/arm/v5 linux/arm/v8'                       || 'linux/arm/v5'
        'linux/arm/v8'                   | 'linux/arm/v6 linux/arm'                          || 'linux/arm'
        'linux/arm/v6'                   | 'linux/arm/v7 linux/arm/v5'                       || 'linux/arm/v5'
        'linux/arm'                      | 'linux/arm/v5 linux/arm/v6'                       || 'linux/arm/v6'
        'linux/amd64/v3'                 | 'linux/amd64 linux/amd64/v2'                      || 'linux/amd64/v2'
        'linux/amd64/v3'                 | 'linux/amd64 linux/amd64/v4'                      || 'linux/amd64'
        'linux/amd64'                    | 'linux/amd64/v3 linux/amd64/v1'                   || 'linux/amd64/v1'
        'linux/amd64'                    | 'linux/amd64/v3 linux/amd64/v2'                   || 'linux/amd64/v3'
        'linux/arm64/v9'                 | 'linux/arm64 linux/arm/v7'                        || 'linux/arm64'
        'linux/arm64/v8.2'               | 'linux/arm64/v8 linux/arm64/v8.2'                 || 'linux/arm64/v8.2'
        'linux/arm64/v8.2'               | 'linux/arm64/v9 linux/arm64'                      || 'linux/arm64'
        'windows/amd64:10.0.17763.100'   | 'windows/amd64:10.0.17763.9 windows/amd64:10.0.17763.50 windows/amd64:10.0.20348.1' || 'windows/amd64:10.0.17763.50'
        'windows/amd64:10.0.17763.9'     | 'windows/amd64:10.0.17763.50 windows/amd64:10.0.17763.9' || 'windows/amd64:10.0.17763.9'
        'windows/amd64:10.0.17763'       | 'windows/amd64:10.0.20348.1 windows/amd64:10.0.17763.50' || 'windows/amd64:10.0.17763.50'
    }

    def 'what does not run where it is wanted is not found: #wanted of #offered'() {
        when:
        index([source.image(offered)]).platform(Platform.parse(wanted))

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "r.test/a has no image for $wanted; it has $offered"

        where:
        wanted                       | offered
        'linux/arm/v6'               | 'linux/arm/v7'
        'linux/arm/v6'               | 'linux/arm'
        'linux/arm64'                | 'linux/arm/v7'
        'linux/amd64/v2'             | 'linux/amd64/v3'
        'linux/amd64'                | 'linux/386'
        'linux/riscv64/v2'           | 'linux/riscv64/v1'
        'windows/amd64:10.0.17763.1' | 'windows/amd64:10.0.20348.1'
        'windows/amd64:10.0.17763.1' | 'windows/amd64'
        'linux/amd64:5.4.1.2'        | 'linux/amd64:5.4.1.1'
    }

    def 'where no entry says its platform, the best of the images is found'() {
        given:
        def bare = ['linux/arm/v5', 'linux/arm/v6'].collect { source.image(it).tap { it.remove('platform') } }

        expect:
        index(bare).platform(Platform.parse('linux/arm/v7')).platform().toString() == 'linux/arm/v6'
        index(bare).platform(Platform.parse('linux/arm/v5')).platform().toString() == 'linux/arm/v5'
    }

    def 'the entry decides where the config of the image says less'() {
        given:
        def v6 = source.image('linux/arm') + [platform: Platform.parse('linux/arm/v6').tree()]

        expect:
        index([v6]).platform(Platform.parse('linux/arm/v6')).digest() == digest(v6)
        source.fetched == [digest(v6)]
    }

    def 'where an entry says no platform, what it refers to does'() {
        given:
        def bare = source.image('linux/s390x')
        bare.remove('platform')
        def nested = source.index([arm64])

        expect:
        index([signature, amd64, nested, bare]).platform(Platform.parse(platform)).platform().toString() == platform

        where:
        platform << ['linux/s390x', 'linux/arm64', 'linux/amd64']
    }

    def 'a platform that is not there is refused, and the message says which are'() {
        when:
        select(index([amd64, arm64, proof]), Platform.parse('linux/riscv64'))

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'r.test/a has no image for linux/riscv64; it has linux/amd64, linux/arm64'

        where:
        select << [{ index, p -> index.platform(p) }, { index, p -> index.filter(p) },
                   { index, p -> index.filter(Platform.parse('linux/amd64'), p) }]
    }

    def 'an index without platforms says so'() {
        when:
        index([proof, signature]).platform(Platform.parse('linux/amd64'))

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'r.test/a has no image for linux/amd64; it has none that says its platform'
    }

    def 'a filter keeps the images for the platforms, with their attestations and the fields of the index'() {
        given:
        def index = index([amd64, arm64, signature, proof, source.attestation(arm64)], [annotations: [k: 'v'], x: 1.50])
        def filtered = index.filter(Platform.parse('linux/amd64'))

        expect:
        filtered.descriptors()*.tree() == [amd64, proof]
        filtered.manifest().tree().findAll { it.key != 'manifests' } ==
                index.manifest().tree().findAll { it.key != 'manifests' }
    }

    def 'a filter reaches into nested indexes'() {
        given:
        def nested = source.index([amd64, arm64], [x: 1]) + [annotations: [k: 'v']]
        def filtered = index([nested, source.index([amd64])]).filter(Platform.parse('linux/arm64'))

        expect:
        filtered.descriptors().size() == 1
        filtered.descriptors()[0].annotations() == [k: 'v']
        filtered.images()*.digest() == [digest(arm64)]
        filtered.child(filtered.descriptors()[0]).manifest().get('x').get() == 1
    }

    def 'a filter that would leave nothing is refused'() {
        when:
        index([amd64]).filter()

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'a filter without a platform would leave nothing: expected at least one'
    }

    def 'what is added comes last, with the platform that its config says'() {
        given:
        def index = index([amd64], [annotations: [k: 'v']])
        def more = index.add(Image.scratch(Platform.parse('linux/arm/v7'))).add(source.get(signature)).add(index)

        expect:
        more.descriptors()*.platform()*.map { "$it".toString() }*.orElse(null) ==
                ['linux/amd64', 'linux/arm/v7', null, null]
        more.descriptors()*.mediaType() == [MediaType.OCI_MANIFEST] * 3 + MediaType.OCI_INDEX
        more.manifest().tree().keySet() as List == ['schemaVersion', 'mediaType', 'manifests', 'annotations']
        more.platform(Platform.parse('linux/arm/v7')) == Image.scratch(Platform.parse('linux/arm/v7'))
        more.images().size() == 3
    }

    def 'what is listed already stays as it is, unless it is added for another platform or with other annotations'() {
        given:
        def arm = Image.scratch(Platform.parse('linux/arm/v6'))
        def index = Index.of([arm]).add(arm) { it.withAnnotation('k', 'v') }

        expect:
        index.descriptors().size() == 2
        index.add(arm).is(index)
        index.add(arm) { it.withAnnotation('k', 'v') }.is(index)
        index.add(arm) { it.withAnnotation('k', 'w') }.descriptors().size() == 3
        index.add(arm) { it.withPlatform(Platform.parse('linux/arm/v7')) }.descriptors()*.digest() == [arm.digest()] * 3
    }

    def 'what is added may be said to be for another platform, and be annotated'() {
        given:
        def index = index([amd64]).add(Image.scratch(Platform.parse('linux/amd64'))) {
            it.withPlatform(Platform.parse('linux/amd64/v3')).withAnnotation('k', 'v')
        }

        expect:
        index.descriptors()[1].platform().get().toString() == 'linux/amd64/v3'
        index.descriptors()[1].annotations() == [k: 'v']
        index.platform(Platform.parse('linux/amd64/v3')) == Image.scratch(Platform.parse('linux/amd64'))
    }

    def 'nested indexes are replaced by what they list, each once'() {
        given:
        def file = source.add('text/plain', 'a file'.bytes)
        def nested = source.index([arm64, source.attestation(arm64), source.index([amd64, file])], [annotations: [k: 'v']])
        def index = index([amd64, nested, signature], [annotations: [a: 'b']])

        when:
        def flat = index.unnested()

        then:
        flat.descriptors()*.tree() == [amd64, arm64, source.attestation(arm64), file, signature]
        flat.annotations() == [a: 'b']
        flat.images()*.platform()*.toString() == ['linux/amd64', 'linux/arm64']
        flat.unnested().is(flat)
        Index.of([Image.scratch(Platform.parse('a/b')), index]).unnested().with {
            assert it.images().size() == 3
            assert it.extra(it.descriptors()[4]).get().blob().bytes() == 'a file'.bytes
            it.descriptors().size()
        } == 6
    }

    def 'an index of images has a fixed digest'() {
        given:
        def index = Index.of(['linux/amd64', 'linux/arm64'].collect { Image.scratch(Platform.parse(it)) })

        expect:
        "${index.digest()}" == 'sha256:1f3e22d7ef6e347b6e635de2e59a5e6b1f62d583ffd9237563d72e37cf4e20d7'
        index.platforms()*.toString() == ['linux/amd64', 'linux/arm64']
        Index.of([]).descriptors() == []
    }

    def 'what is removed goes with its attestations'() {
        given:
        def index = index([amd64, arm64, proof, source.attestation(arm64), signature])

        expect:
        index.remove { it.platform().map { "$it" == 'linux/arm64' }.orElse(false) }.descriptors()*.tree() ==
                [amd64, proof, signature]
        index.remove { it.annotations() }.descriptors()*.tree() == [amd64, arm64, signature]
    }

    def 'an attestation stays while another entry lists its image'() {
        given:
        def twice = amd64 + [platform: Platform.parse('linux/amd64/v2').tree()]

        expect:
        index([amd64, twice, proof]).remove { it.platform().map { it.variant() == 'v2' }.orElse(false) }
                .descriptors()*.tree() == [amd64, proof]
    }

    def 'embedded manifests are used, and follow an edit'() {
        given:
        def bytes = source.contents[digest(amd64)]
        def index = index([amd64 + [data: bytes.encodeBase64().toString()]])
        def edited = index.apply(USER)

        expect:
        index.images()*.digest() == [digest(amd64)]
        !source.fetched.contains(digest(amd64))
        edited.descriptors()[0].data().get().bytes() == edited.images()[0].manifest().bytes()
    }

    def 'its size counts everything once'() {
        given:
        def shared = [source.image('linux/amd64', 'shared layer'), source.image('linux/arm64', 'shared layer')]
        def other = [mediaType: 'text/plain', digest: 'sha256:' + 'b' * 64, size: 1000]
        def nested = source.index(shared)
        def index = index(shared + [nested, other])
        def contents = index.images()*.blobs().flatten().unique().sum { it.size() }

        expect:
        index.size() == index.manifest().size() + shared.sum { it.size } + nested.size + contents + 1000
    }

    def 'an edit of its own manifest can change what it lists'() {
        given:
        def index = index([amd64])
        def edited = index.withManifest { it.set(it.list('manifests') + arm64, 'manifests') }

        expect:
        edited.platforms()*.toString() == ['linux/amd64', 'linux/arm64']
        edited.images()*.digest() == [digest(amd64), digest(arm64)]
        index.withManifest { it.set(MediaType.DOCKER_INDEX.name(), 'mediaType') }.mediaType() == MediaType.DOCKER_INDEX

        when:
        index.withManifest { it.set([[size: 1]], 'manifests') }

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'r.test/a, manifests[0]: the descriptor has no digest'
    }

    def 'threads may ask and edit at once'() {
        given:
        def index = index((1..50).collect { source.image("linux/test$it") })
        def pool = Executors.newFixedThreadPool(8)

        when:
        def digests = pool.invokeAll((1..32).collect {
            { -> it % 2 ? index.apply(USER).digest() : index.add(Image.scratch(Platform.parse('a/b'))).digest() } as Callable
        })*.get()

        then:
        digests.unique().size() == 2

        cleanup:
        pool.shutdownNow()
    }

    private Index index(List<Map<String, Object>> manifests, Map<String, Object> extra = [:]) {
        source.get(source.index(manifests, extra)) as Index
    }

    private static Digest digest(Map<String, Object> descriptor) {
        Digest.parse(descriptor.digest)
    }

    /** For each entry, the members that differ. */
    private static List<List<String>> changes(Index before, Index after) {
        [before.descriptors(), after.descriptors()].transpose().collect { was, is ->
            assert was.tree().keySet() as List == is.tree().keySet() as List
            was.tree().keySet().findAll { was.tree()[it] != is.tree()[it] }.sort()
        }
    }
}
