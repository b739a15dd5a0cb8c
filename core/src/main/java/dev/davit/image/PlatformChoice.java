package dev.davit.image;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which of several platforms suits somebody best who asks for one. Where there is none of the variant that is asked for,
 * an older one does that runs on the same machines: v6 for arm/v7, v2 for amd64/v3. Of Windows, any revision of the
 * build does, the newest first. The first of a sorted list is the best.
 */
final class PlatformChoice implements Comparator<Platform> {

    private static final Pattern VARIANT = Pattern.compile("v([1-9])(\\..*)?");
    private static final Pattern BUILD = Pattern.compile("([0-9]+\\.[0-9]+\\.[0-9]+)(?:\\.([0-9]{1,18}))?");

    private final Platform wanted;
    private final List<String> variants;

    PlatformChoice(Platform wanted) {
        this.wanted = wanted;
        this.variants = variants(wanted);
    }

    /** Those that run where the one that is asked for runs, the best first. */
    private static List<String> variants(Platform wanted) {
        Matcher version = VARIANT.matcher(wanted.normalVariant());
        int oldest = switch (wanted.architecture()) {
            case "arm" -> 5;
            case "arm64" -> 8;
            default -> 1;
        };
        if (!version.matches() || !List.of("arm", "arm64", "amd64").contains(wanted.architecture())) {
            return List.of(wanted.normalVariant());
        }
        int newest = Integer.parseInt(version.group(1));
        IntStream below = IntStream.iterate(newest, v -> v >= oldest, v -> v - 1);
        return Stream.concat(Stream.of(wanted.normalVariant()), below.mapToObj(v -> "v" + v)).distinct().toList();
    }

    boolean accepts(Platform offered) {
        return offered.withoutVariantAndVersion().satisfies(wanted.withoutVariantAndVersion())
                && (wanted.variant().isEmpty() || variants.contains(offered.normalVariant()))
                && acceptsVersion(offered.osVersion());
    }

    private boolean acceptsVersion(String offered) {
        String asked = wanted.osVersion();
        if (asked.isEmpty() || asked.equals(offered)) {
            return true;
        }
        return wanted.os().equals("windows") && !build(asked).isEmpty() && build(asked).equals(build(offered));
    }

    private static String build(String version) {
        Matcher parts = BUILD.matcher(version);
        return parts.matches() ? parts.group(1) : "";
    }

    private static long revision(String version) {
        Matcher parts = BUILD.matcher(version);
        return parts.matches() && parts.group(2) != null ? Long.parseLong(parts.group(2)) : -1;
    }

    @Override
    public int compare(Platform a, Platform b) {
        int byVariant = Integer.compare(rank(a), rank(b));
        if (byVariant != 0 || wanted.osVersion().isEmpty()) {
            return byVariant;
        }
        int byVersion = Boolean.compare(b.osVersion().equals(wanted.osVersion()), a.osVersion().equals(wanted.osVersion()));
        return byVersion != 0 ? byVersion : Long.compare(revision(b.osVersion()), revision(a.osVersion()));
    }

    private int rank(Platform offered) {
        int rank = variants.indexOf(offered.normalVariant());
        return rank < 0 ? variants.size() : rank;
    }
}
