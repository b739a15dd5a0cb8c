package dev.davit.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a file says of the repositories whose names begin alike.
 *
 * @param prefix a host, or a host and the beginning of a path; {@code *.} in front stands for all hosts in a domain
 * @param location where they really are
 * @param insecure hosts whose certificate does not matter, or that may speak plain HTTP
 * @param file where it says so
 */
record RegistryRule(String prefix, Optional<Mirror> location, List<Mirror> mirrors, boolean blocked, Set<String> insecure,
        Path file) {

    /** What follows in a name after the prefix; nothing for a name that does not begin so. */
    Optional<String> rest(String name) {
        int slash = name.indexOf('/');
        if (prefix.startsWith("*.")) {
            return name.substring(0, slash).endsWith(prefix.substring(1)) ? Optional.of(name.substring(slash + 1))
                    : Optional.empty();
        }
        return name.equals(prefix) ? Optional.of("")
                : name.startsWith(prefix + "/") ? Optional.of(name.substring(prefix.length() + 1)) : Optional.empty();
    }

    /** Adds what this says of a host as such. */
    void say(String host, HostSettings settings) {
        if (insecure.contains(host)) {
            settings.insecure(true);
        }
        for (Mirror mirror : mirrors) {
            if (mirror.host().equals(host) && mirror.http() != null) {
                settings.http(mirror.http());
            }
        }
    }
}
