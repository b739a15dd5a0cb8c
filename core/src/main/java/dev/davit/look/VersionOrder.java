package dev.davit.look;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a package manager orders versions: what it would call an upgrade. */
enum VersionOrder implements Comparator<String> {

    /** {@code [epoch:]upstream[-revision]}, see deb-version(7). */
    DEB {
        @Override
        public int compare(String one, String two) {
            return byParts(one, two, VersionOrder::compareDeb);
        }
    },

    /** {@code [epoch:]version-release}, see rpm-version(7). */
    RPM {
        @Override
        public int compare(String one, String two) {
            return byParts(one, two, VersionOrder::compareRpm);
        }
    },

    /** {@code 1.2.3b_rc4_p5~hash-r6}, see apk-package(5). What is no such version is neither newer nor older. */
    APK {
        @Override
        public int compare(String one, String two) {
            return IS_APK.matcher(one).matches() && IS_APK.matcher(two).matches() ? compareApk(one, two) : 0;
        }
    };

    private static final Pattern PARTS = Pattern.compile("(?s)(?:(\\d+):)?(.*?)(?:-([^-]*))?");
    private static final Pattern DEB_PART = Pattern.compile("(\\D*)(\\d*)");
    private static final Pattern RPM_PART = Pattern.compile("[~^]|\\d+|[A-Za-z]+");
    private static final int NUMBER = 4;
    private static final Pattern IS_APK = Pattern.compile(
            "\\d+(\\.\\d+)*[a-z]?(_(alpha|beta|pre|rc|cvs|svn|git|hg|p)\\d*)*(~[0-9a-f]+)?(-r\\d+)?");
    /** What comes earlier here is newer where the other version goes on in another way. */
    private static final List<Pattern> APK_PARTS = List.of(Pattern.compile("(?<![a-z])\\.?(\\d+)"), Pattern.compile("([a-z])"),
            Pattern.compile("_([a-z]+)"), Pattern.compile("(?<=[a-z])(\\d+)"), Pattern.compile("~([0-9a-f]+)"),
            Pattern.compile("-r(\\d+)"));
    private static final int SUFFIX = 2;
    private static final int HASH = 4;
    private static final List<String> BEFORE_A_RELEASE = List.of("alpha", "beta", "pre", "rc");
    private static final List<String> SUFFIXES = List.of("alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p");

    /** The order of a {@linkplain InstalledPackage#kind kind} of packages. */
    static Optional<VersionOrder> of(String kind) {
        return List.of(values()).stream().filter(order -> order.name().toLowerCase(Locale.ROOT).equals(kind)).findFirst();
    }

    private static int byParts(String one, String two, Comparator<String> order) {
        Matcher first = PARTS.matcher(one);
        Matcher second = PARTS.matcher(two);
        if (!first.matches() || !second.matches()) {
            throw new IllegalStateException("every text has these parts");
        }
        int epochs = numbers(text(first, 1), text(second, 1));
        int versions = epochs != 0 ? epochs : order.compare(text(first, 2), text(second, 2));
        return versions != 0 ? versions : order.compare(text(first, 3), text(second, 3));
    }

    private static String text(Matcher matcher, int group) {
        return matcher.group(group) == null ? "" : matcher.group(group);
    }

    /** Of any length; nothing is zero. */
    private static int numbers(String one, String two) {
        String first = one.replaceFirst("^0+", "");
        String second = two.replaceFirst("^0+", "");
        int lengths = Integer.compare(first.length(), second.length());
        return lengths != 0 ? lengths : first.compareTo(second);
    }

    private static int compareDeb(String one, String two) {
        Matcher first = DEB_PART.matcher(one);
        Matcher second = DEB_PART.matcher(two);
        int from = 0;
        int other = 0;
        while (from < one.length() || other < two.length()) {
            first.region(from, one.length()).lookingAt();
            second.region(other, two.length()).lookingAt();
            int texts = debTexts(first.group(1), second.group(1));
            int both = texts != 0 ? texts : numbers(first.group(2), second.group(2));
            if (both != 0) {
                return both;
            }
            from = first.end();
            other = second.end();
        }
        return 0;
    }

    /** A tilde comes before the end of the text, that before letters, and those before all else. */
    private static int debTexts(String one, String two) {
        for (int i = 0; i < Math.max(one.length(), two.length()); i++) {
            int order = Integer.compare(debOrder(one, i), debOrder(two, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int debOrder(String text, int at) {
        if (at >= text.length()) {
            return 0;
        }
        char c = text.charAt(at);
        boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        return c == '~' ? -1 : isLetter ? c : c + Character.MAX_VALUE;
    }

    /** A tilde comes before the end of the text, a caret just after it, letters before numbers; what is between does not count. */
    private static int compareRpm(String one, String two) {
        Matcher first = RPM_PART.matcher(one);
        Matcher second = RPM_PART.matcher(two);
        while (true) {
            String part = first.find() ? first.group() : "";
            String other = second.find() ? second.group() : "";
            int rank = rpmRank(part);
            int order = rank != rpmRank(other) ? Integer.compare(rank, rpmRank(other))
                    : rank == NUMBER ? numbers(part, other) : part.compareTo(other);
            if (order != 0 || part.isEmpty()) {
                return order;
            }
        }
    }

    private static int rpmRank(String part) {
        return part.equals("~") ? 0 : part.isEmpty() ? 1 : part.equals("^") ? 2 : !Character.isDigit(part.charAt(0)) ? 3 : NUMBER;
    }

    private static int compareApk(String one, String two) {
        Matcher first = APK_PARTS.get(0).matcher(one).useTransparentBounds(true);
        Matcher second = APK_PARTS.get(0).matcher(two).useTransparentBounds(true);
        int from = 0;
        int other = 0;
        while (from < one.length() || other < two.length()) {
            int part = apkPart(first, from, one.length());
            int otherPart = apkPart(second, other, two.length());
            int order = part == otherPart ? apkParts(part, from == 0, first.group(1), second.group(1))
                    : isBeforeRelease(part, first) ? -1 : isBeforeRelease(otherPart, second) ? 1 : Integer.compare(otherPart, part);
            if (order != 0) {
                return order;
            }
            from = first.end();
            other = second.end();
        }
        return 0;
    }

    private static int apkPart(Matcher matcher, int from, int end) {
        int part = 0;
        while (part < APK_PARTS.size()
                && !matcher.usePattern(APK_PARTS.get(part)).region(from, end).lookingAt()) {
            part++;
        }
        return part;
    }

    private static boolean isBeforeRelease(int part, Matcher matcher) {
        return part == SUFFIX && BEFORE_A_RELEASE.contains(matcher.group(1));
    }

    /** Numbers after a dot that begin with a zero are read as fractions are. */
    private static int apkParts(int part, boolean isFirst, String one, String two) {
        if (part == SUFFIX) {
            return Integer.compare(SUFFIXES.indexOf(one), SUFFIXES.indexOf(two));
        }
        boolean isNumber = Character.isDigit(one.charAt(0)) && Character.isDigit(two.charAt(0)) && part != HASH;
        boolean isFraction = part == 0 && !isFirst && (one.startsWith("0") || two.startsWith("0"));
        return isNumber && !isFraction ? numbers(one, two) : one.compareTo(two);
    }
}
