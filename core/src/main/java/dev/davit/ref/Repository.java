package dev.davit.ref;

import java.util.regex.Pattern;

/**
 * A repository in a registry. {@code nginx} is {@code index.docker.io/library/nginx}, {@code bitnami/nginx} is
 * {@code index.docker.io/bitnami/nginx}; a first part with a dot or a colon, or {@code localhost}, is a registry.
 *
 * @param registry the registry's host name, with its port if it has one
 * @param path the repository's path in the registry
 */
public record Repository(String registry, String path) implements Comparable<Repository> {

    /** Docker Hub: the registry of a name that says none. */
    public static final String HUB = "index.docker.io";

    private static final String HUB_FOR_PEOPLE = "docker.io";
    private static final String OFFICIAL = "library/";
    private static final int LONGEST_PATH = 255;
    private static final Pattern PATH = Pattern.compile(
            "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern REGISTRY = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
                    + "|\\[[0-9A-Fa-f:]+])(?::[0-9]{1,5})?");

    /**
     * Writes Docker Hub's names in full: {@code docker.io} and {@code nginx} become {@link #HUB} and
     * {@code library/nginx}.
     *
     * @throws IllegalArgumentException if the registry or the path is malformed
     */
    public Repository {
        if (!REGISTRY.matcher(registry).matches()) {
            throw new IllegalArgumentException("malformed registry '" + registry
                    + "': expected a host name and maybe a port, such as registry.example.com:5000");
        }
        if (path.length() > LONGEST_PATH) {
            throw new IllegalArgumentException("malformed repository '" + path + "': expected at most " + LONGEST_PATH
                    + " characters");
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("malformed repository '" + path + "': expected lower-case letters, "
                    + "digits and single separators (. _ __ -) in parts divided by /, such as library/nginx");
        }
        if (registry.equals(HUB) || registry.equals(HUB_FOR_PEOPLE)) {
            registry = HUB;
            path = path.contains("/") ? path : OFFICIAL + path;
        }
    }

    /**
     * Reads {@code [REGISTRY/]PATH}.
     *
     * @throws IllegalArgumentException if the text is not a repository name; quotes it
     */
    public static Repository parse(String text) {
        int slash = text.indexOf('/');
        return slash >= 0 && isRegistry(text.substring(0, slash))
                ? new Repository(text.substring(0, slash), text.substring(slash + 1))
                : new Repository(HUB, text);
    }

    private static boolean isRegistry(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    /** Whether it is on Docker Hub. */
    public boolean isOnHub() {
        return registry.equals(HUB);
    }

    /** The name as people write it: without Docker Hub's host and {@code library/}. It reads as the same repository. */
    public String familiar() {
        if (!isOnHub()) {
            return toString();
        }
        if (path.startsWith(OFFICIAL)) {
            String name = path.substring(OFFICIAL.length());
            return name.contains("/") ? path : name;
        }
        return isRegistry(path.substring(0, path.indexOf('/'))) ? HUB_FOR_PEOPLE + "/" + path : path;
    }

    @Override
    public int compareTo(Repository other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return registry + "/" + path;
    }
}
