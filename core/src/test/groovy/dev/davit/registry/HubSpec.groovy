package dev.davit.registry

import com.sun.net.httpserver.HttpExchange
import java.time.Duration
import java.time.Instant
import spock.lang.AutoCleanup

/** A server that answers as Docker documents the Hub. */
class HubSpec extends ClientSpecification {

    static final NGINX = '{"id":"nginx","name":"nginx","slug":"nginx","type":"image","publisher":{"id":"docker",' +
            '"name":"Docker"},"created_at":"2014-06-05T19:14:45Z","updated_at":"2026-02-05T10:20:30.123456Z",' +
            '"short_description":"Official build of\\n Nginx.\\u001b[2J","badge":"official","star_count":21268,' +
            '"pull_count":"1B+","operating_systems":[{"name":"linux","label":"Linux"}],"archived":false}'
    static final BITNAMI = '{"id":"bitnami/nginx","name":"bitnami/nginx","publisher":{"name":"VMware"},' +
            '"short_description":null,"badge":"verified_publisher","star_count":200,"pull_count":"500M+"}'
    static final COMMUNITY = '{"id":"1d9ee5b7-0000","name":"Some Nginx","slug":"somebody/nginx","badge":"none","pull_count":7}'
    static final NOTHING = '{"name":"Not A Name"}'

    @AutoCleanup Front front = new Front()

    Hub hub(Map<String, String> environment = [:]) {
        client { settings -> settings.environment([DAVIT_HUB: front.host] + environment) }.hub()
    }

    def 'a search tells what the Hub says of each image that can be pulled'() {
        given:
        front.rule { Front.answer(it, 200, """{"total":4,"results":[$NGINX,$BITNAMI,$NOTHING,$COMMUNITY]}"""); true }

        when:
        def results = hub().search('nginx web', 25, false)

        then:
        results == [
                new SearchResult('nginx', 'official', 'Docker', '1B+', 21268, '2026-02-05T10:20:30.123456Z',
                        'Official build of Nginx. [2J'),
                new SearchResult('bitnami/nginx', 'verified_publisher', 'VMware', '500M+', 200, '', ''),
                new SearchResult('somebody/nginx', '', '', '7', 0, '', ''),
        ]
        results*.official == [true, false, false]
        results*.verified == [false, true, false]
        front.requests == ['GET /api/search/v4?query=nginx%20web&type=image&from=0&size=25']
    }

    def 'an official image is named as people do, whatever the Hub calls it: #id'() {
        given:
        front.rule { Front.answer(it, 200, """{"results":[{"id":"$id","name":"$name"}]}"""); true }

        expect:
        hub().search('x', 1, false)*.name() == [found]

        where:
        id                   | name            || found
        'library/nginx'      | 'nginx'         || 'nginx'
        'nginx'              | 'library/nginx' || 'nginx'
        'somebody/a'         | 'a'             || 'somebody/a'
        'foo.bar/a'          | 'a'             || 'docker.io/foo.bar/a'
    }

    def 'more than a page is asked for page by page, and not beyond the last'() {
        given:
        front.rule { HttpExchange exchange ->
            int from = (exchange.requestURI.query =~ /from=(\d+)/)[0][1] as int
            int size = Math.min((exchange.requestURI.query =~ /size=(\d+)/)[0][1] as int, total - from)
            Front.answer(exchange, 200, """{"results":[${(0..<size).collect { """{"name":"a/n${from + it}"}""" }.join(',')}]}""")
            true
        }

        when:
        def results = hub().search('n', 230, true)

        then:
        results*.name() == (0..<found).collect { "a/n$it".toString() }
        front.requests*.replaceAll('.*(from.*)', '$1') == asked

        where:
        total | found | asked
        500   | 230   | ['from=0&size=100&badges=official', 'from=100&size=100&badges=official', 'from=200&size=30&badges=official']
        130   | 130   | ['from=0&size=100&badges=official', 'from=100&size=100&badges=official']
        0     | 0     | ['from=0&size=100&badges=official']
    }

    def 'a limit that the Hub does not serve is refused: #limit'() {
        when:
        hub().search('x', limit, false)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed limit $limit: expected 1 to 2500"
        front.requests == []

        where:
        limit << [0, -1, 2501]
    }

    def 'a search that fails is told with what was searched for'() {
        given:
        front.rule { Front.answer(it, 400, '{"message":"bad query"}'); true }

        when:
        hub().search('x', 1, false)

        then:
        def e = thrown(RegistryException)
        e.message == "GET http://$front.host/api/search/v4?query=x&type=image&from=0&size=1: 400 bad query"
    }

    def 'a search that is throttled is tried again when the Hub says that it may'() {
        given:
        front.fault('GET', '/search/', 1) {
            Front.answer(it, 429, '{"message":"slow down"}', ['X-RateLimit-Reset': "${Instant.now().epochSecond + 2}".toString()])
        }
        front.rule { Front.answer(it, 200, '{"results":[]}'); true }
        long start = System.nanoTime()

        when:
        def results = hub().search('x', 1, false)

        then:
        results == []
        System.nanoTime() - start >= Duration.ofMillis(900).toNanos()
    }

    def 'how many pulls are left costs none: #remaining'() {
        given:
        front.rule {
            Front.answer(it, 200, '', ['ratelimit-limit': '100;w=21600', 'ratelimit-remaining': "$remaining;w=21600".toString(),
                                       'docker-ratelimit-source': '192.0.2.1'])
            true
        }

        when:
        def limit = hub().rateLimit()

        then:
        limit == new RateLimit(100, remaining, Duration.ofHours(6), '192.0.2.1')
        limit.limited
        "$limit" == "$remaining of 100 pulls in 6 hours for 192.0.2.1 are left"
        front.requests == ['HEAD /v2/ratelimitpreview/test/manifests/latest']
        warnings == (near ? ["$front.host: $limit".toString()] : [])

        where:
        remaining | near
        76        | false
        10        | false
        9         | true
        0         | true
    }

    def 'where the Hub says nothing of a limit, or nonsense, there is none: #headers'() {
        given:
        front.rule { Front.answer(it, 200, '', headers); true }

        expect:
        !hub().rateLimit().limited
        "${hub().rateLimit()}" == 'pulls are not limited'
        hub().rateLimit().remaining() > 1_000_000
        warnings == []

        where:
        headers << [[:], ['ratelimit-limit': 'many'], ['ratelimit-limit': '100']]
    }

    def 'few pulls are left is said once for each registry'() {
        given:
        front.rule {
            Front.answer(it, 200, '{"tags":[]}', ['ratelimit-limit': '200;w=3600', 'ratelimit-remaining': '7;w=3600'])
            true
        }

        when:
        3.times { client.tags(fresh(front.host)) }

        then:
        warnings == ["$front.host: 7 of 200 pulls in 1 hour are left".toString()]
    }

    def 'no pull left says what the limit is and when it ends: #headers'() {
        given:
        front.rule {
            Front.answer(it, 429, '{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}', headers)
            true
        }

        when:
        client { retries(0) }.get("$front.host/a:x")

        then:
        def e = thrown(RegistryException)
        e.message == "GET http://$front.host/v2/a/manifests/x: 429 TOOMANYREQUESTS: You have reached your pull rate limit.$note"

        where:
        headers                                                                    || note
        [:]                                                                        || ''
        ['ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '0;w=21600',
         'docker-ratelimit-source': '192.0.2.1']                                   || ' (the limit is 100 pulls in 6 hours for 192.0.2.1; more in 6 hours at the latest)'
        ['ratelimit-limit': '100;w=21600', 'Retry-After': '2500']                  || ' (the limit is 100 pulls in 6 hours; more in 42 minutes)'
        ['Retry-After': '30']                                                      || ' (more in 30 seconds)'
        ['Retry-After': '1']                                                       || ' (more in 1 second)'
        ['Retry-After': '3601']                                                    || ' (more in 61 minutes)'
    }

    def 'without DAVIT_HUB it is Docker Hub itself'() {
        given:
        def asked = []
        def own = client { it.retries(0).environment([HTTPS_PROXY: "http://$front.host".toString()]).observer { asked << it } }

        when:
        own.hub().search('x', 1, false)

        then:
        thrown(RegistryException)

        when:
        own.hub().rateLimit()

        then:
        thrown(RegistryException)
        asked*.uri*.toString() == ['https://hub.docker.com/api/search/v4?query=x&type=image&from=0&size=1',
                                   'https://index.docker.io/v2/ratelimitpreview/test/manifests/latest']
    }
}
