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
}
