package dev.davit.registry;

import dev.davit.ref.Repository;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A repository that Docker Hub found.
 *
 * @param name as people write it: {@code nginx}, {@code bitnami/nginx}
 * @param badge such as {@code official}, {@code verified_publisher}, {@code open_source}; empty if it has none
 * @param publisher the name of who publishes it; may be empty
 * @param pulls as the Hub says it, such as {@code 1B+}; may be empty
 * @param updated when something was pushed to it last, such as {@code 2026-01-31T12:00:00Z}; may be empty
 * @param description in one line; may be empty
 * @see <a href="https://github.com/docker/hub-mcp/blob/main/specs/search.yaml">The Hub's search, as Docker describes it</a>
 */
public record SearchResult(String name, String badge, String publisher, String pulls, long stars,
        String updated, String description) {

    /** Reads one of the Hub's results; empty if it is none that can be pulled. */
    static Optional<SearchResult> read(Map<String, @Nullable Object> tree) {
        String badge = text(tree.get("badge"));
        Object publisher = tree.get("publisher") instanceof Map<?, ?> map ? map.get("name") : null;
        return name(tree).map(name -> new SearchResult(name, badge.equals("none") ? "" : badge, text(publisher),
                text(tree.get("pull_count")), tree.get("star_count") instanceof Long stars ? stars : 0,
                text(tree.get("updated_at")), text(tree.get("short_description"))));
    }

    /** The Hub calls an official image {@code nginx} in one place and {@code library/nginx} in another. */
    private static Optional<String> name(Map<String, @Nullable Object> tree) {
        var names = Stream.of("name", "slug", "id").map(key -> text(tree.get(key))).toList();
        return Stream.concat(names.stream().filter(name -> name.contains("/")), names.stream()).flatMap(name -> {
            try {
                return Stream.of(new Repository(Repository.HUB, name).familiar());
            } catch (IllegalArgumentException e) {
                return Stream.empty();
            }
        }).findFirst();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** Whether it is one of Docker's official images. */
    public boolean isOfficial() {
        return badge.equals("official");
    }

    /** Whether Docker has verified who publishes it. */
    public boolean isVerified() {
        return badge.equals("verified_publisher");
    }
}
