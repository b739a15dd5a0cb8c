package dev.davit.daemon

import dev.davit.Samples
import dev.davit.blob.Blob
import dev.davit.blob.Digest
import dev.davit.daemon.TestEngine.Store
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Layer
import dev.davit.image.Platform
import java.time.Duration
import java.time.Instant
import spock.lang.AutoCleanup
import spock.lang.Specification

class DaemonSpec extends Specification {

    static final Image IMAGE = Samples.image('hello', 'world')
    static final Index PAIR = Index.of([Samples.image('hello'), Samples.imageFor('linux/arm64', 'world')])
    static final String CONFIG = 'sha256:b7f50f339d0359117f3c1225fe55ab960e30d6b9bd5e62ba0406470d734a9617'
    static final String MANIFEST = 'sha256:ad69834b55540e5537ac038afb0c347908dcb0226cbdfb8ed28d7bc4c661abbf'

    /** Of the same image once an engine has unpacked its layers and forgotten its manifest. */
    static final String FORGOTTEN = 'sha256:a35d4e0714c19819c47fd0a8aee71048cccf65e81bb59d872a1984134604728a'

    @AutoCleanup
    TestEngine engine = TestEngine.start()
    @AutoCleanup
    Daemon daemon = engine.connect()

    /** An engine of another kind. */
    private void use(Store store) {
        daemon.close()
        engine.close()
        engine = TestEngine.start(store)
        daemon = engine.connect()
    }

    def 'a client that may only read sends nothing else'() {
        given:
        daemon.put('app:v1', IMAGE)
        daemon.readOnly()
        engine.requests.clear()

        when:
        daemon.get('app:v1')
        daemon.tag('app:v1', 'app:v2')

        then:
        def e = thrown(DaemonException)
        e.message.endsWith('not sent, because this client may only read')
        engine.requests.every { it.startsWith('GET ') }
    }

    def 'an image that was loaded comes back: #store'() {
        given:
        use(store)

        when:
        def put = daemon.put('app:v1', IMAGE)
        def back = daemon.get('app:v1') as Image

        then:
        put.digest() == IMAGE.digest()
        back.digest().toString() == digest
        back.config().document() == IMAGE.config().document()
        back.layers()*.diffId() == IMAGE.layers()*.diffId()
        back.layers()*.uncompressed()*.bytes == IMAGE.layers()*.uncompressed()*.bytes
        daemon.get("sha256:${id.substring(7)}") == back
        daemon.get(id.substring(7, 19)) == back
        daemon.get('docker.io/library/app:v1') == back
        daemon.get("index.docker.io/library/app:v1") == back

        where:
        store            | id       | digest
        Store.OLD        | CONFIG   | FORGOTTEN
        Store.NEW        | CONFIG   | FORGOTTEN
        Store.CONTAINERD | MANIFEST | MANIFEST
    }

    def 'what the engine has is only named, and what it gave is not fetched again'() {
        given:
        use(store)
        daemon.put('app:v1', IMAGE)
        engine.asked()

        when:
        daemon.put('localhost:5000/a/b', IMAGE)

        then:
        engine.asked() == ['GET /v1.43/info', "GET /v1.43/images/$id/json",
                           "POST /v1.43/images/$id/tag?repo=localhost%3A5000%2Fa%2Fb&tag=latest"]

        when:
        daemon.get('localhost:5000/a/b')
        daemon.get('app:v1')

        then:
        engine.asked() == ['GET /v1.43/images/localhost:5000/a/b/json', "GET /v1.43/images/$id/get",
                           'GET /v1.43/images/app:v1/json']

        where:
        store            | id
        Store.NEW        | CONFIG
        Store.CONTAINERD | MANIFEST
    }

    def 'an image is loaded first and named then'() {
        when:
        daemon.put('nginx', IMAGE)

        then:
        engine.asked() == ['GET /v1.43/info', "GET /v1.43/images/$CONFIG/json", 'POST /v1.43/images/load?quiet=1',
                           "GET /v1.43/images/$CONFIG/json", "POST /v1.43/images/$CONFIG/tag?repo=nginx&tag=latest"]
    }

    def 'an image may stay without a name'() {
        when:
        daemon.put('', IMAGE)

        then:
        daemon.images()*.names() == [[]]
        daemon.get(CONFIG).layers()*.diffId() == IMAGE.layers()*.diffId()
    }

    def 'of an index, an engine gets the image for its platform: #arch'() {
        given:
        engine.arch = arch

        when:
        def put = daemon.put('many:v1', PAIR)

        then:
        put.digest() == PAIR.platform(Platform.parse("linux/$arch")).digest()
        (daemon.get('many:v1') as Image).platform() == Platform.parse("linux/$arch")

        where:
        arch << ['amd64', 'arm64']
    }

    def 'an engine without an image for its platform says which there are'() {
        given:
        engine.arch = 's390x'

        when:
        daemon.put('many:v1', PAIR)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'the index has no image for linux/s390x; it has linux/amd64, linux/arm64'
        !engine.asked().any { it.contains('load') }
    }

    def 'an engine with the store of containerd keeps an index whole, and gives what platforms it has'() {
        given:
        use(Store.CONTAINERD)

        when:
        daemon.put('many:v1', PAIR)
        def back = daemon.get('many:v1') as Index

        then:
        back == PAIR
        back.images() == PAIR.images()

        when: 'one platform is not there, as after a pull'
        engine.blobs.remove(PAIR.descriptors()[1].digest().toString())
        def partly = daemon.get('many:v1') as Index

        then:
        partly == PAIR
        partly.platform(Platform.parse('linux/amd64')).layers()*.diffId() == PAIR.images()[0].layers()*.diffId()

        when:
        partly.platform(Platform.parse('linux/arm64'))

        then:
        def e = thrown(IOException)
        e.message == "image many:v1 of $engine.address does not have all that its index lists: " +
                "no manifest ${PAIR.descriptors()[1].digest()}, for linux/arm64"
    }

    def 'images are listed by the names that people write'() {
        given:
        daemon.put('docker.io/library/app:v1', IMAGE)
        daemon.tag('app:v1', 'ghcr.io/a/b:c')
        daemon.put('', Samples.image('other'))

        expect:
        daemon.images() == [
                new LocalImage(Digest.parse(CONFIG), ['app:v1', 'ghcr.io/a/b:c'], 363, Instant.parse('2023-11-14T22:13:20Z')),
                new LocalImage(Samples.image('other').configDescriptor().digest(), [], 232, Instant.parse('2023-11-14T22:13:20Z'))]

        when:
        daemon.delete('app:v1')

        then:
        daemon.images()*.names() == [['ghcr.io/a/b:c'], []]
    }

    def 'an engine is spoken to in the older of two versions: #theirs'() {
        given:
        engine.version = theirs

        when:
        engine.connect().withCloseable { it.images() }

        then:
        engine.requests.last() == "GET /v$ours/images/json"

        where:
        theirs  || ours
        '1.24'  || '1.24'
        '1.51'  || '1.51'
        '1.100' || '1.51'
    }

    def 'what answers and is no engine is told from one: #version'() {
        given:
        engine.version = version

        when:
        engine.connect()

        then:
        def e = thrown(DaemonException)
        e.message == "GET /_ping at $engine.address: 200 answers, but not as Docker or Podman does: it says no version " +
                'of their interface'

        where:
        version << ['', '2', '1.x']
    }

    def 'what an engine refuses is one sentence'() {
        when:
        daemon.get('app:v2')

        then:
        def e = thrown(DaemonException)
        e.message == "GET /v1.43/images/app:v2/json at $engine.address: 404 No such image: app:v2"
        [e.method(), e.path(), e.status()] == ['GET', '/v1.43/images/app:v2/json', 404]

        when:
        engine.fault = { method, path -> path.endsWith('/images/json') ? [500, body] : null }
        daemon.images()

        then:
        e = thrown(DaemonException)
        e.message == "GET /v1.43/images/json at $engine.address: 500 $said"

        where:
        body                                            || said
        '{"message":"layer does not exist\\nat all"}'   || 'layer does not exist at all'
        '<html>Bad gateway</html>'                      || '<html>Bad gateway</html>'
        '{}'                                            || 'Something'
    }

    def 'an engine that fails after a status of success has failed'() {
        given:
        engine.fault = { method, path -> path.endsWith('/load') ? [200, body] : null }

        when:
        daemon.put('app:v1', IMAGE)

        then:
        def e = thrown(IOException)
        e.message == said.replace('PLACE', engine.address)
        !engine.asked().any { it.contains('/tag') }

        where:
        body                                                                     || said
        '{"stream":"Loading"}\r\n{"errorDetail":{"message":"no space"},"error":"no"}\r\n' ||
                'POST /v1.43/images/load?quiet=1 at PLACE: 200 failed: no space'
        '{"error":"disk on\\nfire"}'                                             ||
                'POST /v1.43/images/load?quiet=1 at PLACE: 200 failed: disk on fire'
        'loaded ' + 'x' * 100_000 + '\n{"error":"no"}\n{"stream":"bye"}\n'       ||
                'POST /v1.43/images/load?quiet=1 at PLACE: 200 failed: no'
        '{"stream":"Loaded"}\n'                                                  ||
                "PLACE was given the image $CONFIG, and does not have it"
    }

    def 'an engine that refuses an image and hangs up is heard, however much it has read: #read of #size bytes'() {
        given:
        def image = Samples.image('x' * size)
        engine.fault = { method, path -> path.endsWith('/load') ? [500, [message: 'no space left on device']] : null }
        engine.patience = read

        expect:
        (1..40).collect { refusal(image) }.unique() ==
                ["POST /v1.43/images/load?quiet=1 at $engine.address: 500 no space left on device".toString()]

        where:
        [size, read] << [[1, 60_000, 66_000, 300_000, 3_000_000], [0, 1, 4_000]].combinations()
    }

    private String refusal(Image image) {
        try {
            daemon.put('app:v1', image)
        } catch (DaemonException e) {
            return e.message
        }
    }

    def 'an image that cannot be read to its end is no fault of the engine, and gets no name'() {
        given:
        def layer = IMAGE.layers()[0]
        def broken = Blob.of(layer.digest(), layer.size(), 'the shelf', { new ByteArrayInputStream(new byte[3]) })
        def image = IMAGE.withLayers([Layer.of(layer.descriptor(), layer.diffId(), broken)], [])

        when:
        daemon.put('app:v1', image)

        then:
        def e = thrown(IOException)
        e.message == "the shelf: blob ${layer.digest()} ends after 3 of ${layer.size()} bytes"
        daemon.images() == []
    }

    def 'an image that is not what its ID says is refused'() {
        given:
        daemon.put('app:v1', IMAGE)
        daemon.put('other:v1', Samples.image('other'))
        def other = 'sha256:' + '0' * 64
        engine.fault = { method, path -> path.endsWith('app:v1/json') ? [200, [Id: other]] :
                path.endsWith("$other/get") ? [200, engine.respond("GET /images/$CONFIG/get".toString(), [:], null)[1]] : null }

        when:
        daemon.get('app:v1')

        then:
        def e = thrown(IOException)
        e.message == "image app:v1 of $engine.address has the ID $other, but what the engine sent is image $FORGOTTEN"
    }

    def 'a name has to be one that an engine can keep: #name'() {
        when:
        daemon.put(name, IMAGE)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)
        engine.asked() == []

        where:
        name                         || message
        'App'                        || "malformed reference 'App': malformed repository 'App': expected lower-case"
        'app@sha256:' + 'a' * 64     || "malformed name 'app@sha256:" + 'a' * 64 + "' for an image of an engine: expected REPOSITORY[:TAG]"
    }

    def 'layers end with the connection'() {
        given:
        daemon.put('app:v1', IMAGE)
        def back = daemon.get('app:v1') as Image

        when:
        daemon.close()
        back.layers()[0].blob().open()

        then:
        def e = thrown(IOException)
        e.message.startsWith("image app:v1 of $engine.address is closed, so ")
    }

    def 'what waits for an engine that does not answer can be ended: #how'() {
        given:
        def waiting = Thread.currentThread()
        engine.fault = { method, path ->
            end(daemon, waiting)
            Thread.sleep(60_000)
        }

        when:
        daemon.images()

        then:
        def e = thrown(DaemonException)
        e.message == "GET /v1.43/images/json at $engine.address: interrupted"
        Thread.interrupted() == interrupted

        where:
        how            | end                                     || interrupted
        'an interrupt' | { Daemon d, Thread t -> t.interrupt() } || true
        'by thread'    | { Daemon d, Thread t -> d.cancel(t) }   || false
        'all'          | { Daemon d, Thread t -> d.close() }     || false
    }

    def 'an engine that is silent for too long is given up'() {
        given:
        engine.fault = { method, path -> path == '/_ping' ? null : Thread.sleep(60_000) }
        def hasty = new Engine(Endpoint.of(engine.socket), Duration.ofMillis(200))

        when:
        hasty.object(hasty.url('info').build())

        then:
        def e = thrown(DaemonException)
        e.message == "GET /v1.43/info at $engine.address: no answer in time"
    }
}
