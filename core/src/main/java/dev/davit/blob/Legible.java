package dev.davit.blob;

import java.util.Locale;

/** Values as people read them. */
public final class Legible {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Legible() {
    }

    /** A number of bytes with three digits and a unit, such as {@code 2.8 MB}; a kB is 1000 bytes. */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** The name of a constant as words, such as {@code named pipe} for {@code NAMED_PIPE}. */
    public static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Text with its control characters, other than line breaks and tabs, in a visible form: what comes from an image must
     * not steer a terminal.
     */
    public static String text(String text) {
        return visible(text, "\n\t");
    }

    /** The same for what is on one line, such as the name of a file: also line breaks and tabs. */
    public static String line(String text) {
        return visible(text, "");
    }

    private static String visible(String text, String allowed) {
        StringBuilder visible = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = Character.isISOControl(c) && allowed.indexOf(c) < 0 || Character.isSurrogate(c)
                    && !Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : ' ')
                    && !(i > 0 && Character.isSurrogatePair(text.charAt(i - 1), c));
            if (control && visible == null) {
                visible = new StringBuilder(text.substring(0, i));
            }
            if (visible != null) {
                visible.append(control ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return visible == null ? text : visible.toString();
    }
}
