package dev.davit.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How one host, or several, is spoken to; to be changed only in the block that makes it. */
public final class HostSettings {

    @Nullable Boolean http;
    @Nullable Boolean insecure;
    @Nullable Boolean trustRedirects;
    double requestsPerSecond;
    int parallel;
    final List<Path> authorities = new ArrayList<>();
    /** Certificates of the client, and their keys. */
    final Map<Path, Path> certificates = new LinkedHashMap<>();
    final List<Mirror> mirrors = new ArrayList<>();

    HostSettings() {
    }

    public static HostSettings of(Consumer<HostSettings> block) {
        HostSettings host = new HostSettings();
        block.accept(host);
        return host;
    }

    /** Whether it speaks plain HTTP; by default only loopback does, unless its certificates are known here. */
    public HostSettings http(boolean plain) {
        http = plain;
        return this;
    }

    /**
     * Whether nothing protects what is sent and received: any certificate will do, and where the host speaks no TLS, plain
     * HTTP.
     */
    public HostSettings insecure(boolean on) {
        insecure = on;
        return this;
    }

    /** Files with certificates of authorities, in PEM, that may vouch for the host besides those that Java trusts. */
    public HostSettings ca(Path... files) {
        authorities.addAll(List.of(files));
        return this;
    }

    /**
     * Shows the host who we are, where it asks for that.
     *
     * @param chain the certificate, and those between it and its authority, in PEM
     * @param key its private key in PEM, not encrypted
     */
    public HostSettings certificate(Path chain, Path key) {
        certificates.put(chain, key);
        return this;
    }

    /**
     * Where to read what is in this registry, the first choice first; the registry itself is asked last. Nothing is
     * written to a mirror.
     *
     * @param places each as {@code HOST[:PORT][/PATH]}, with {@code http://} in front where it speaks plain HTTP
     */
    public HostSettings mirrors(String... places) {
        for (String place : places) {
            mirrors.add(Mirror.parse(place));
        }
        return this;
    }

    /** How many requests may begin in a second, at most, on average; without a limit by default. */
    public HostSettings requestsPerSecond(double requests) {
        if (!(requests > 0)) {
            throw new IllegalArgumentException("malformed number of requests per second " + requests
                    + ": expected more than 0");
        }
        requestsPerSecond = requests;
        return this;
    }

    /** How many requests and transfers may run at once; without a limit by default. */
    public HostSettings parallel(int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("malformed number of parallel requests " + requests
                    + ": expected 1 or more");
        }
        parallel = requests;
        return this;
    }

    /**
     * Whether the registry may send us anywhere. By default it may not send us from HTTPS to plain HTTP, nor from outside
     * to an address of this machine or of a private network.
     */
    public HostSettings trustRedirects(boolean on) {
        trustRedirects = on;
        return this;
    }

    /** Says what this does not say as the other one does. */
    void inherit(HostSettings other) {
        http = http == null ? other.http : http;
        insecure = insecure == null ? other.insecure : insecure;
        trustRedirects = trustRedirects == null ? other.trustRedirects : trustRedirects;
        requestsPerSecond = requestsPerSecond == 0 ? other.requestsPerSecond : requestsPerSecond;
        parallel = parallel == 0 ? other.parallel : parallel;
        if (authorities.isEmpty()) {
            authorities.addAll(other.authorities);
        }
        if (certificates.isEmpty()) {
            certificates.putAll(other.certificates);
        }
        if (mirrors.isEmpty()) {
            mirrors.addAll(other.mirrors);
        }
    }
}
