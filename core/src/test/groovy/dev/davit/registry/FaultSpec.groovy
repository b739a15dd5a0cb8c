package dev.davit.registry

import dev.davit.auth.Credentials
import dev.davit.auth.Keychain
import dev.davit.image.Image
import dev.davit.ref.Reference
import dev.davit.ref.Repository
import dev.davit.server.RegistryServer
import java.time.Duration
import java.time.ZoneOffset
import java.time.ZonedDateTime
import java.time.format.DateTimeFormatter
import java.util.concurrent.CompletableFuture
import spock.lang.AutoCleanup

/** One fault at a time, in front of a real registry. */
class FaultSpec extends ClientSpecification {

    static final int SIZE = 3_000_000

    @AutoCleanup Front front = new Front(registry.host)

    Reference pushed() {
        def name = tagged(fresh())
        client.put(name, Samples.image([Samples.layer(SIZE, 1)]))
        exchanges.clear()
        Reference.parse("$front.host/${name.repository().path()}:x")
    }

    def 'status #status is tried again'() {
        given:
        def name = pushed()
        front.fault('GET', '/manifests/', 2) { Front.answer(it, status) }

        expect:
        client.get(name) instanceof Image
        exchanges*.status.takeRight(3) == [status, status, 200]

        where:
        status << [429, 500, 502, 503, 504]
    }

    def 'status #status is not tried again'() {
        given:
        front.fault('GET', '/manifests/', 9) { Front.answer(it, status) }

        when:
        client.get(tagged(fresh(front.host)))

        then:
        def e = thrown(RegistryException)
        e.status() == status
        !e.retryable()
        front.requests.size() == 1

        where:
        status << [400, 403, 404, 501]
    }

    def 'after as many retries as set the failure is reported'() {
        given:
        front.fault('GET', '/manifests/', 99) { Front.answer(it, 503, 'busy\nnow', ['Content-Type': 'text/plain']) }
        def name = tagged(fresh(front.host))

        when:
        client { retries(2) }.withCloseable { it.get(name) }

        then:
        def e = thrown(RegistryException)
        e.message == "GET http://$front.host/v2/${name.repository().path()}/manifests/x: 503 Service Unavailable: busy now"
        e.retryable()
        front.requests.size() == 3
    }

    def 'a registry that answers #status may say how long to wait, in seconds or as a date'() {
        given:
        def name = pushed()
        front.fault('GET', '/manifests/') { Front.answer(it, status, '', ['Retry-After': wait()]) }
        long start = System.nanoTime()

        when:
        client.get(name)

        then:
        System.nanoTime() - start >= Duration.ofSeconds(1).toNanos()

        where:
        [status, wait] << [[429, 503], [{ '1' }, { in2Seconds() }]].combinations()
    }

    /** A date is in whole seconds, so it is up to a second earlier. */
    private static String in2Seconds() {
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2))
    }

    def 'a dropped connection is tried again'() {
        given:
        def name = pushed()
        front.fault('GET', '/manifests/', 2) { it.close() }

        expect:
        client.get(name) instanceof Image
    }

    def 'a download that breaks off goes on from where it stopped'() {
        given:
        def name = pushed()
        front.fault('GET', '/blobs/', 2) { front.truncate(it, 1_000_000) }

        when:
        def bytes = (client.get(name) as Image).blobs()[1].bytes()

        then:
        Arrays.equals(bytes, Samples.bytes(SIZE, 1))
        exchanges.findAll { it.uri.path.contains('/blobs/') }*.status == [200, 206, 206]
        exchanges.findAll { it.uri.path.contains('/blobs/') }*.received.sum() == SIZE
    }

    def 'a registry that does not know ranges is read from the start again'() {
        given:
        def name = pushed()
        front.fault('GET', '/blobs/', 1) { front.truncate(it, 1_000_000) }
        front.fault('GET', '/blobs/', 1) { front.passWithoutRange(it) }

        when:
        def bytes = (client.get(name) as Image).blobs()[1].bytes()

        then:
        Arrays.equals(bytes, Samples.bytes(SIZE, 1))
        exchanges.findAll { it.uri.path.contains('/blobs/') }*.status == [200, 200]
    }

    def 'a download that never gets on fails in one sentence'() {
        given:
        def name = pushed()
        front.fault('GET', '/blobs/', 99) { front.truncate(it, 1000) }
        def blob = (client.get(name) as Image).blobs()[1]

        when:
        blob.bytes()

        then:
        def e = thrown(RegistryException)
        e.message == "GET http://$front.host/v2/${name.repository().path()}/blobs/${blob.digest()}: " +
                'the connection to localhost ended too early'
        e.status() == 0
        e.retryable()
        front.requests.count { it.contains('/blobs/') } == 4
    }

    def 'many breaks do not matter as long as the download gets on'() {
        given:
        def name = pushed()
        front.fault('GET', '/blobs/', 99) { front.truncate(it, 1_100_000) }

        when:
        def bytes = (client { retries(1) }).withCloseable { (it.get(name) as Image).blobs()[1].bytes() }

        then:
        Arrays.equals(bytes, Samples.bytes(SIZE, 1))
        front.requests.count { it.contains('/blobs/') } == 3
    }

    def 'an upload whose #step fails with #status is tried again'() {
        given:
        def repository = fresh(front.host)
        front.fault(step, '/uploads/') { Front.answer(it, status) }

        when:
        client.upload(repository, Samples.layer(SIZE, 1).blob())

        then:
        Arrays.equals(client.blob(repository, Samples.layer(SIZE, 1).digest()).bytes(), Samples.bytes(SIZE, 1))

        where:
        step   | status
        'POST' | 503
        'PUT'  | 500
        'PUT'  | 502
    }

    def 'an upload whose connection drops goes on'() {
        given:
        def repository = fresh(front.host)
        front.fault('PUT', '/uploads/') { it.requestBody.readNBytes(100_000); it.close() }

        when:
        client.upload(repository, Samples.layer(SIZE, 1).blob())

        then:
        client.exists(repository, Samples.layer(SIZE, 1).digest())
        front.requests.count { it.startsWith('POST') } == 1
    }

    def 'an upload may go on at an absolute address'() {
        given:
        def repository = fresh(front.host)
        front.rule { exchange ->
            if (exchange.requestMethod != 'POST') {
                return false
            }
            front.pass(exchange) { answer ->
                exchange.responseHeaders.set('Location', "http://$front.host" + answer.headers().firstValue('Location').get())
            }
            true
        }

        when:
        client.upload(repository, Samples.layer(1000, 1).blob())

        then:
        client.exists(repository, Samples.layer(1000, 1).digest())
    }

    def 'what may be secret in an address is not shown'() {
        given:
        front.fault('POST', '/uploads/') {
            Front.answer(it, 202, '', [Location: "http://me:pw@$front.host/v2/a/blobs/uploads/1?_state=abc"])
        }
        front.fault('PUT', '/uploads/') { Front.answer(it, 400, '{"errors":[{"code":"DIGEST_INVALID"}]}') }
        def blob = Samples.layer(1000, 1).blob()

        when:
        client.upload(fresh(front.host), blob)

        then:
        def e = thrown(RegistryException)
        e.message == "PUT http://$front.host/v2/a/blobs/uploads/1?_state=REDACTED&digest=${blob.digest()}: 400 DIGEST_INVALID"
        e.uri() == exchanges.last().uri
        front.requests.last() == "PUT /v2/a/blobs/uploads/1?_state=abc&digest=${blob.digest()}"
    }

    def 'a redirect to another host is followed, without credentials'() {
        given:
        def name = pushed()
        def store = new Front(registry.host)
        def password = Credentials.of('alice', 'secret')
        front.rule { exchange ->
            boolean known = exchange.requestHeaders.getFirst('Authorization') != null
            if (!known) {
                Front.answer(exchange, 401, '', ['WWW-Authenticate': 'Basic realm="spec"'])
            } else if (exchange.requestURI.path.contains('/blobs/')) {
                Front.answer(exchange, 307, '', [Location: "http://$store.host$exchange.requestURI?X-Signature=secret"])
            }
            !known || exchange.requestURI.path.contains('/blobs/')
        }

        expect:
        client { keychain(Keychain.of(front.host, password).or(Keychain.of(store.host, password))) }.withCloseable {
            (it.get(name) as Image).layers()[0].blob().bytes() == Samples.bytes(SIZE, 1)
        }
        front.authorizations.any { it == 'Basic YWxpY2U6c2VjcmV0' }
        store.requests.any { it.endsWith('?X-Signature=secret') }
        store.authorizations.every { it == null }
        exchanges.every { !it.uri.toString().contains('secret') }

        cleanup:
        store.close()
    }

    def 'redirects in a circle end'() {
        given:
        front.rule { Front.answer(it, 307, '', [Location: '/v2/a/manifests/x']); true }

        when:
        client.get("$front.host/a:x")

        then:
        def e = thrown(IOException)
        e.message == "GET http://$front.host/v2/a/manifests/x: redirected more than 5 times"
    }

    def 'a silent registry is given up'() {
        given:
        front.rule { Thread.sleep(2000); true }

        when:
        client { idleTimeout(Duration.ofMillis(100)).retries(1) }.withCloseable { it.get("$front.host/a:x") }

        then:
        def e = thrown(RegistryException)
        e.message == "GET http://$front.host/v2/a/manifests/x: no answer from localhost in time"
        front.requests.size() == 2
    }

    def 'a registry that is not there is one sentence: #host'() {
        when:
        client.get("$host/a:x")

        then:
        def e = thrown(RegistryException)
        e.message == message
        e.status() == 0
        e.retryable() == retryable

        where:
        host                     | retryable || message
        'localhost:1'            | false     || 'GET http://localhost:1/v2/a/manifests/x: cannot reach localhost: connection refused'
        'no-such-host.invalid:5' | false     || 'GET https://no-such-host.invalid:5/v2/a/manifests/x: unknown host no-such-host.invalid'
    }

    def 'a registry that has answered and is gone for a moment is waited for'() {
        given:
        def server = RegistryServer.start()
        def patient = client { firstWait(Duration.ofMillis(300)) }
        patient.ping(server.address())
        server.close()

        when:
        def back = CompletableFuture.supplyAsync {
            Thread.sleep(100)
            RegistryServer.start { it.port(server.port()) }
        }
        patient.ping(server.address())

        then:
        exchanges*.status().contains(0)
        exchanges.last().status() == 200

        cleanup:
        patient.close()
        back.get().close()
    }

    def 'a warning of the registry is passed on once, with or without quotes'() {
        given:
        front.rule { exchange ->
            ['299 - "old soon"', '299 - bare words', '199 - "not ours"'].each { exchange.responseHeaders.add('Warning', it) }
            front.pass(exchange)
            true
        }

        when:
        2.times { client.ping(front.host) }

        then:
        warnings == ['old soon', 'bare words']
    }

    def 'a client that may only read sends nothing else'() {
        when:
        client { readOnly() }.withCloseable { it.put(Reference.of(Repository.parse("$front.host/new"), 'x'), Samples.image([])) }

        then:
        def e = thrown(IOException)
        e.message ==~ "POST http://$front.host/v2/new/blobs/uploads/\\?mount=sha256:\\w+: not sent, because this client may only read"
        front.requests.every { it.startsWith('HEAD') }
    }

    def 'closing a client ends what it still reads, and it sends nothing any more'() {
        given:
        def name = pushed()
        def own = client()
        def download = (own.get(name) as Image).blobs()[1].open()
        download.readNBytes(1000)

        when:
        own.close()
        download.readAllBytes()

        then:
        def e = thrown(IOException)
        e.message.endsWith('not sent, because this client is closed')
    }

    def 'HTTPS to a server whose certificate nobody vouches for is one sentence'() {
        given:
        def server = UntrustedServer.start()
        front.rule { Front.answer(it, 307, '', [Location: "https://localhost:$server.port/blob"]); true }

        when:
        client.get("$front.host/a:x")

        then:
        def e = thrown(RegistryException)
        e.message.startsWith("GET https://localhost:$server.port/blob: the certificate of localhost is not trusted: ")
        !e.retryable()
        front.requests.size() == 1

        cleanup:
        server.close()
    }

    def 'HTTPS to a server that speaks plain HTTP is one sentence that says what to do'() {
        given:
        def plain = new ServerSocket(0, 1, InetAddress.loopbackAddress)
        Thread.startDaemon {
            plain.accept().withCloseable {
                it.outputStream << 'HTTP/1.1 400 Bad Request\r\n\r\n'
                it.inputStream.read()
            }
        }
        front.rule { Front.answer(it, 307, '', [Location: "https://localhost:$plain.localPort/blob"]); true }

        when:
        client { idleTimeout(Duration.ofSeconds(5)) }.withCloseable { it.get("$front.host/a:x") }

        then:
        def e = thrown(RegistryException)
        e.message.startsWith("GET https://localhost:$plain.localPort/blob: no TLS connection to localhost: ")
        e.message.endsWith('; a registry that speaks plain HTTP must be declared insecure')
        front.requests.size() == 1

        cleanup:
        plain.close()
    }
}
