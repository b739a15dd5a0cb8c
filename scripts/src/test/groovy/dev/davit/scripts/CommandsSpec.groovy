package dev.davit.scripts

import dev.davit.image.Platform
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.registry.RegistryClient
import dev.davit.server.RegistryServer
import java.nio.file.Files
import spock.lang.Shared

/** The commands, as somebody calls them who knows crane. REGISTRY is where the embedded registry listens. */
class CommandsSpec extends RunnerSpecification {

    @Shared
    RegistryServer server = RegistryServer.start()

    @Shared
    RegistryClient client = RegistryClient.create()

    static final AMD64 = Image.scratch(Platform.parse('linux/amd64'))
    static final ARM64 = Image.scratch(Platform.parse('linux/arm64'))
    static final AMD64_DIGEST = ''
    static final BOTH_DIGEST = ''

    def setupSpec() {
        ['one:1', 'one:2', 'one:sha256-0123'].each { client.put("${server.address()}/$it", AMD64) }
        client.put("${server.address()}/both:1", Index.of([AMD64, ARM64]))
    }

    def cleanupSpec() {
        client.close()
        server.close()
    }

    @Override
    String davit(Object... words) {
        super.davit(*words*.toString()*.replace('REGISTRY', server.address())).replace(server.address(), 'REGISTRY')
    }

    def 'print'() {
        expect:
        println davit('digest', 'REGISTRY/one:1')
        println davit('digest', 'REGISTRY/both:1')
        println davit('manifest', 'REGISTRY/both:1')
        println davit('manifest', 'REGISTRY/one:1')
        println davit('config', 'REGISTRY/both:1')
        println davit('append', '-t', 'REGISTRY/x:1', '-f', tar('a.tar', 'a', 'b'))
    }
}
