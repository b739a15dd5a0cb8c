package dev.davit.ref;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far something is that is not released yet: {@code rc1}, {@code beta.2}, {@code a1}, {@code SNAPSHOT}, {@code edge}.
 *
 * @param stage which of the usual stages, from 0; in the order in which they come
 */
record PreRelease(int stage, List<Long> numbers) implements Comparable<PreRelease> {

    private static final List<List<String>> STAGES = List.of(
            List.of("dev", "devel", "nightly", "edge", "tip", "canary", "unstable", "experimental", "sid"),
            List.of("snapshot"), List.of("alpha", "a"), List.of("beta", "b"),
            List.of("m", "milestone", "pre", "preview", "ea"), List.of("rc", "cr", "c"));
    private static final Pattern FORM = Pattern.compile("([a-z]+)[._]?((?:\\d{1,9}(?:\\.\\d{1,9})*)?)");

    /** What comes right after a version's numbers, as in {@code 3.13.0a1}. */
    static Optional<PreRelease> attached(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches() || form.group(1).length() == 1 && form.group(2).isEmpty()) {
            return Optional.empty();
        }
        for (int stage = 0; stage < STAGES.size(); stage++) {
            if (STAGES.get(stage).contains(form.group(1))) {
                return Optional.of(new PreRelease(stage, Version.dotted(form.group(2))));
            }
        }
        return Optional.empty();
    }

    /** What stands between dashes. There {@code b06} is a build, and {@code M03} the only letter that is a stage. */
    static Optional<PreRelease> parse(String part) {
        return part.matches("[a-ln-zA-LN-Z][._]?\\d.*") ? Optional.empty() : attached(part);
    }

    /** Whether it goes with a version, as {@code rc} does; {@code dev} and {@code edge} by themselves are channels. */
    boolean isOfVersion() {
        return stage > 0 || !numbers.isEmpty();
    }

    @Override
    public int compareTo(PreRelease other) {
        return Comparator.comparingInt(PreRelease::stage)
                .thenComparing(PreRelease::numbers, Version.BY_NUMBERS).compare(this, other);
    }
}
