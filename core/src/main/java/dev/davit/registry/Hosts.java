package dev.davit.registry;

import dev.davit.auth.EnvironmentProxies;
import java.util.Set;
import okhttp3.HttpUrl;

/** How registries are reached: loopback and what is declared insecure by plain HTTP, all else by HTTPS. */
final class Hosts {

    /** Stands for every registry among those that are declared insecure. */
    static final String EVERY = "*";

    private final Set<String> insecure;

    Hosts(Set<String> insecure) {
        this.insecure = Set.copyOf(insecure);
    }

    /** The registry's address, with {@code /} as its path. */
    HttpUrl url(String registry) {
        HttpUrl secure = HttpUrl.parse("https://" + registry + "/");
        if (secure == null) {
            throw new IllegalArgumentException("malformed registry '" + registry
                    + "': expected a host name and maybe a port, such as registry.example.com:5000");
        }
        boolean plain = insecure.contains(EVERY) || insecure.contains(registry)
                || EnvironmentProxies.isLoopback(secure.host());
        return plain ? HttpUrl.get("http://" + registry + "/") : secure;
    }

    /** Whether plain HTTP was asked for by name; loopback alone does not count. */
    boolean isDeclaredInsecure(HttpUrl url) {
        return insecure.contains(EVERY) || insecure.contains(url.host()) || insecure.contains(url.host() + ":" + url.port());
    }
}
