package dev.davit.ref;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operating system that a tag names, by a release's code name or by its number: {@code bookworm}, {@code alpine3.18},
 * {@code debian-12}, {@code windowsservercore-ltsc2022}.
 *
 * @param release numbers to order by; none where the tag does not say which
 * @param parts how many of the tag's parts name it
 */
record OsRelease(String family, List<Long> release, int parts) {

    private static final Map<String, String> CODE_NAMES = codeNames();
    private static final Pattern NUMBERED = Pattern.compile("(alpine|debian|ubuntu|ubi|centos|stream|fedora|rockylinux|"
            + "rocky|almalinux|alma|oraclelinux|amazonlinux|photon|bci|windowsservercore|nanoserver|al(?=\\d)|ol(?=\\d))"
            + "(\\d{1,9}(?:\\.\\d{1,9})*)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}(\\.\\d{1,4})?");
    private static final Pattern WINDOWS = Pattern.compile("ltsc(\\d{4})|(\\d{4})|(\\d\\d)h([12])");

    /** What the parts of a tag from this one on name; empty if that is no operating system. */
    static Optional<OsRelease> read(List<String> parts, int from) {
        String part = parts.get(from).toLowerCase(Locale.ROOT);
        String known = CODE_NAMES.get(part);
        if (known != null) {
            int space = known.indexOf(' ');
            return Optional.of(new OsRelease(known.substring(0, space), Version.dotted(known.substring(space + 1)), 1));
        }
        Matcher numbered = NUMBERED.matcher(part);
        if (!numbered.matches()) {
            return Optional.empty();
        }
        String family = numbered.group(1);
        String next = from + 1 < parts.size() ? parts.get(from + 1).toLowerCase(Locale.ROOT) : "";
        if (numbered.group(2) != null) {
            return Optional.of(new OsRelease(family, Version.dotted(numbered.group(2)), 1));
        }
        Matcher windows = WINDOWS.matcher(next);
        if ((family.startsWith("windows") || family.startsWith("nano")) && windows.matches()) {
            return Optional.of(new OsRelease(family, List.of(windows(windows)), 2));
        }
        return Optional.of(NUMBER.matcher(next).matches() ? new OsRelease(family, Version.dotted(next), 2)
                : new OsRelease(family, List.of(), 1));
    }

    /** As year and month: {@code ltsc2019} is {@code 1809}. */
    private static long windows(Matcher form) {
        if (form.group(2) != null) {
            return Long.parseLong(form.group(2));
        }
        if (form.group(3) != null) {
            return Long.parseLong(form.group(3)) * 100 + (form.group(4).equals("1") ? 3 : 9);
        }
        return (Long.parseLong(form.group(1)) - 2000) * 100 - 91;
    }

    private static Map<String, String> codeNames() {
        Map<String, String> names = new LinkedHashMap<>();
        String[] debian = {"wheezy", "jessie", "stretch", "buster", "bullseye", "bookworm", "trixie", "forky", "duke"};
        for (int i = 0; i < debian.length; i++) {
            names.put(debian[i], "debian " + (i + 7));
        }
        String[] ubuntu = {"precise 12.4", "trusty 14.4", "xenial 16.4", "bionic 18.4", "disco 19.4", "eoan 19.10",
                "focal 20.4", "groovy 20.10", "hirsute 21.4", "impish 21.10", "jammy 22.4", "kinetic 22.10", "lunar 23.4",
                "mantic 23.10", "noble 24.4", "oracular 24.10", "plucky 25.4", "questing 25.10", "resolute 26.4"};
        for (String release : ubuntu) {
            names.put(release.substring(0, release.indexOf(' ')), "ubuntu " + release.substring(release.indexOf(' ') + 1));
        }
        return Collections.unmodifiableMap(names);
    }

    /** What two names have in common that count in the same way. */
    String shape() {
        return family + (release.isEmpty() ? "" : " N");
    }
}
