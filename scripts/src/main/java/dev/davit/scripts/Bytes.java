package dev.davit.scripts;

import java.util.Locale;

/** Sizes for people: three digits and a unit. */
public final class Bytes {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Bytes() {
    }

    /** Such as {@code 2.8 MB}; a kB is 1000 bytes. */
    public static String of(long size) {
        double value = size;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
