package dev.davit.registry

import com.sun.net.httpserver.HttpExchange

class ListingSpec extends ClientSpecification {

    def 'tags and repositories are listed'() {
        given:
        def name = tagged(fresh())
        client.put(name, Samples.image([]))
        client.tag(name, 'y')

        expect:
        client.tags(name.repository()).toList().toSorted() == ['x', 'y']
        client.catalog(registry.host).toList().contains(name.repository().path())
    }

    def 'further pages are fetched when the list comes to them: #link'() {
        given:
        def front = pages { HttpExchange exchange, int page ->
            page < 3 ? link.replace('HOST', exchange.requestHeaders.getFirst('Host')).replace('LAST', "$page") : null
        }

        when:
        def tags = client.tags(fresh(front.host)).iterator()

        then:
        (1..3).collect { tags.next() } == ['t1a', 't1b', 't2a']
        front.requests.size() == 2
        tags.toList() == ['t2b', 't3a', 't3b']
        front.requests.size() == 3
        front.requests[0].endsWith('/tags/list?n=1000')
        front.requests[1].endsWith('/tags/list?n=2&last=1')

        cleanup:
        front.close()

        where:
        link << ['</v2/a/tags/list?n=2&last=LAST>; rel="next"', '<http://HOST/v2/a/tags/list?n=2&last=LAST>; rel=next',
                 '</v2/a/tags/list?n=2&last=LAST>']
    }

    def 'a next page on another host is not fetched'() {
        given:
        def front = pages { exchange, page -> '<http://127.0.0.1:1/v2/a/tags/list>; rel="next"' }

        when:
        client.tags(fresh(front.host))

        then:
        def e = thrown(IOException)
        e.message.endsWith('the next page would be elsewhere, at http://127.0.0.1:1/v2/a/tags/list')

        cleanup:
        front.close()
    }

    def 'a page that fails later fails the stream'() {
        given:
        def front = pages { exchange, page -> '</v2/a/tags/list?n=2&last=q>; rel="next"' }
        front.rule { false }
        def tags = client.tags(fresh(front.host)).iterator()

        when:
        front.close()
        tags.toList()

        then:
        def e = thrown(UncheckedIOException)
        e.cause instanceof RegistryException

        cleanup:
        front.close()
    }

    def 'a repository without tags has an empty list'() {
        given:
        def front = new Front().fault('GET', '/tags/') { Front.answer(it, 200, '{"name":"a","tags":null}') }

        expect:
        client.tags(fresh(front.host)).toList() == []

        cleanup:
        front.close()
    }

    private static Front pages(Closure<String> link) {
        int page = 0
        new Front().rule { HttpExchange exchange ->
            page++
            String next = link(exchange, page)
            Front.answer(exchange, 200, """{"tags":["t${page}a","t${page}b"]}""", next == null ? [:] : [Link: next])
            true
        }
    }
}
