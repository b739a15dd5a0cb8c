package dev.davit.registry

import spock.lang.Specification

class HostsSpec extends Specification {

    def '#registry is reached at #url'() {
        expect:
        new Hosts(['intranet:5000', 'plain'] as Set).url(registry).toString() == url

        where:
        registry           || url
        'ghcr.io'          || 'https://ghcr.io/'
        'ghcr.io:5000'     || 'https://ghcr.io:5000/'
        'intranet:5000'    || 'http://intranet:5000/'
        'intranet:5001'    || 'https://intranet:5001/'
        'plain'            || 'http://plain/'
        'localhost'        || 'http://localhost/'
        'localhost:5000'   || 'http://localhost:5000/'
        'a.localhost:5000' || 'http://a.localhost:5000/'
        '127.0.0.1:5000'   || 'http://127.0.0.1:5000/'
        '127.1.2.3'        || 'http://127.1.2.3/'
        '[::1]:5000'       || 'http://[::1]:5000/'
        '10.0.0.1:5000'    || 'https://10.0.0.1:5000/'
        'notlocalhost'     || 'https://notlocalhost/'
    }

    def 'what is no host name is refused and quoted'() {
        when:
        new Hosts([] as Set).url('a b')

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith("malformed registry 'a b': expected ")
    }
}
