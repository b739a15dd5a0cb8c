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

    private static final int LONGEST_PATH = 255;
    private static final Pattern PATH = Pattern.compile(
            "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern REGISTRY = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
                    + "|\\[[0-9A-Fa-f:]+])(?::[0-9]{1,5})?");

    /** @throws IllegalArgumentException if the registry or the path is malformed */
    public Repository {
        if (!REGISTRY.matcher(registry).matches()) {
            throw new IllegalArgumentException("malformed registry '" + registry
                    + "': expected a host name and maybe a port, such as registry.example.com:5000");
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("malformed repository '" + path + "': expected lower-case letters, "
                    + "digits and single separators (. _ __ -) in parts divided by /, such as library/nginx");
        }
        if (path.length() > LONGEST_PATH) {
            throw new IllegalArgumentException("malformed repository '" + path + "': longer than " + LONGEST_PATH
                    + " characters");
        }
    }

    /** @throws IllegalArgumentException if the text is not a repository name; quotes it */
    public static Repository parse(String text) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? "" : text.substring(0, slash);
        if (isRegistry(first)) {
            return in(first, text.substring(slash + 1));
        }
        return in(HUB, text);
    }

    private static Repository in(String registry, String path) {
        if (!registry.equals(HUB) && !registry.equals("docker.io")) {
            return new Repository(registry, path);
        }
        return new Repository(HUB, path.contains("/") ? path : "library/" + path);
    }

    private static boolean isRegistry(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    /** Whether it is on Docker Hub. */
    public boolean isOnHub() {
        return registry.equals(HUB);
    }

    /** The name as people write it: without Docker Hub's host, and without {@code library/}. */
    public String familiar() {
        if (!isOnHub()) {
            return toString();
        }
        String user = path.startsWith("library/") ? path.substring("library/".length()) : path;
        return user.contains("/") && !user.equals(path) ? path : user;
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
