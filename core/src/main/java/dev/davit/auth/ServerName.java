package dev.davit.auth;

import dev.davit.ref.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the keys of configurations stand for: a registry, or what lies in it up to a path. */
final class ServerName {

    /** What Docker's tools call Docker Hub. */
    static final String HUB = "https://index.docker.io/v1/";

    private static final List<String> HUB_NAMES = List.of("docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    private ServerName() {
    }

    /** A key without its scheme and what Docker's tools append, with one name for Docker Hub. */
    static String of(String key) {
        String name = key.replaceFirst("^https?://", "").replaceFirst("/+$", "").replaceFirst("/v[12]$", "");
        int slash = name.indexOf('/');
        String host = (slash < 0 ? name : name.substring(0, slash)).toLowerCase(Locale.ROOT);
        return (HUB_NAMES.contains(host) ? Repository.HUB : host) + (slash < 0 ? "" : name.substring(slash));
    }

    /** The key for a registry in Docker's configuration, and its name for helper programs. */
    static String key(String registry) {
        return registry.equals(Repository.HUB) ? HUB : registry;
    }

    /** The repository, what it lies in, and the registry. */
    static List<String> around(String registry, String path) {
        List<String> names = new ArrayList<>();
        for (String rest = path; !rest.isEmpty(); rest = rest.substring(0, Math.max(rest.lastIndexOf('/'), 0))) {
            names.add(registry + "/" + rest);
        }
        names.add(registry);
        return names;
    }
}
