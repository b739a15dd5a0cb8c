package dev.davit.registry

import dev.davit.Peers
import spock.lang.Requires

/** The same with the distribution project's registry, whose version 2.8 knows nothing of referrers. */
@Requires(value = { Peers.has(RealRegistry.PROGRAM) }, reason = 'docker-registry is not installed')
class RealRegistryReferrersSpec extends ReferrersSpec {

    @Override
    TestRegistry start() {
        RealRegistry.start()
    }

    def 'it deletes no tags, and so one is told what else to do'() {
        given:
        def name = tagged(repository, 'old')
        client.put(name, image)
        client.tag(name, 'kept')

        when:
        client.delete(name)

        then:
        def e = thrown(RegistryException)
        e.message.endsWith("; a registry that deletes no tags may delete " +
                "${name.withDigest(image.digest())}, which is also tagged kept")
        client.tags(repository, image.digest()).toSorted() == ['kept', 'old']
    }
}
