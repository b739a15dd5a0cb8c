package dev.davit.registry

import dev.davit.image.Image
import dev.davit.ref.Reference
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.TempDir

/** Registries behind a forward proxy. They have names that only the proxy knows. */
class ProxySpec extends ClientSpecification {

    @AutoCleanup ForwardProxy proxy = new ForwardProxy()
    @TempDir Path folder

    int port() {
        registry.host.split(':')[1] as int
    }

    def 'plain HTTP goes through the proxy that #variable names'() {
        given:
        def name = Reference.parse("registry.invalid:${port()}/${fresh().path()}:x")
        def behind = client { environment([(variable): "http://$proxy.address" as String]).host("registry.invalid:${port()}") { it.http(true) } }

        when:
        behind.put(name, Samples.image([Samples.layer(5000, 1)]))

        then:
        (behind.get(name) as Image).layers()[0].blob().bytes() == Samples.bytes(5000, 1)
        proxy.requests[0] == "HEAD http://registry.invalid:${port()}/v2/${name.repository().path()}/manifests/x HTTP/1.1"

        cleanup:
        behind.close()

        where:
        variable << ['HTTP_PROXY', 'http_proxy']
    }

    def 'HTTPS goes through a tunnel, and the certificate is that of the registry'() {
        given:
        def certificates = new Certificates()
        def front = new Front(registry.host, certificates.server(false, 'registry.invalid'))
        def host = "registry.invalid:${front.host.split(':')[1]}"
        def ca = certificates.authorityFile(folder.resolve('ca.pem'))
        def behind = client { environment([HTTPS_PROXY: "http://ann:s%40cret@$proxy.address" as String]).host(host) { it.ca(ca) } }
        proxy.authorization = 'Basic YW5uOnNAY3JldA=='
        def name = Reference.parse("$host/${fresh().path()}:x")

        when:
        behind.put(name, Samples.image([Samples.layer(5000, 1)]))

        then:
        (behind.get(name) as Image).layers()[0].blob().bytes() == Samples.bytes(5000, 1)
        proxy.requests.every { it == "CONNECT $host HTTP/1.1" }
        front.requests.size() > 3

        cleanup:
        behind.close()
        front.close()
    }

    def 'NO_PROXY=#exempt leaves the proxy out'() {
        given:
        def behind = client {
            environment([HTTP_PROXY: "http://$proxy.address" as String, NO_PROXY: exempt]).retries(0)
                    .host("registry.invalid:${port()}") { it.http(true) }
        }

        when:
        behind.ping("registry.invalid:${port()}")

        then:
        def e = thrown(RegistryException)
        e.message.endsWith('unknown host registry.invalid')
        proxy.requests == []

        cleanup:
        behind.close()

        where:
        exempt << ['registry.invalid', '.invalid', '*.invalid', 'invalid', 'a.example.com, registry.invalid', '*']
    }
}
