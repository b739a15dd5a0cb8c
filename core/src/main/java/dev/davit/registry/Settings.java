package dev.davit.registry;

import dev.davit.auth.Keychain;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a {@link RegistryClient} works; to be changed only in the block that makes the client. */
public final class Settings {

    @Nullable Keychain keychain;
    final Set<String> insecure = new LinkedHashSet<>();
    Map<String, String> environment = System.getenv();
    String userAgent = "davit";
    int retries = 3;
    Duration firstWait = Duration.ofMillis(300);
    Duration connectTimeout = Duration.ofSeconds(30);
    Duration idleTimeout = Duration.ofSeconds(60);
    int parallel = 4;
    boolean readOnly;
    boolean foreignLayers;
    Consumer<Exchange> observer = exchange -> { };
    Consumer<String> warnings = warning -> { };

    Settings() {
    }

    /** Where credentials come from; by default {@link Keychain#standard} with the environment. */
    public Settings keychain(Keychain other) {
        keychain = other;
        return this;
    }

    /**
     * Registries, with their port if they have one, that are spoken to in plain HTTP; none means every one. Loopback
     * always is. For what is served outside of registries, this says which hosts may do so by plain HTTP.
     */
    public Settings insecure(String... registries) {
        insecure.addAll(registries.length == 0 ? List.of(Hosts.EVERY) : List.of(registries));
        return this;
    }

    /** The variables that say which proxy to use and where credentials are; by default those of the process. */
    public Settings environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    public Settings userAgent(String text) {
        userAgent = text;
        return this;
    }

    /** How often a request, an upload or a download is tried again; 3 by default. */
    public Settings retries(int times) {
        if (times < 0) {
            throw new IllegalArgumentException("malformed number of retries " + times + ": expected 0 or more");
        }
        retries = times;
        return this;
    }

    /** The wait before the first retry, 0.3 s by default; each further one is three times as long. */
    public Settings firstWait(Duration wait) {
        firstWait = wait;
        return this;
    }

    /** How long to wait for a connection; 30 s by default. */
    public Settings connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    /** How long a connection may be silent, 60 s by default; ten times that after an upload, which is then stored. */
    public Settings idleTimeout(Duration timeout) {
        idleTimeout = timeout;
        return this;
    }

    /** How many blobs are moved at once; 4 by default. */
    public Settings parallel(int blobs) {
        if (blobs < 1) {
            throw new IllegalArgumentException("malformed number of parallel blobs " + blobs + ": expected 1 or more");
        }
        parallel = blobs;
        return this;
    }

    /** Refuses every request that could change something in a registry, before it leaves the process. */
    public Settings readOnly() {
        readOnly = true;
        return this;
    }

    /** Also pushes layers that their owner wants to be fetched from elsewhere. */
    public Settings foreignLayers() {
        foreignLayers = true;
        return this;
    }

    /** Told of every request, from the thread that made it. */
    public Settings observer(Consumer<Exchange> listener) {
        observer = listener;
        return this;
    }

    /** Told what registries warn of, and which stores and issuers of credentials fail; each text once. */
    public Settings warnings(Consumer<String> listener) {
        warnings = listener;
        return this;
    }

    Keychain chosenKeychain() {
        return keychain == null ? Keychain.standard(environment, warnings) : keychain;
    }
}
