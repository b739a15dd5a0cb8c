package dev.davit.validate;

import dev.davit.image.Descriptor;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of members that several documents have. */
final class Members {

    private static final Pattern TIME = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

    private Members() {
    }

    /** An object whose values are texts, such as annotations; it may be absent. */
    static void texts(Validation validation, String place, String name, Optional<Object> value) {
        if (value.isEmpty()) {
            return;
        }
        if (!(value.get() instanceof Map<?, ?> map)) {
            validation.add(place, "its " + name + " are no object of texts");
            return;
        }
        map.forEach((key, text) -> {
            if (!(text instanceof String)) {
                validation.add(place, "the value of '" + key + "' in its " + name + " is no text");
            }
        });
    }

    /** A time of RFC 3339; it may be absent. */
    static void time(Validation validation, String place, Optional<Object> value) {
        if (value.isPresent() && !(value.get() instanceof String text && isTime(text))) {
            validation.add(place, "created is '" + value.get() + "', expected a time of RFC 3339, such as "
                    + "2026-01-31T12:00:00Z");
        }
    }

    private static boolean isTime(String text) {
        try {
            return TIME.matcher(text).matches() && OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)) != null;
        } catch (DateTimeException e) {
            return false; // such as February 30th
        }
    }

    /** The descriptor, or nothing if it is malformed, which is reported. */
    static Optional<Descriptor> descriptor(Validation validation, String place, @Nullable Object tree) {
        if (!(tree instanceof Map<?, ?> members)) {
            validation.add(place, "is no descriptor");
            return Optional.empty();
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        members.forEach((key, value) -> copy.put(String.valueOf(key), value));
        try {
            return Optional.of(Descriptor.parse(copy, place));
        } catch (IOException e) {
            validation.add(place, String.valueOf(e.getMessage()).substring(place.length() + 2));
            return Optional.empty();
        }
    }
}
