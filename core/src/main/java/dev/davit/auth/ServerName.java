package dev.davit.auth;

import dev.davit.ref.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What credentials are for: a registry, or a repository in it and those below.
 *
 * @param registry host name, with its port if it has one
 * @param path empty for all of the registry
 */
public record ServerName(String registry, String path) {

    /** What Docker's tools call Docker Hub. */
    static final String HUB = "https://index.docker.io/v1/";

    private static final List<String> HUB_NAMES = List.of("docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    /**
     * Reads {@code REGISTRY[/PATH]}, also with a scheme before it, and as Docker's tools call Docker Hub.
     *
     * @throws IllegalArgumentException if it does not begin with a registry; quotes it
     */
    public static ServerName parse(String text) {
        String name = of(text);
        int slash = name.indexOf('/');
        String host = slash < 0 ? name : name.substring(0, slash);
        if (!host.matches("localhost|.*[.:].*") || name.matches(".*(//|[\\s@?#]).*")) {
            throw new IllegalArgumentException("malformed registry '" + text
                    + "': expected a registry and maybe a path in it, such as registry.example.com/team");
        }
        return new ServerName(host, slash < 0 ? "" : name.substring(slash + 1));
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

    @Override
    public String toString() {
        return path.isEmpty() ? registry : registry + "/" + path;
    }
}
