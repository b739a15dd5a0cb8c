package dev.davit.registry

import com.sun.net.httpserver.HttpExchange
import dev.davit.blob.Digest

/** How a list of referrers is asked for, and what registries answer. */
class ReferrersApiSpec extends ClientSpecification {

    static final INDEX = 'application/vnd.oci.image.index.v1+json'
    static final SUBJECT = Digest.parse('sha256:' + 'a' * 64)

    private static String page(String... types) {
        def manifests = types.collect { type ->
            """{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:${Digest.of(type.bytes).hex()}",""" +
                    """"size":2,"artifactType":"$type"}"""
        }
        """{"schemaVersion":2,"mediaType":"$INDEX","manifests":[${manifests.join(',')}]}"""
    }

    def 'all pages are fetched, each when the list comes to it'() {
        given:
        int n = 0
        def front = new Front().rule { HttpExchange exchange ->
            n++
            Front.answer(exchange, 200, page("a/$n", "b/$n"), ['Content-Type': INDEX + '; charset=utf-8'] +
                    (n < 3 ? [Link: "<${exchange.requestURI.path}?next=$n>; rel=\"next\""] : [:]))
            true
        }

        when:
        def referrers = client.referrers(fresh(front.host), SUBJECT).iterator()

        then:
        front.requests.size() == 1
        referrers.toList()*.artifactType()*.get() == ['a/1', 'b/1', 'a/2', 'b/2', 'a/3', 'b/3']
        front.requests.size() == 3
        front.requests[0].endsWith("/referrers/$SUBJECT")
        front.requests[2].endsWith("/referrers/$SUBJECT?next=2")

        cleanup:
        front.close()
    }

    def 'a registry is asked for one type, and may answer with all'() {
        given:
        def front = new Front().rule { HttpExchange exchange ->
            Front.answer(exchange, 200, page('a/b+c', 'text/plain'), ['Content-Type': INDEX])
            true
        }

        expect:
        client.referrers(fresh(front.host), SUBJECT, 'a/b+c').toList()*.artifactType()*.get() == ['a/b+c']
        front.requests[0].endsWith('?artifactType=a%2Fb%2Bc')

        cleanup:
        front.close()
    }

    def 'a registry that does not know the question is asked for the tag instead: #status #type'() {
        given:
        def front = new Front().fault('GET', '/referrers/') { Front.answer(it, status, 'no', ['Content-Type': type]) }
        front.rule { HttpExchange exchange ->
            Front.answer(exchange, 200, page('a/b', 'c/d'), ['Content-Type': INDEX])
            true
        }

        expect:
        client.referrers(fresh(front.host), SUBJECT, 'a/b').toList()*.artifactType()*.get() == ['a/b']
        front.requests[1].endsWith('/manifests/sha256-' + 'a' * 64)

        cleanup:
        front.close()

        where:
        status | type
        404    | 'text/plain'
        400    | 'application/json'
        405    | 'application/json'
        406    | 'application/json'
        200    | 'text/html'
        200    | 'application/vnd.docker.distribution.manifest.list.v2+json'
    }

    def 'a registry that refuses or fails is not asked for the tag: #status'() {
        given:
        def front = new Front().rule { HttpExchange exchange ->
            Front.answer(exchange, status, '')
            true
        }

        when:
        client.referrers(fresh(front.host), SUBJECT)

        then:
        def e = thrown(RegistryException)
        e.status() == status
        front.requests.every { it.endsWith("/referrers/$SUBJECT") }

        cleanup:
        front.close()

        where:
        status << [403, 500]
    }

    def 'a circle that a registry tells of is walked once'() {
        given:
        def image = Samples.image([])
        def other = Digest.of('other'.bytes)
        def front = new Front().rule { HttpExchange exchange ->
            def next = exchange.requestURI.path.endsWith(other as String) ? image.digest() : other
            Front.answer(exchange, 200, page('a/b').replace(Digest.of('a/b'.bytes).hex(), next.hex()), ['Content-Type': INDEX])
            true
        }

        expect:
        client.attached(fresh(front.host), image, Attachment.REFERRER)*.digest()*.get() == [other, image.digest()]
        front.requests.size() == 2

        cleanup:
        front.close()
    }

    def 'a registry that deletes no tags says what to delete instead: #status'() {
        given:
        def behind = TestRegistry.embedded()
        def front = new Front(behind.host).fault('DELETE', '/manifests/', 9) {
            Front.answer(it, status, '{"errors":[{"code":"UNSUPPORTED","message":"The operation is unsupported."}]}')
        }
        def name = tagged(fresh(front.host))
        def image = Samples.image([])
        client.put(name, image)
        more.each { client.tag(name, it) }
        client.put(tagged(name.repository(), 'other'), Samples.image([], 'linux/arm64'))

        when:
        client.delete(name)

        then:
        def e = thrown(RegistryException)
        e.status() == status
        e.message == "DELETE http://$front.host/v2/${name.repository().path()}/manifests/x: $status UNSUPPORTED: The operation " +
                "is unsupported.; a registry that deletes no tags may delete ${name.withDigest(image.digest())}, $tags"
        client.tags(name.repository(), image.digest()) == more + 'x'

        when:
        client.delete(name.withDigest(image.digest()))

        then:
        e = thrown(RegistryException)
        e.message.endsWith('The operation is unsupported.')

        cleanup:
        front.close()
        behind.close()

        where:
        status | more       || tags
        405    | ['1', '2'] || 'which is also tagged 1, 2'
        400    | []         || 'which has no other tag'
    }
}
