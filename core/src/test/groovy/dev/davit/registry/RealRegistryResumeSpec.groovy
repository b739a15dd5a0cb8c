package dev.davit.registry

import dev.davit.Peers
import spock.lang.Requires

/** The distribution project's registry forgets an upload that breaks off: what matters is that it ends well. */
@Requires(value = { Peers.has(RealRegistry.PROGRAM) }, reason = 'docker-registry is not installed')
class RealRegistryResumeSpec extends ClientSpecification {

    TestRegistry start() {
        RealRegistry.start()
    }

    def 'an upload that breaks off ends well'() {
        given:
        def cut = new Cut(registry.host)
        cut.limits.addAll([6_000_000, 3_000_000])
        def repository = fresh(cut.host)

        when:
        client { chunk = 1_000_000 }.withCloseable { it.upload(repository, Samples.layer(10_000_000, 1).blob()) }

        then:
        cut.limits.empty
        client.blob(repository, Samples.layer(10_000_000, 1).digest()).bytes() == Samples.bytes(10_000_000, 1)
        exchanges.count { it.method == 'PUT' } == 2

        cleanup:
        cut.close()
    }
}
