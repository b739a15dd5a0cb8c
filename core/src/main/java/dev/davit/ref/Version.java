package dev.davit.ref;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version in a tag: {@code 7.2.4}, {@code v1.29.0-beta.1}, {@code 3.13.0a1}, {@code 17.0.10_7}, {@code 8u402-b06}.
 *
 * @param text as it stands in the tag
 * @param numbers those between the dots, one to four
 * @param further numbers of a build or of a packaging, which come after
 */
record Version(String text, List<Long> numbers, Optional<PreRelease> preRelease, List<Long> further)
        implements Comparable<Version> {

    /** {@code 7} before {@code 7.2} before {@code 7.2.4}. */
    static final Comparator<List<Long>> BY_NUMBERS = (a, b) ->
            Arrays.compare(a.toArray(Long[]::new), b.toArray(Long[]::new));

    private static final Comparator<Version> ORDER = Comparator.comparing(Version::numbers, BY_NUMBERS)
            .thenComparing(version -> version.preRelease.orElse(null), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Version::further, BY_NUMBERS);
    private static final Pattern FORM =
            Pattern.compile("v?(\\d{1,18}(?:\\.\\d{1,18}){0,3})(?:[_u](\\d{1,9}))?(?:[._]?([A-Za-z]+[._]?\\d*))?");

    /** The version that a part of a tag begins; empty if it is none. */
    static Optional<Version> parse(String part) {
        Matcher form = FORM.matcher(part);
        if (!form.matches()) {
            return Optional.empty();
        }
        Optional<PreRelease> attached = Optional.ofNullable(form.group(3)).flatMap(PreRelease::attached);
        if (form.group(3) != null && attached.isEmpty()) {
            return Optional.empty();
        }
        List<Long> further = form.group(2) == null ? List.of() : List.of(Long.parseLong(form.group(2)));
        return Optional.of(new Version(part, dotted(form.group(1)), attached, further));
    }

    /** The numbers between dots; none for empty text. */
    static List<Long> dotted(String text) {
        return text.isEmpty() ? List.of() : Arrays.stream(text.split("\\."))
                .map(Long::valueOf).toList();
    }

    /** What the next part of the tag adds; empty if it is about something else. */
    Optional<Version> with(String part) {
        String more = text + "-" + part;
        Optional<PreRelease> stage = preRelease.isEmpty()
                ? PreRelease.parse(part).filter(PreRelease::isOfVersion) : Optional.empty();
        if (stage.isPresent()) {
            return Optional.of(new Version(more, numbers, stage, further));
        }
        if (part.matches("[rb]?\\d{1,9}")) {
            List<Long> all = new ArrayList<>(further);
            all.add(Long.parseLong(part.replaceFirst("\\D", "")));
            return Optional.of(new Version(more, numbers, preRelease, List.copyOf(all)));
        }
        return Optional.empty();
    }

    /** What two versions have in common that count in the same way. */
    String shape() {
        return (text.startsWith("v") ? "v" : "") + numbers.size() + "+" + further.size();
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }
}
