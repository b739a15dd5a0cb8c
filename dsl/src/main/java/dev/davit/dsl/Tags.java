package dev.davit.dsl;

import dev.davit.ref.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tags of a repository: a list that a script may also sort and change, and choose from by version. Each choice gives other
 * tags, in the same order: {@code tags('redis').matching('7.*-bookworm').newest}.
 */
public final class Tags extends ArrayList<String> {

    private static final long serialVersionUID = 1;

    /** What they are, for messages. */
    private final String what;

    Tags(String what, Collection<String> tags) {
        super(tags);
        this.what = what;
    }

    /** Those that a pattern is like as a whole; {@code *} stands for anything, {@code ?} for one character. */
    public Tags matching(String glob) {
        String expression = Stream.of(glob.split("(?<=[*?])|(?=[*?])"))
                .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                .collect(Collectors.joining());
        return matching(Pattern.compile(expression), " like '" + glob + "'");
    }

    /** Those that a regular expression matches as a whole: {@code matching(~/7\.\d+/)}. */
    public Tags matching(Pattern pattern) {
        return matching(pattern, " that match /" + pattern + "/");
    }

    private Tags matching(Pattern pattern, String how) {
        return new Tags(what + how, stream().filter(tag -> pattern.matcher(tag).matches()).toList());
    }

    /** Those that are no release candidates, nightly builds and the like. */
    public Tags getStable() {
        return only(" that are stable", Tag::isStable);
    }

    /** Those that may take the place of this one: with versions, systems and variants said in the same way. */
    public Tags sameKindAs(Object tag) {
        Tag like = Tag.parse(tag.toString());
        return only(" of the kind of '" + like + "'", like::isSameKindAs);
    }

    /** Those of the same kind as this one that come after it, also on later releases of its system. */
    public Tags newerThan(Object tag) {
        Tag old = Tag.parse(tag.toString());
        return only(" newer than '" + old + "'", other -> old.isSameKindAs(other) && other.compareTo(old) > 0);
    }

    /**
     * Those that so many newer ones of the same kind come after; none that has neither version nor date. So the plain
     * versions, those for each system and variant, and those that name only the major version are counted apart.
     */
    public Tags olderThanNewest(int count) {
        List<Tag> all = parsed().filter(tag -> tag.version().isPresent() || tag.date().isPresent()).toList();
        return new Tags(what, all.stream().filter(tag -> all.stream().filter(other -> tag.isSameKindAs(other)
                && other.compareTo(tag) > 0).count() >= count).map(Tag::toString).toList());
    }

    /** All of them by version, the newest last. */
    public Tags getSorted() {
        return new Tags(what, parsed().sorted().map(Tag::toString).toList());
    }

    /** The versions among them, each once, the newest last. */
    public List<String> getVersions() {
        return parsed().filter(tag -> tag.version().isPresent()).sorted()
                .map(tag -> tag.version().orElseThrow()).distinct().toList();
    }

    /**
     * The one of the newest version, and of those the plainest; a pre-release only where there is no other,
     * and one without a version only where none has one.
     *
     * @throws IllegalArgumentException if there are no tags
     */
    public String getNewest() {
        return first(Comparator.reverseOrder());
    }

    /** The one of the newest version that has just this besides it: {@code newest('slim-bookworm')}. */
    public String newest(Object suffix) {
        return only(" with just '" + suffix + "' besides the version", tag -> tag.suffix().equals(suffix.toString()))
                .getNewest();
    }

    /** The one of the oldest version, chosen like the {@link #getNewest newest}. */
    public String getOldest() {
        return first(Comparator.naturalOrder());
    }

    private String first(Comparator<Tag> order) {
        List<Tag> rest = narrowed(parsed().toList(), tag -> tag.version().isPresent());
        rest = narrowed(rest, tag -> tag.version().isPresent() || tag.date().isPresent() || tag.os().isPresent());
        return narrowed(rest, Tag::isStable).stream().min(order).map(Tag::toString)
                .orElseThrow(() -> new IllegalArgumentException("there are no " + what));
    }

    /** Those that are so; all, where none is. */
    private static List<Tag> narrowed(List<Tag> tags, Predicate<Tag> choice) {
        List<Tag> some = tags.stream().filter(choice).toList();
        return some.isEmpty() ? tags : some;
    }

    private Tags only(String how, Predicate<Tag> choice) {
        return new Tags(what + how, parsed().filter(choice).map(Tag::toString).toList());
    }

    private Stream<Tag> parsed() {
        return stream().map(Tag::parse);
    }
}
