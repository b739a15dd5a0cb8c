package dev.davit.dsl;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a verb is told by name: {@code fast: true}. */
final class Options {

    private final Map<?, ?> said;

    private Options(Map<?, ?> said) {
        this.said = said;
    }

    /** @throws IllegalArgumentException if one of them is not known */
    static Options of(Map<?, ?> said, String... known) {
        for (Object name : said.keySet()) {
            if (!List.of(known).contains(name.toString())) {
                throw unknown(name, known);
            }
        }
        return new Options(said);
    }

    static IllegalArgumentException unknown(Object name, String... known) {
        return new IllegalArgumentException("there is no option '" + name + "'"
                + Suggestion.clause(name.toString(), List.of(known)) + " (options are " + String.join(", ", known) + ")");
    }

    @Nullable Object get(String name) {
        return said.get(name);
    }

    @Nullable String text(String name) {
        Object value = said.get(name);
        return value == null ? null : value.toString();
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(said.get(name));
    }

    long number(String name, long absent) {
        Object value = said.containsKey(name) ? said.get(name) : absent;
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("malformed " + name + " '" + value + "': expected a number");
    }
}
