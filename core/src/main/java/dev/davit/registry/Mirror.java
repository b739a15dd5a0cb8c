package dev.davit.registry;

import dev.davit.ref.Repository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place that has what a registry has.
 *
 * @param place host, maybe with a port, and maybe the path that its copy begins with
 * @param http whether it speaks plain HTTP; null where that is not said
 * @param tags whether it may be asked by tag
 * @param digests whether it may be asked by digest
 */
record Mirror(String place, @Nullable Boolean http, boolean tags, boolean digests) {

    /** Reads {@code [http://|https://]HOST[:PORT][/PATH]}. */
    static Mirror parse(String text) {
        Boolean http = text.startsWith("http://") ? Boolean.TRUE : text.startsWith("https://") ? Boolean.FALSE : null;
        String place = text.replaceFirst("^https?://", "").replaceFirst("/+$", "");
        try {
            new Repository(host(place), "a" + (place.contains("/") ? place.substring(place.indexOf('/')) : ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("malformed mirror '" + text + "': expected a host and maybe a path, such as "
                    + "mirror.example.com:5000/hub", e);
        }
        return new Mirror(place, http, true, true);
    }

    String host() {
        return host(place);
    }

    private static String host(String place) {
        return place.replaceFirst("/.*", "");
    }

    /**
     * The repository as this mirror calls it.
     *
     * @param rest what follows in the repository's name after the part that is mirrored
     */
    Optional<Repository> repository(String rest, boolean byDigest) {
        if (!(byDigest ? digests : tags)) {
            return Optional.empty();
        }
        String path = place.substring(host().length()) + (rest.isEmpty() ? "" : "/" + rest);
        return Optional.of(new Repository(host(), path.replaceFirst("^/", "")));
    }
}
