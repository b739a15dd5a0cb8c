package dev.davit.registry

import dev.davit.Peers
import spock.lang.Requires

/** All of pulling again, from the distribution project's registry. */
@Requires(value = { Peers.has(RealRegistry.PROGRAM) }, reason = 'docker-registry is not installed')
class RealRegistryPullSpec extends PullSpec {

    @Override
    TestRegistry start() {
        RealRegistry.start()
    }
}
