package dev.davit.auth;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One entry of a pull secret.
 *
 * @param host may have {@code *} and {@code ?} in it, which stand for nothing beyond their own label
 * @param port empty for none
 * @param path with {@code /} before it; empty for the whole registry
 */
record PullSecret(String host, String port, String path, Credentials credentials) {

    /** The more specific first: one that names its host, then the longer path, then the longer host. */
    static final Comparator<PullSecret> MOST_SPECIFIC = Comparator.comparing(PullSecret::isGlob)
            .thenComparing(entry -> -entry.path.length()).thenComparing(entry -> -entry.host.length());

    static PullSecret of(String key, Credentials credentials) {
        String name = ServerName.of(key);
        int slash = name.indexOf('/');
        String server = slash < 0 ? name : name.substring(0, slash);
        return new PullSecret(host(server), port(server), slash < 0 ? "" : name.substring(slash), credentials);
    }

    boolean serves(String registry, String repository) {
        return port.equals(port(registry)) && pattern().matcher(host(registry)).matches()
                && ("/" + repository + "/").startsWith(path + "/");
    }

    private boolean isGlob() {
        return host.matches(".*[*?].*");
    }

    private Pattern pattern() {
        StringBuilder regex = new StringBuilder();
        for (char c : host.toCharArray()) {
            regex.append(c == '*' ? "[^.]*" : c == '?' ? "[^.]" : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }

    private static String host(String server) {
        return server.replaceFirst(":[0-9]+$", "");
    }

    private static String port(String server) {
        return server.substring(host(server).length());
    }
}
