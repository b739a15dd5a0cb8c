package dev.davit.dsl

import dev.davit.server.RegistryServer
import spock.lang.AutoCleanup

/** How scripts say how hosts are spoken to. What that does is specified in the core. */
class HostSpec extends ScriptSpecification {

    @AutoCleanup RegistryServer server = RegistryServer.start()
    @AutoCleanup RegistryServer mirror = RegistryServer.start()

    /** REGISTRY and MIRROR stand for two registries. */
    @Override
    Object evaluate(String script) {
        super.evaluate(script.replace('REGISTRY', server.address()).replace('MIRROR', mirror.address()))
    }

    def 'reads go to the mirror: #given'() {
        given:
        evaluate("scratch().push('MIRROR/copy/a:1')")

        expect:
        evaluate("host 'REGISTRY', $given; remote('REGISTRY/a:1').platform.toString()") == 'linux/amd64'
        server.requests() == []

        where:
        given << ["mirror: 'http://MIRROR/copy'", "mirror: ['localhost:1', 'MIRROR/copy'], parallel: 2, requestsPerSecond: 100"]
    }

    def 'the more specific name counts'() {
        expect:
        evaluate("host '*', mirror: 'MIRROR'; host 'REGISTRY', http: true, insecure: true; scratch().push('REGISTRY/a:1'); " +
                "exists('REGISTRY/a:1')") == true
    }

    def 'certificates are files from the folder of the script'() {
        given:
        write('ca.pem', 'hello')

        expect:
        failure("host 'REGISTRY', ca: 'ca.pem'; exists 'REGISTRY/a:1'").contains("$folder/ca.pem: no certificate in it")
        failure("host 'REGISTRY', ca: 'other.pem'; exists 'REGISTRY/a:1'").contains("$folder/other.pem")
    }

    def 'what a host does not take is refused: #said'() {
        expect:
        failure("host 'example.com', $said").startsWith("error: $message\n  --> test.groovy:1:1\n")

        where:
        said                     || message
        'mirrors: "a.com"'       || "there is no option 'mirrors'; did you mean 'mirror'? (options are http, insecure, ca, cert, key, mirror, requestsPerSecond, parallel, trustRedirects)"
        'cert: "a.pem"'          || 'incomplete certificate: expected cert: and key:'
        'http: "yes"'            || "malformed http 'yes': expected true or false"
        'parallel: "two"'        || "malformed parallel 'two': expected a number"
        'parallel: 0'            || 'malformed number of parallel requests 0: expected 1 or more'
        'mirror: "a b"'          || "malformed mirror 'a b': expected a host and maybe a path, such as mirror.example.com:5000/hub"
    }

    def 'a host is told before it is asked'() {
        expect:
        failure("exists('${server.address()}/a:1'); host 'example.com', parallel: 1")
                .startsWith('error: this must come before the first verb that speaks to a registry\n')
    }

    def 'each request is told from then on'() {
        when:
        evaluate("exists('REGISTRY/a:1'); verbose(); exists('REGISTRY/b:1')")

        then:
        err.toString().replaceAll(/\d+ ms/, '… ms') == "HEAD http://${server.address()}/v2/b/manifests/1 404 0 bytes … ms\n"
    }
}
