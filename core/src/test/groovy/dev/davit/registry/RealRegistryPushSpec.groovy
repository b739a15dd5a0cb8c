package dev.davit.registry

import dev.davit.Peers
import spock.lang.Requires

/** All of pushing again, to the distribution project's registry. */
@Requires(value = { Peers.has(RealRegistry.PROGRAM) }, reason = 'docker-registry is not installed')
class RealRegistryPushSpec extends PushSpec {

    @Override
    TestRegistry start() {
        RealRegistry.start()
    }
}
