package dev.davit.auth

import spock.lang.Specification

class EnvironmentProxiesSpec extends Specification {

    def '#uri with #environment goes through #proxy'() {
        expect:
        new EnvironmentProxies(environment).select(URI.create(uri)) == [proxy]

        where:
        uri                     | environment                                            || proxy
        'https://ghcr.io/'      | [:]                                                    || Proxy.NO_PROXY
        'https://ghcr.io/'      | [HTTPS_PROXY: 'http://proxy:3128']                     || http('proxy', 3128)
        'https://ghcr.io/'      | [https_proxy: 'proxy:3128', HTTPS_PROXY: 'http://x:1'] || http('proxy', 3128)
        'http://ghcr.io/'       | [HTTPS_PROXY: 'http://proxy:3128']                     || Proxy.NO_PROXY
        'http://ghcr.io/'       | [HTTP_PROXY: 'http://proxy:3128']                      || http('proxy', 3128)
        'https://ghcr.io/'      | [HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'ghcr.io']   || Proxy.NO_PROXY
        'https://a.ghcr.io/'    | [HTTPS_PROXY: 'http://proxy:1', NO_PROXY: '.ghcr.io']  || Proxy.NO_PROXY
        'https://a.ghcr.io/'    | [HTTPS_PROXY: 'http://proxy:1', no_proxy: 'x, *.ghcr.io'] || Proxy.NO_PROXY
        'https://notghcr.io/'   | [HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'ghcr.io']   || http('proxy', 1)
        'https://ghcr.io:5000/' | [HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'ghcr.io:5000'] || Proxy.NO_PROXY
        'https://ghcr.io/'      | [HTTPS_PROXY: 'http://proxy:1', NO_PROXY: '*']         || Proxy.NO_PROXY
        'http://localhost:5/'   | [HTTP_PROXY: 'http://proxy:1']                         || Proxy.NO_PROXY
        'http://127.0.0.1:5/'   | [HTTP_PROXY: 'http://proxy:1']                         || Proxy.NO_PROXY
    }

    static Proxy http(String host, int port) {
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port))
    }
}
