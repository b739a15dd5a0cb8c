package dev.davit.dsl;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them. */
final class Size {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?) ?(?:(k|M|G|T)(i?))?B?", Pattern.CASE_INSENSITIVE);
    private static final List<String> UNITS = List.of("", "k", "m", "g", "t");

    private Size() {
    }

    /** Reads {@code 200 MB}, {@code 1.5 GiB} or a number of bytes. */
    static long parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("malformed size '" + text + "': expected a number of bytes, or such as 200 MB "
                    + "or 1.5 GiB");
        }
        String unit = form.group(2) == null ? "" : form.group(2).toLowerCase(Locale.ROOT);
        BigDecimal step = BigDecimal.valueOf(form.group(3) == null || form.group(3).isEmpty() ? 1000 : 1024);
        return new BigDecimal(form.group(1)).multiply(step.pow(UNITS.indexOf(unit))).longValue();
    }
}
