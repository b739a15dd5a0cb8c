package dev.davit.registry

import spock.lang.AutoCleanup

/** Uploads that break off. */
class ResumeSpec extends ClientSpecification {

    static final int SIZE = 10_000_000
    static final int CHUNK = 1_000_000

    @AutoCleanup Cut cut = new Cut(registry.host)
    @AutoCleanup Front front = new Front(registry.host)

    RegistryClient chunking(Closure block = {}) {
        client { chunk = CHUNK; it.with(block) }
    }

    List<String> methods() {
        exchanges*.method
    }

    def 'an upload that breaks off at 60 % goes on from there'() {
        given:
        cut.limits << 6_000_000
        def repository = fresh(cut.host)

        when:
        chunking().withCloseable { it.upload(repository, Samples.layer(SIZE, 1).blob()) }

        then:
        client.blob(repository, Samples.layer(SIZE, 1).digest()).bytes() == Samples.bytes(SIZE, 1)
        methods().take(5) == ['HEAD', 'POST', 'PUT', 'GET', 'PATCH']
        methods().count('POST') == 1
        exchanges.findAll { it.method == 'PATCH' }*.sent.max() == CHUNK
        cut.carried.get() > SIZE
        cut.carried.get() < SIZE + CHUNK
    }

    def 'many breaks do not matter as long as the upload gets on'() {
        given:
        cut.limits.addAll([3_000_000, 1_500_000, 1_500_000, 1_200_000])
        def repository = fresh(cut.host)

        when:
        chunking { retries(1) }.withCloseable { it.upload(repository, Samples.layer(SIZE, 1).blob()) }

        then:
        cut.limits.empty
        client.blob(repository, Samples.layer(SIZE, 1).digest()).bytes() == Samples.bytes(SIZE, 1)
        methods().count('POST') == 1
        cut.carried.get() < SIZE + 4 * CHUNK
    }

    def 'an upload that does not get on is given up'() {
        given:
        front.fault('PATCH', '/uploads/', 99) { it.requestBody.readNBytes(10_000); it.close() }
        front.fault('PUT', '/uploads/', 99) { it.requestBody.readNBytes(2 * CHUNK); it.close() }

        when:
        chunking { retries(2) }.withCloseable { it.upload(fresh(front.host), Samples.layer(SIZE, 1).blob()) }

        then:
        def e = thrown(RegistryException)
        e.method() == 'PATCH'
        e.retryable()
        front.requests*.replaceFirst(/ .*/, '') == ['HEAD', 'POST', 'PUT', 'GET', 'PATCH', 'GET', 'PATCH']
    }

    def 'an upload that the registry has forgotten begins anew, in chunks'() {
        given:
        front.fault('PUT', '/uploads/') { it.requestBody.readNBytes(2 * CHUNK); it.close() }
        front.fault('GET', '/uploads/') { Front.answer(it, 404) }
        def repository = fresh(front.host)

        when:
        chunking().withCloseable { it.upload(repository, Samples.layer(SIZE, 1).blob()) }

        then:
        client.blob(repository, Samples.layer(SIZE, 1).digest()).bytes() == Samples.bytes(SIZE, 1)
        front.requests*.replaceFirst(/ .*/, '').take(7) == ['HEAD', 'POST', 'PUT', 'GET', 'HEAD', 'POST', 'PATCH']
    }

    def 'an upload whose last answer is lost is not sent again'() {
        given:
        front.fault('PUT', '/uploads/') { exchange -> front.pass(exchange) { exchange.close(); throw new IOException() } }

        when:
        chunking().withCloseable { it.upload(fresh(front.host), Samples.layer(SIZE, 1).blob()) }

        then:
        front.requests*.replaceFirst(/ .*/, '') == ['HEAD', 'POST', 'PUT', 'GET', 'HEAD']
        front.uploaded.get() == SIZE
    }

    def 'chunks are as large as the registry wants them'() {
        given:
        front.rule { exchange ->
            if (exchange.requestMethod == 'POST') {
                front.pass(exchange) { exchange.responseHeaders.set('OCI-Chunk-Min-Length', '4000000') }
                return true
            }
            false
        }
        front.fault('PUT', '/uploads/') { it.requestBody.readNBytes(5_000_000); it.close() }

        when:
        chunking().withCloseable { it.upload(fresh(front.host), Samples.layer(SIZE, 1).blob()) }

        then:
        exchanges.findAll { it.method == 'PATCH' }*.sent == [4_000_000, 4_000_000, 2_000_000]
    }

    def 'what is too large for something on the way is sent in chunks'() {
        given:
        front.fault('PUT', '/uploads/') { Front.answer(it, 413) }
        def repository = fresh(front.host)

        when:
        chunking().withCloseable { it.upload(repository, Samples.layer(SIZE, 1).blob()) }

        then:
        client.exists(repository, Samples.layer(SIZE, 1).digest())
        exchanges.count { it.method == 'PATCH' } == 10
    }

    def 'a chunk that the registry does not expect is sent from where it stands'() {
        given:
        front.fault('PUT', '/uploads/') { it.requestBody.readNBytes(2 * CHUNK); it.close() }
        front.fault('PATCH', '/uploads/') { front.pass(it) { throw new IOException() } }
        front.fault('PATCH', '/uploads/') { Front.answer(it, 416) }
        def repository = fresh(front.host)

        when:
        chunking().withCloseable { it.upload(repository, Samples.layer(SIZE, 1).blob()) }

        then:
        client.blob(repository, Samples.layer(SIZE, 1).digest()).bytes() == Samples.bytes(SIZE, 1)
        front.uploaded.get() == SIZE
    }

    def 'a blob that the registry has somewhere is mounted without saying where'() {
        given:
        front.rule { exchange ->
            if (exchange.requestMethod == 'POST' && exchange.requestURI.query?.startsWith('mount=')) {
                Front.answer(exchange, 201)
                return true
            }
            false
        }

        when:
        client.upload(fresh(front.host), Samples.layer(1000, 1).blob())

        then:
        front.requests*.replaceFirst(/ .*/, '') == ['HEAD', 'POST']
    }

    def 'a registry that wants to know where to mount from is asked once'() {
        given:
        front.fault('POST', 'mount=', 9) { Front.answer(it, 400) }
        def repository = fresh(front.host)

        when:
        client.upload(repository, Samples.layer(1000, 1).blob())
        client.upload(repository, Samples.layer(1000, 2).blob())

        then:
        front.requests*.replaceFirst(/ .*/, '') == ['HEAD', 'POST', 'POST', 'PUT', 'HEAD', 'POST', 'PUT']
    }
}
