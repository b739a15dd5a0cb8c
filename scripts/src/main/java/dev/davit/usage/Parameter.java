package dev.davit.usage;

import dev.davit.dsl.UnknownName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a script.
 *
 * @param kind what it is on the command line
 * @param letter of the short form of an option; empty for none
 * @param value what its words mean; nothing of a flag
 */
record Parameter(Kind kind, String name, String letter, String description, boolean required, Value value) {

    /** What a parameter is on the command line. */
    enum Kind { ARGUMENT, OPTION, FLAG }

    /** Reads what a script says of a parameter. */
    static Parameter of(Kind kind, String name, Map<String, ?> named, @Nullable Object standard, String description) {
        List<String> known = switch (kind) {
            case ARGUMENT -> List.of("type", "choices", "many", "rest", "optional");
            case OPTION -> List.of("short", "type", "choices", "many", "map", "split", "required", "secret", "bare", "placeholder");
            case FLAG -> List.of("short");
        };
        for (String key : named.keySet()) {
            if (!known.contains(key)) {
                throw new UnknownName(key, "'" + key + "' says nothing about the parameter '" + name + "'", known);
            }
        }
        boolean required = kind == Kind.ARGUMENT ? !isSet(named, "rest") && !isSet(named, "optional") : isSet(named, "required");
        return new Parameter(kind, name, text(named, "short", ""), description, required, Value.of(name, named, standard));
    }

    static boolean isSet(Map<String, ?> named, String key) {
        return Boolean.TRUE.equals(named.get(key));
    }

    static String text(Map<String, ?> named, String key, String otherwise) {
        return named.containsKey(key) ? String.valueOf(named.get(key)) : otherwise;
    }

    /** As the command line has it: {@code --tag} or {@code IMAGE}. */
    String label() {
        return kind == Kind.ARGUMENT ? value.placeholder() : "--" + name;
    }

    /** Whether it is an option that needs a value. */
    boolean takesWord() {
        return kind == Kind.OPTION && value.bare().isEmpty();
    }

    /** The same without its short form. */
    Parameter withoutLetter() {
        return new Parameter(kind, name, "", description, required, value);
    }

    /** The value that these words of the command line give it; relative paths start from the folder. */
    @Nullable Object value(List<String> words, Path folder) {
        return value.of(label(), words, folder);
    }
}
