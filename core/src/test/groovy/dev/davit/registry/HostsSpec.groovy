package dev.davit.registry

import java.nio.file.Path
import spock.lang.Specification

class HostsSpec extends Specification {

    static Hosts hosts(Closure block = {}) {
        new Hosts(new Settings().environment([HOME: '/no/such/home']).tap { systemFolder = Path.of('/no/such/etc') }.tap(block))
    }

    def '#registry is reached at #url'() {
        given:
        def hosts = hosts {
            host('intranet:5000') { it.http(true) }
            host('plain') { it.http(true) }
            host('*.lab.example.com') { it.http(true) }
            host('tls.lab.example.com') { it.http(false) }
            host('localhost:5001') { it.http(false) }
            host('localhost:5002') { it.insecure(true) }
            host('localhost:5003') { it.ca(Path.of('ca.pem')) }
            insecure()
        }

        expect:
        hosts.url(registry).toString() == url

        where:
        registry                || url
        'ghcr.io'               || 'https://ghcr.io/'
        'ghcr.io:5000'          || 'https://ghcr.io:5000/'
        'intranet:5000'         || 'http://intranet:5000/'
        'intranet:5001'         || 'https://intranet:5001/'
        'plain'                 || 'http://plain/'
        'a.lab.example.com'     || 'http://a.lab.example.com/'
        'a.lab.example.com:500' || 'http://a.lab.example.com:500/'
        'tls.lab.example.com'   || 'https://tls.lab.example.com/'
        'lab.example.com'       || 'https://lab.example.com/'
        'localhost'             || 'http://localhost/'
        'localhost:5000'        || 'http://localhost:5000/'
        'localhost:5001'        || 'https://localhost:5001/'
        'localhost:5002'        || 'https://localhost:5002/'
        'localhost:5003'        || 'https://localhost:5003/'
        'a.localhost:5000'      || 'http://a.localhost:5000/'
        '127.0.0.1:5000'        || 'http://127.0.0.1:5000/'
        '127.1.2.3'             || 'http://127.1.2.3/'
        '[::1]:5000'            || 'http://[::1]:5000/'
        '10.0.0.1:5000'         || 'https://10.0.0.1:5000/'
        'notlocalhost'          || 'https://notlocalhost/'
    }

    def 'of what several names say, the most specific one counts, setting by setting'() {
        given:
        def hosts = hosts {
            host('*') { it.parallel(8).requestsPerSecond(5).trustRedirects(true) }
            host('*.example.com') { it.parallel(4).insecure(true) }
            host('*.a.example.com') { it.parallel(3) }
            host('registry.a.example.com:5000') { it.insecure(false) }
            host('docker.io') { it.parallel(1) }
        }

        when:
        def settings = hosts.settings(registry)

        then:
        settings.parallel == parallel
        settings.insecure == insecure
        settings.requestsPerSecond == 5
        settings.trustRedirects

        where:
        registry                      || parallel | insecure
        'registry.a.example.com:5000' || 3        | false
        'registry.a.example.com'      || 3        | true
        'b.example.com'               || 4        | true
        'example.com'                 || 8        | null
        'index.docker.io'             || 1        | null
    }

    def 'what is no host name is refused and quoted'() {
        when:
        hosts().url('a b')

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith("malformed registry 'a b': expected ")
    }

    def '#what is refused and quoted'() {
        when:
        hosts { host('a', change) }

        then:
        def e = thrown(IllegalArgumentException)
        e.message == message

        where:
        what                           | change                                    || message
        'a limit of no request'        | { HostSettings h -> h.parallel(0) }       || 'malformed number of parallel requests 0: expected 1 or more'
        'a rate of nothing'            | { HostSettings h -> h.requestsPerSecond(0) } || 'malformed number of requests per second 0.0: expected more than 0'
        'a mirror that is no place'    | { HostSettings h -> h.mirrors('a b') }    || "malformed mirror 'a b': expected a host and maybe a path, such as mirror.example.com:5000/hub"
    }

    def '#registry may send us to #target: #allowed'() {
        given:
        def hosts = hosts {
            host('plain:5000') { it.http(true) }
            host('trusted.invalid') { it.trustRedirects(true) }
        }
        def from = hosts.url(registry)

        expect:
        Detour.objection(hosts, from, from, okhttp3.HttpUrl.get(target)).empty == allowed

        where:
        registry          | target                         || allowed
        'ghcr.io'         | 'https://ghcr.io/v2/'          || true
        'ghcr.io'         | 'https://storage.example.com/' || true
        'ghcr.io'         | 'http://ghcr.io/v2/'           || false
        'ghcr.io'         | 'http://other.io/v2/'          || false
        'ghcr.invalid'    | 'https://localhost/'           || false
        'ghcr.invalid'    | 'https://127.0.0.1:8443/'      || false
        'ghcr.invalid'    | 'https://127.1/'               || false
        'ghcr.invalid'    | 'https://2130706433/'          || false
        'ghcr.invalid'    | 'https://10.1.2.3/'            || false
        'ghcr.invalid'    | 'https://172.16.0.1/'          || false
        'ghcr.invalid'    | 'https://192.168.1.1/'         || false
        'ghcr.invalid'    | 'https://169.254.169.254/'     || false
        'ghcr.invalid'    | 'https://0.0.0.0/'             || false
        'ghcr.invalid'    | 'https://[::1]/'               || false
        'ghcr.invalid'    | 'https://[fd00::1]/'           || false
        'ghcr.invalid'    | 'https://[fe80::1]/'           || false
        'ghcr.invalid'    | 'https://[::ffff:10.0.0.1]/'   || false
        'ghcr.invalid'    | 'https://8.8.8.8/'             || true
        'ghcr.invalid'    | 'https://[2001:4860::1]/'      || true
        '10.0.0.1'        | 'https://10.0.0.1:9000/'       || true
        '10.0.0.1'        | 'https://192.168.1.1/'         || true
        'localhost:5000'  | 'http://127.0.0.1:9000/'       || true
        'plain:5000'      | 'http://storage.example.com/'  || true
        'plain:5000'      | 'http://169.254.169.254/'      || false
        'trusted.invalid' | 'http://10.0.0.1:9000/'        || true
    }
}
