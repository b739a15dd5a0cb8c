package dev.davit.registry;

import dev.davit.auth.Keychain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a {@link RegistryClient} works; to be changed only in the block that makes the client. */
public final class Settings {

    @Nullable Keychain keychain;
    final Map<String, HostSettings> hosts = new LinkedHashMap<>();
    Path systemFolder = Path.of("/etc");
    Map<String, String> environment = System.getenv();
    String userAgent = "davit";
    int retries = 3;
    Duration firstWait = Duration.ofMillis(300);
    Duration connectTimeout = Duration.ofSeconds(30);
    Duration idleTimeout = Duration.ofSeconds(60);
    int parallel = 4;
    /** Bytes that are sent at once where a blob cannot be sent as a whole. */
    long chunk = 16 << 20;
    boolean readOnly;
    @Nullable UnaryOperator<String> standIns;
    @Nullable Consumer<Write> rehearsal;
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
     * How a host is spoken to, in place of what the files of Docker and Podman on this machine say: {@code certs.d},
     * {@code registries.conf} and {@code daemon.json}. Of what several names say, the most specific one counts; of what is
     * said twice of one name, the latter.
     *
     * @param name a host, with its port unless that is the usual one; {@code *.example.com} for all in a domain, or
     *             {@code *} for all
     */
    public Settings host(String name, HostSettings host) {
        String key = Hosts.key(name);
        HostSettings both = HostSettings.of(own -> own.inherit(host));
        both.inherit(hosts.getOrDefault(key, new HostSettings()));
        hosts.put(key, both);
        return this;
    }

    public Settings host(String name, Consumer<HostSettings> block) {
        return host(name, HostSettings.of(block));
    }

    /**
     * Registries, with their port if they have one, whose certificate does not matter, and that are spoken to in plain
     * HTTP where they speak no TLS; none means every one. Loopback is spoken to in plain HTTP, unless it is named here.
     * What is served outside of registries may come by plain HTTP from these hosts only.
     */
    public Settings insecure(String... registries) {
        for (String registry : registries.length == 0 ? new String[] {Hosts.EVERY} : registries) {
            host(registry, host -> host.insecure(true));
        }
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

    /**
     * Speaks to other addresses in the place of all registries, in plain HTTP on this machine; no request leaves it. For
     * tests.
     *
     * @param addresses gives for the name of a registry where it is spoken to, such as {@code localhost:5000}
     */
    public Settings standIns(UnaryOperator<String> addresses) {
        standIns = addresses;
        return this;
    }

    /**
     * Sends nothing that could change something in a registry, and goes on as if it had been sent: what was written is there
     * when this client reads it later. {@link #observer} is told of what is not sent, with the status 0.
     *
     * @param listener told of each change that there would have been
     */
    public Settings rehearse(Consumer<Write> listener) {
        rehearsal = listener;
        return readOnly();
    }

    /** Also pushes layers that their owner wants to be fetched from elsewhere. */
    public Settings foreignLayers() {
        foreignLayers = true;
        return this;
    }

    /** Told of every request, from the thread that made it, after those who are told already. */
    public Settings observer(Consumer<Exchange> listener) {
        observer = observer.andThen(listener);
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
