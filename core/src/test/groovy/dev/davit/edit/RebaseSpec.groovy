package dev.davit.edit

import static dev.davit.edit.Images.history
import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer
import static dev.davit.edit.Images.steps

import dev.davit.blob.Compression
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Layer
import dev.davit.image.Platform
import dev.davit.image.Source
import dev.davit.ref.Reference
import spock.lang.Specification

class RebaseSpec extends Specification {

    static final OLD = image([layer('old1'), layer('old2')], history: steps('ADD old1', 'RUN old2', '#CMD sh'))
    static final NEW = image([layer('new1')], history: steps('ADD new1', '#ENV A=2', '#CMD bash'))
    static final APP = image([layer('old1'), layer('old2'), layer('app')],
            history: steps('ADD old1', 'RUN old2', '#CMD sh', '#ENV B=1', 'COPY app', '#USER app'))

    static Image rebase(Image image, Image from = OLD, Image to = NEW) {
        Rebase.of(from, to).apply(image)
    }

    static List<String> names(Image image) {
        image.layers()*.uncompressed()*.text*.find(/\w+/)
    }

    def 'the layers and the history of the old base make way for those of the new one'() {
        given:
        def rebased = rebase(APP)

        expect:
        names(rebased) == ['new1', 'app']
        rebased.config().diffIds() == rebased.layers()*.diffId()
        history(rebased) == ['ADD new1', '#ENV A=2', '#CMD bash', '#ENV B=1', 'COPY app', '#USER app']
        rebased.digest().toString() == 'sha256:857089e774fec42636e834b489a84149be4511ab41f2a0580276ea197aa7d652'
    }

    def 'each layer keeps its history, and none is lost, where some have none: #who'() {
        given:
        def app = image([layer('old1'), layer('old2'), layer('app')], history: appHistory)
        def rebased = rebase(app, image([layer('old1'), layer('old2')], history: oldHistory),
                image([layer('new1')], history: newHistory))

        expect:
        names(rebased) == ['new1', 'app']
        history(rebased) == expected

        where:
        who                | appHistory                             | oldHistory           | newHistory        || expected
        'nobody has any'   | null                                   | null                 | null              || []
        'the app has none' | null                                   | steps('o1', 'o2')    | steps('n1')       || ['n1']
        'bases have none'  | steps('o1', 'o2', '#A', 'a')           | null                 | null              || ['(no history)', '#A', 'a']
        'new base has none' | steps('o1', 'o2', '#O', '#A', 'a')    | steps('o1', 'o2', '#O') | []             || ['(no history)', '#A', 'a']
        'app tells less'   | steps('o1', 'o2', 'a')                 | steps('o1', 'o2', '#O') | steps('n1', '#N') || ['n1', '#N', 'a']
    }

    def 'all but the layers is the image\'s own'() {
        given:
        def app = image([layer('old1'), layer('old2'), layer('app')], docker: true,
                platform: [architecture: 'arm64', variant: 'v8', os: 'linux'],
                config: [author: 'Ann', 'x.unknown': [1.50], created: '2020-01-01T00:00:00Z', config: [Env: ['A=1'], OnBuild: ['x']]],
                manifest: ['x.first': true, annotations: [kept: 'yes'], subject: [digest: 'sha256:' + '0' * 64]])
        def platform = [architecture: 'arm64', os: 'linux']
        def old = image([layer('old1'), layer('old2')], platform: platform)
        def fresh = image([layer('new1', Compression.GZIP)], platform: platform, config: [config: [Env: ['A=2']]])

        when:
        def rebased = rebase(app, old, fresh)

        then:
        rebased.layerDescriptors()*.mediaType()*.toString() ==
                ['application/vnd.docker.image.rootfs.diff.tar.gzip', 'application/vnd.docker.image.rootfs.diff.tar']
        without(rebased.manifest().tree(), 'layers', 'config') == without(app.manifest().tree(), 'layers', 'config')
        rebased.manifest().tree().keySet() as List == app.manifest().tree().keySet() as List
        rebased.configDescriptor().mediaType() == app.configDescriptor().mediaType()
        without(rebased.config().document().tree(), 'rootfs') == without(app.config().document().tree(), 'rootfs')
        rebased.platform().toString() == 'linux/arm64/v8'
    }

    static Map without(Map tree, String... keys) {
        tree.findAll { !(it.key in keys) }
    }

    def 'a base that was packed anew is known by its diff ids'() {
        given:
        def repacked = image([layer('old1', Compression.GZIP), layer('old2', Compression.ZSTD)], history: OLD.config().history()*.tree())

        expect:
        rebase(APP, repacked) == rebase(APP)
    }

    def 'an image that is not built on the old base is left alone, and the first layer that differs is named'() {
        when:
        rebase(APP, image([layer('old1'), layer('other')]))

        then:
        def e = thrown(IllegalArgumentException)
        e.message.endsWith("its layer 1 is ${layer('old2').digest()}, and the base's is ${layer('other').digest()}")

        when:
        rebase(APP, image([layer('old1')] * 4))

        then:
        e = thrown(IllegalArgumentException)
        e.message.endsWith(': it has 3 layers, and the base has 4')
    }

    def 'history that tells of more layers than there are is refused'() {
        when:
        rebase(image([layer('old1'), layer('old2')], history: steps('a', 'b', 'c')))

        then:
        def e = thrown(IOException)
        e.message.endsWith(': its history tells of more layers than the 2 that it has')
    }

    def 'a base for another platform is refused'() {
        when:
        rebase(APP, OLD, image([layer('new1')], platform: [architecture: 's390x', os: 'linux']))

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'test is an image for linux/s390x, not for linux/amd64'
    }

    def 'the version of the operating system is the new base\'s'() {
        given:
        def windows = { String version, List<Layer> layers ->
            image(layers, platform: [architecture: 'amd64', os: 'windows', 'os.version': version], config: [author: 'Ann'])
        }

        when:
        def rebased = rebase(windows('10.0.1', [layer('old1'), layer('app')]), windows('10.0.1', [layer('old1')]),
                windows('10.0.2', [layer('new1')]))

        then:
        rebased.platform().toString() == 'windows/amd64:10.0.2'
        rebased.config().author().get() == 'Ann'
    }

    def 'each image of an index goes onto the base for its platform'() {
        given:
        def on = { String arch, String... names ->
            image(names.collect { layer("$arch-$it") }, platform: [architecture: arch, os: 'linux'])
        }
        def app = Index.of([on('amd64', 'old', 'app'), on('arm64', 'old', 'app')])
                .withManifest { it.set('old:1', 'annotations', 'org.opencontainers.image.base.name') }
        def fresh = Index.of([on('arm64', 'new'), on('s390x', 'new'), on('amd64', 'new')])

        when:
        def rebased = app.apply(Rebase.of(Index.of([on('amd64', 'old'), on('arm64', 'old')]), fresh)
                .named(Reference.parse('localhost:5000/new:2')))

        then:
        rebased.images()*.layers() == [[layer('amd64-new'), layer('amd64-app')], [layer('arm64-new'), layer('arm64-app')]]
        rebased.platforms()*.toString() == ['linux/amd64', 'linux/arm64']
        rebased.annotations() == ['org.opencontainers.image.base.name': 'localhost:5000/new:2',
                                  'org.opencontainers.image.base.digest': fresh.digest().toString()]
        rebased.images()*.annotations()*.get('org.opencontainers.image.base.digest') ==
                ['amd64', 'arm64'].collect { fresh.platform(Platform.parse("linux/$it")).digest().toString() }
    }

    def 'the old base is found by the annotations, and they then name the new one'() {
        given:
        def asked = []
        Source source = { String name -> asked << name; OLD }
        def app = APP.withManifest {
            it.set('docker.io/library/old:1', 'annotations', 'org.opencontainers.image.base.name')
            it.set(OLD.digest().toString(), 'annotations', 'org.opencontainers.image.base.digest')
        }

        expect:
        Rebase.of(source, NEW).named(Reference.parse('new:2')).apply(app).annotations() ==
                ['org.opencontainers.image.base.name': 'index.docker.io/library/new:2',
                 'org.opencontainers.image.base.digest': NEW.digest().toString()]
        asked == ["index.docker.io/library/old@${OLD.digest()}"]

        and: 'without a name, those that would name the old one are removed'
        Rebase.of(source, NEW).apply(app).annotations() == [:]

        when:
        Rebase.of(source, NEW).apply(APP)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.endsWith('does not say what it is built on: it has no annotation org.opencontainers.image.base.name; give the old base')
    }
}
