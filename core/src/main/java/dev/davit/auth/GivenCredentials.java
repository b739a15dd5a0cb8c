package dev.davit.auth;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Credentials that a program gives for registries and for what lies in them; may be added to at any time. */
public final class GivenCredentials implements Keychain {

    private final Map<String, Credentials> byName = new ConcurrentHashMap<>();

    /**
     * Gives credentials, in place of those that were given for the very same before.
     *
     * @param where a registry, or a registry and a path in it, such as {@code registry.example.com/team}: then only for
     *              the repository of that name and those below it. The most specific wins.
     * @throws IllegalArgumentException if that does not begin with a registry
     */
    public void give(String where, Credentials credentials) {
        byName.put(ServerName.parse(where).toString(), credentials);
    }

    @Override
    public Credentials credentials(String registry, String path) {
        for (String name : ServerName.around(registry.toLowerCase(Locale.ROOT), path)) {
            Credentials given = byName.get(name);
            if (given != null) {
                return given;
            }
        }
        return Credentials.anonymous();
    }
}
