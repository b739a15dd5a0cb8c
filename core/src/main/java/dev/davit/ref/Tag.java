package dev.davit.ref;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tag as a person reads it: {@code 3.13.0a1-slim-bookworm} is the version {@code 3.13.0a1}, a pre-release, in the variant
 * {@code slim}, on {@code bookworm}. No specification says what is in a tag; what is not understood counts as a variant, so
 * that it is compared with nothing else.
 *
 * <p>Tags are ordered by version, a pre-release before its release and a shorter version before those that it covers; then
 * by date, and by release of the operating system. Those without a version come first. Among equals the plainest is last.
 */
public final class Tag implements Comparable<Tag> {

    private static final Pattern DATE = Pattern.compile("((?:19|20)\\d\\d)(\\d\\d)(\\d\\d)(?:\\.(\\d{1,9}))?");
    private static final Pattern HASH = Pattern.compile("(?=.*\\d)(?=.*[a-f])[0-9a-f]{7,64}(?:\\..*)?");
    private static final Comparator<Tag> ORDER = Comparator.comparingInt(Tag::rank)
            .thenComparing(tag -> tag.version, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(tag -> tag.version == null ? tag.release() : List.of(), Version.BY_NUMBERS)
            .thenComparing(tag -> tag.date, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(tag -> -tag.variant.size() - (tag.os == null ? 0 : 1))
            .thenComparing(tag -> tag.os == null ? "" : tag.os.family())
            .thenComparing(Tag::release, Version.BY_NUMBERS)
            .thenComparing(tag -> tag.packaging)
            .thenComparing(Tag::toString);

    private final String text;
    private @Nullable Version version;
    private @Nullable PreRelease preRelease;
    private @Nullable LocalDate date;
    /** Of the same thing: {@code r5}, or the 1 of {@code 20240127.1}. */
    private long packaging;
    private int versionEnd;
    private @Nullable OsRelease os;
    private String osText = "";
    private boolean hash;
    /** All parts that are not version or date, and those of them that are not the operating system either. */
    private final List<String> rest = new ArrayList<>();
    private final List<String> variant = new ArrayList<>();

    private Tag(String text) {
        this.text = text;
        List<String> parts = Arrays.asList(text.split("-"));
        int next = 0;
        while (next < parts.size()) {
            next += take(parts, next);
        }
    }

    /** Reads any tag; what it means is a guess. */
    public static Tag parse(String text) {
        return new Tag(text);
    }

    /** Understands what begins at a part, and says how many parts that is. */
    private int take(List<String> parts, int from) {
        String part = parts.get(from);
        hash |= HASH.matcher(part).matches() || from > 0 && parts.get(from - 1).matches("sha(256|512)?");
        if (!hash && (takeDate(part) || takeVersion(part, from) || takePackaging(part))) {
            return 1;
        }
        return takeRest(parts, from);
    }

    private boolean takeVersion(String part, int from) {
        Version known = version;
        // A number after a name that has numbers itself belongs to that.
        boolean mayBegin = date == null && os == null && rest.stream().allMatch(word -> word.matches("[A-Za-z]*"));
        Optional<Version> now = known == null ? Version.parse(part).filter(first -> mayBegin)
                : known.with(part).filter(more -> from == versionEnd);
        now.ifPresent(taken -> {
            version = taken;
            versionEnd = from + 1;
        });
        return now.isPresent();
    }

    private boolean takePackaging(String part) {
        boolean counts = version != null && part.matches("r\\d{1,9}");
        if (counts) {
            packaging = Long.parseLong(part.substring(1));
        }
        return counts;
    }

    private int takeRest(List<String> parts, int from) {
        String part = parts.get(from);
        Optional<OsRelease> system = os == null ? OsRelease.read(parts, from) : Optional.empty();
        if (system.isPresent()) {
            os = system.get();
            osText = String.join("-", parts.subList(from, from + os.parts()));
            rest.addAll(parts.subList(from, from + os.parts()));
            return os.parts();
        }
        if (preRelease == null) {
            preRelease = PreRelease.parse(part).orElse(null);
        }
        rest.add(part);
        variant.add(part);
        return 1;
    }

    private boolean takeDate(String part) {
        Matcher form = DATE.matcher(part);
        if (date != null || !form.matches()) {
            return false;
        }
        try {
            date = LocalDate.of(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)),
                    Integer.parseInt(form.group(3)));
        } catch (DateTimeException e) {
            return false; // a number like any other
        }
        packaging = form.group(4) == null ? 0 : Long.parseLong(form.group(4));
        return true;
    }

    /** The version as it stands in the tag, with what it says of a pre-release: {@code 7.4-rc2}. */
    public Optional<String> version() {
        return Optional.ofNullable(version).map(Version::text);
    }

    /** The day in a tag such as {@code bookworm-20240130}. */
    public Optional<LocalDate> date() {
        return Optional.ofNullable(date);
    }

    /** The operating system as the tag names it: {@code bookworm}, {@code alpine3.18}. */
    public Optional<String> os() {
        return osText.isEmpty() ? Optional.empty() : Optional.of(osText);
    }

    /** All that is not version, date or operating system: {@code slim}, {@code fpm}, {@code jdk17-temurin}. */
    public Optional<String> variant() {
        return variant.isEmpty() ? Optional.empty() : Optional.of(String.join("-", variant));
    }

    /** What comes besides version and date, in its order: {@code slim-bookworm}; empty for a plain version. */
    public String suffix() {
        return String.join("-", rest);
    }

    /** Whether it is a release, and no candidate for one, nightly build or the like. */
    public boolean isStable() {
        return preRelease == null && (version == null || version.preRelease().isEmpty());
    }

    /**
     * Whether both say the same things in the same way, so that one may take the other's place: {@code 7.2.4-bookworm} and
     * {@code 7.4.0-trixie}, but not {@code 7.4} or {@code 7.4.0-alpine}.
     */
    public boolean isSameKindAs(Tag other) {
        return kind().equals(other.kind());
    }

    private String kind() {
        if (rank() == 0) {
            return text;
        }
        return (version == null ? "" : version.shape()) + (date == null ? "" : " date") + " "
                + (os == null ? "" : os.shape()) + " " + String.join("-", variant);
    }

    /** What a tag is about before all else. A hash says nothing that has an order. */
    private int rank() {
        return version != null && !hash ? 3 : date != null && os == null && !hash ? 2 : os != null && !hash ? 1 : 0;
    }

    private List<Long> release() {
        return os == null ? List.of() : os.release();
    }

    @Override
    public int compareTo(Tag other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tag tag && text.equals(tag.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The tag as it is written. */
    @Override
    public String toString() {
        return text;
    }
}
