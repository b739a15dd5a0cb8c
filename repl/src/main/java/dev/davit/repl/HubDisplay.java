package dev.davit.repl;

import dev.davit.dsl.Table;
import dev.davit.ref.Tag;
import dev.davit.registry.SearchResult;
import java.util.List;

/** What Docker Hub finds, and tags, as tables. */
final class HubDisplay {

    private HubDisplay() {
    }

    static List<String> of(List<SearchResult> results, int width) {
        Table table = new Table(width, "llrrll").row("NAME", "KIND", "PULLS", "STARS", "UPDATED", "DESCRIPTION");
        for (SearchResult result : results) {
            table.row(result.name(), kind(result), result.pulls(), result.stars(), result.updated().replaceFirst("T.*", ""),
                    result.description());
        }
        return table.lines();
    }

    private static String kind(SearchResult result) {
        return switch (result.badge()) {
            case "verified_publisher" -> "verified";
            case "open_source" -> "sponsored";
            default -> result.badge();
        };
    }

    /** The tags, and what they say where they say it. */
    static List<String> tags(List<Object> tags, int width) {
        Table table = new Table(width, "lllll").row("TAG", "VERSION", "DATE", "SYSTEM", "VARIANT");
        tags.stream().map(tag -> Tag.parse(tag.toString())).forEach(tag -> table.row(tag, tag.version().orElse(""),
                tag.date().map(Object::toString).orElse(""), tag.os().orElse(""), tag.variant().orElse("")));
        return table.lines();
    }
}
