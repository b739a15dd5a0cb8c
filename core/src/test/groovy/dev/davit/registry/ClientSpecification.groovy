package dev.davit.registry

import dev.davit.auth.Keychain
import dev.davit.ref.Reference
import dev.davit.ref.Repository
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

/** A specification with a registry, and a client whose requests it sees. */
abstract class ClientSpecification extends Specification {

    @Shared @AutoCleanup TestRegistry registry = start()

    List<Exchange> exchanges = new CopyOnWriteArrayList<>()
    List<String> warnings = new CopyOnWriteArrayList<>()
    @AutoCleanup RegistryClient client = client()

    TestRegistry start() {
        TestRegistry.embedded()
    }

    RegistryClient client(Closure block = {}) {
        RegistryClient.create { settings ->
            settings.keychain(Keychain.anonymous()).observer(exchanges::add).warnings(warnings::add)
                    .firstWait(Duration.ofMillis(1)).environment([:])
            settings.with(block)
        }
    }

    /** What was asked since the last time, such as {@code HEAD /v2/a/manifests/x}. */
    List<String> asked() {
        def asked = exchanges.collect { "$it.method $it.uri.path".toString() }
        exchanges.clear()
        asked
    }

    /** A repository that no other feature uses. */
    Repository fresh(String host = registry.host) {
        Repository.parse("$host/spec${UUID.randomUUID().toString().take(8)}")
    }

    static Reference tagged(Repository repository, String tag = 'x') {
        Reference.of(repository, tag)
    }
}
