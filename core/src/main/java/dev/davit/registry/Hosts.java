package dev.davit.registry;

import java.util.Locale;
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
        boolean plain = insecure.contains(EVERY) || insecure.contains(registry) || isLoopback(secure.host());
        return plain ? HttpUrl.get("http://" + registry + "/") : secure;
    }

    /** Whether plain HTTP was asked for by name; loopback alone does not count. */
    boolean isDeclaredInsecure(HttpUrl url) {
        return insecure.contains(EVERY) || insecure.contains(url.host()) || insecure.contains(url.host() + ":" + url.port());
    }

    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost") || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals("::1") || name.equals("[::1]");
    }
}
