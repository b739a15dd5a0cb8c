package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.blob.Legible;
import dev.davit.image.Artifact;
import dev.davit.look.Difference;
import dev.davit.look.FieldChange;
import dev.davit.look.ImageDifference;
import dev.davit.look.InstalledPackage;
import dev.davit.look.PackageChange;
import dev.davit.look.PackageChange.Kind;
import dev.davit.ref.Reference;
import dev.davit.ref.Tag;
import dev.davit.registry.RegistryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may take the place of an image that others are built on: a newer tag of the same kind, or what its tag stands for by
 * now.
 *
 * @param from the reference as it was
 * @param before what it stood for
 * @param to the reference to use instead; the same where only the tag has moved
 * @param after what that stands for now; the same as before where nothing is newer
 * @param difference what would change; empty where nothing is newer, or what was there is gone from the registry
 */
public record Bump(Reference from, Digest before, Reference to, Digest after, Optional<Difference> difference) {

    private static final int NOT_FOUND = 404;

    static Bump of(Session session, Map<?, ?> options, Reference from, Digest before) throws IOException {
        Options said = Options.of(options, "matching", "sameTag", "system", "platform");
        Reference tagged = from.tag().map(tag -> Reference.of(from.repository(), tag)).orElse(from);
        Reference to = newest(session, said, tagged).map(tagged::withTag).orElse(tagged);
        Digest after = to.tag().isEmpty() ? before : session.registry().head(to).digest();
        Optional<Difference> difference = after.equals(before) ? Optional.empty()
                : difference(session, from.withDigest(before), to.withDigest(after), said.get("platform"));
        Reference pinned = from.digest().isPresent() && to.tag().isPresent() ? Reference.parse(to + "@" + after) : to;
        return new Bump(from, before, pinned, after, difference);
    }

    /** The newest tag that may take the place, if one is newer. */
    private static Optional<String> newest(Session session, Options options, Reference from) throws IOException {
        if (from.tag().isEmpty() || options.isTrue("sameTag")) {
            return Optional.empty();
        }
        Tag tag = Tag.parse(from.tag().get());
        if (tag.version().isEmpty() && tag.date().isEmpty()) {
            return Optional.empty();
        }
        List<String> all;
        try (var tags = session.registry().tags(from.repository())) {
            all = tags.toList();
        }
        Tags newer = new Tags("tags of " + from.repository().familiar(), all).newerThan(tag);
        newer = tag.isStable() ? newer.getStable() : newer;
        String matching = options.text("matching");
        newer = matching == null ? newer : newer.matching(matching);
        newer.removeIf(other -> !options.isTrue("system") && !Tag.parse(other).os().equals(tag.os()));
        return newer.isEmpty() ? Optional.empty() : Optional.of(newer.getNewest());
    }

    private static Optional<Difference> difference(Session session, Reference before, Reference after,
            @Nullable Object platforms) throws IOException {
        Artifact old;
        try {
            old = chosen(session.registry().get(before), platforms);
        } catch (RegistryException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(LookVerbs.diff(old, chosen(session.registry().get(after), platforms)));
    }

    private static Artifact chosen(Artifact artifact, @Nullable Object platforms) throws IOException {
        return platforms == null ? IndexVerbs.pick(artifact, null) : IndexVerbs.only(artifact, platforms);
    }

    /** Whether there is something newer. */
    public boolean isStale() {
        return !before.equals(after);
    }

    /** Some lines for people: what is newer, and what would change. */
    @Override
    public String toString() {
        if (!isStale()) {
            return from.familiar() + " is up to date";
        }
        List<String> lines = new ArrayList<>();
        lines.add(from.equals(to) ? from.familiar() + " has moved" : from.familiar() + " -> " + to.familiar());
        lines.add("  " + before + " -> " + after);
        if (difference.isEmpty()) {
            lines.add("  what it was is gone from the registry, so what would change is not known");
        }
        for (ImageDifference image : difference.map(Difference::images).orElse(List.of())) {
            lines.add("  " + platform(image) + size(image));
            counts(image).forEach((what, count) -> lines.add("    " + what + ": " + count));
            fields(image).forEach(change -> lines.add("      " + change));
            image.packages().forEach(change -> lines.add("      " + change));
        }
        return String.join("\n", lines);
    }

    private static String platform(ImageDifference image) {
        return image.platform().map(p -> p + ", ").orElse("");
    }

    private static String size(ImageDifference image) {
        return image.before().map(old -> Legible.size(old.size())).orElse("none") + " -> "
                + image.after().map(now -> Legible.size(now.size())).orElse("none");
    }

    /** What changes besides the times of the history, which always do. */
    private static List<FieldChange> fields(ImageDifference image) {
        return image.config().stream().filter(change -> !change.path().startsWith("history")).toList();
    }

    private static Map<String, String> counts(ImageDifference image) {
        Map<String, String> counts = new LinkedHashMap<>();
        count(counts, "files", image.files(), file -> kind(file.isAdded(), file.isRemoved()));
        count(counts, "config", fields(image), field -> kind(field.before().isEmpty(), field.after().isEmpty()));
        count(counts, "packages", image.packages(), PackageChange::kind);
        return counts;
    }

    private static Kind kind(boolean isAdded, boolean isRemoved) {
        return isAdded ? Kind.ADDED : isRemoved ? Kind.REMOVED : Kind.CHANGED;
    }

    private static <T> void count(Map<String, String> counts, String what, List<T> changes, Function<T, Kind> kind) {
        Map<Kind, Long> kinds = changes.stream()
                .collect(Collectors.groupingBy(kind, () -> new EnumMap<>(Kind.class), Collectors.counting()));
        if (!kinds.isEmpty()) {
            counts.put(what, kinds.entrySet().stream().map(one -> one.getValue() + " " + word(one.getKey()))
                    .collect(Collectors.joining(", ")));
        }
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The same as Markdown, with a table of packages, for a pull request. */
    public String markdown() {
        if (!isStale()) {
            return "`" + from.familiar() + "` is up to date.\n";
        }
        StringBuilder text = new StringBuilder("### `" + from.familiar() + "`"
                + (from.equals(to) ? " has moved" : " → `" + to.familiar() + "`") + "\n\n`" + before + "` → `" + after + "`\n");
        if (difference.isEmpty()) {
            text.append("\nWhat it was is gone from the registry, so what would change is not known.\n");
        }
        for (ImageDifference image : difference.map(Difference::images).orElse(List.of())) {
            text.append("\n**").append(platform(image)).append(size(image)).append("**\n\n");
            counts(image).forEach((what, count) -> text.append("- ").append(what).append(": ").append(count).append('\n'));
            if (!image.packages().isEmpty()) {
                text.append("\n| package | | before | after |\n|---|---|---|---|\n");
                image.packages().forEach(change -> text.append("| ").append(cell(change.item().name())).append(" | ")
                        .append(word(change.kind())).append(" | ").append(version(change.before())).append(" | ").append(version(change.after())).append(" |\n"));
            }
            details(text, "config", fields(image));
            details(text, "files", image.files());
        }
        return text.toString();
    }

    private static String version(Optional<InstalledPackage> item) {
        return item.map(one -> cell(one.version())).orElse("");
    }

    private static String cell(String text) {
        return Legible.text(text).replace("|", "\\|").replace("\n", " ");
    }

    /** In a block that is closed at first; what is in an image cannot end it. */
    private static void details(StringBuilder text, String what, List<?> changes) {
        if (!changes.isEmpty()) {
            text.append("\n<details><summary>").append(what).append("</summary>\n\n");
            changes.forEach(change -> text.append("    ").append(change.toString().replace("\n", " ")).append('\n'));
            text.append("\n</details>\n");
        }
    }
}
