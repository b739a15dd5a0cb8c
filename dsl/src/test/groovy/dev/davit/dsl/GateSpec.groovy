package dev.davit.dsl

import dev.davit.server.RegistryServer
import java.nio.file.Files
import spock.lang.AutoCleanup
import spock.lang.Shared

/** Whatever leaves a script passes the gates of its session. */
class GateSpec extends ScriptSpecification {

    @Shared @AutoCleanup RegistryServer registry = RegistryServer.start()

    List<String> passed = []

    def 'a gate sees all that is handed on, before it is written, and may hold it back'() {
        when:
        evaluate("def image = scratch().withLabel('a', 'b')\n$statement".replace('REGISTRY', registry.address()),
                { place, artifact -> passed << "$place $artifact.digest.hex".take(place.length() + 7).toString(); false })

        then:
        passed*.replace(registry.address(), 'REGISTRY') == places.collect { "$it 3115b0".toString() }
        Files.list(folder).withCloseable { it*.fileName*.toString() }.findAll { it != 'cache' } == []

        where:
        statement                                                    || places
        "image.push('REGISTRY/a:1')"                                 || ['REGISTRY/a:1']
        "image.push('REGISTRY/a', 'REGISTRY/b:2')"                   || ['REGISTRY/a:latest', 'REGISTRY/b:2']
        "image.push('REGISTRY/a:1'); tag('REGISTRY/a:1', '2')"       || ['REGISTRY/a:1', 'REGISTRY/a:2']
        "copy(image.push('REGISTRY/a:1'), 'REGISTRY/b:1')"           || ['REGISTRY/a:1', 'REGISTRY/b:1']
        "image.save('a.tar', 'x:1')"                                 || ['archive:a.tar:x:1']
        "image.save('a.tar', legacy: true)"                          || ['archive:a.tar']
        "save('a.tar', ['x:1': image, 'x:2': image])"                || ['archive:a.tar:x:1', 'archive:a.tar:x:2']
        "image.writeTo('layout', 'x')"                               || ['oci:layout:x']
        "image.load('x:1')"                                          || ['daemon:x:1']
    }

    def 'what a gate holds back is there for the rest of the script'() {
        expect:
        evaluate("""
            def pushed = scratch().withLabel('a', 'b').push('${registry.address()}/held:1')
            [remote(pushed), remote('${registry.address()}/held:1')]*.config*.labels
            """, { place, artifact -> false }) == [[a: 'b'], [a: 'b']]
    }

    def 'a gate that throws ends the script before anything is written'() {
        when:
        evaluate("scratch().push('${registry.address()}/never:1')", { place, artifact -> throw new IOException('no') })

        then:
        thrown(IOException)

        when:
        evaluate("remote('${registry.address()}/never:1')")

        then:
        thrown(IOException)
    }
}
