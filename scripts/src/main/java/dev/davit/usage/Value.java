package dev.davit.usage;

import dev.davit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the words mean that a command line gives a parameter.
 *
 * @param type of it, or of each that there are
 * @param choices the only ones; empty if others are welcome too
 * @param standard what it is without words
 * @param placeholder what stands for it in a help text
 * @param bare what an option that is said without a word means; empty if it must have one
 * @param secret whether nothing may show it
 */
record Value(Shape shape, Class<?> type, List<String> choices, @Nullable Object standard, String placeholder, String bare,
        boolean secret) {

    /** How many words there may be, and what they make; where a script says several of them, the first here counts. */
    enum Shape {

        /** A map, of words {@code KEY=VALUE}. */
        MAP,
        /** A list of all that follows the first argument, options too. */
        REST,
        /** A list, for which {@code a,b} and {@code ["a", "b"]} are two each. */
        SPLIT,
        /** A list. */
        MANY,
        /** The last of them. */
        ONE;

        private static Shape of(Map<String, ?> named) {
            for (Shape shape : values()) {
                if (Parameter.isSet(named, shape.name().toLowerCase(Locale.ROOT))) {
                    return shape;
                }
            }
            return ONE;
        }
    }

    private static final Map<Class<?>, Function<String, Object>> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put(String.class, text -> text);
        TYPES.put(Path.class, Path::of);
        TYPES.put(Integer.class, Integer::valueOf);
        TYPES.put(Long.class, Long::valueOf);
    }

    /** Reads what a script says of a parameter. */
    static Value of(String name, Map<String, ?> named, @Nullable Object standard) {
        Class<?> type = named.get("type") instanceof Class<?> said ? said
                : standard instanceof Integer || standard instanceof Long ? standard.getClass() : String.class;
        if (!TYPES.containsKey(type)) {
            throw new IllegalArgumentException("the parameter '" + name + "' cannot have the type " + type.getSimpleName()
                    + ": expected one of " + TYPES.keySet().stream().map(Class::getSimpleName)
                    .collect(Collectors.joining(", ")));
        }
        Shape shape = Shape.of(named);
        List<String> choices = named.get("choices") instanceof List<?> list
                ? list.stream().map(Object::toString).toList() : List.of();
        String placeholder = shape == Shape.MAP ? "KEY=VALUE" : name.toUpperCase(Locale.ROOT);
        return new Value(shape, type, choices, standard, Parameter.text(named, "placeholder", placeholder),
                Parameter.text(named, "bare", ""), Parameter.isSet(named, "secret"));
    }

    /** Whether more than one word has a say. */
    boolean isSeveral() {
        return shape != Shape.ONE;
    }

    /** What these words give the parameter of this name; relative paths start from the folder. */
    @Nullable Object of(String label, List<String> words, Path folder) {
        if (shape == Shape.MAP) {
            return pairs(label, words);
        }
        List<Object> values = new ArrayList<>();
        for (String word : words) {
            for (String part : shape == Shape.SPLIT ? parts(label, word) : List.of(word)) {
                values.add(one(label, part, folder));
            }
        }
        if (values.isEmpty() && standard != null) {
            return standard;
        }
        return isSeveral() ? values : values.isEmpty() ? null : values.get(values.size() - 1);
    }

    private static List<String> parts(String label, String word) {
        if (!word.startsWith("[")) {
            return List.of(word.split(","));
        }
        try {
            if (Json.read(word.getBytes(StandardCharsets.UTF_8), label) instanceof List<?> list
                    && list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String.class::cast).toList();
            }
        } catch (IOException e) {
            // It is told below.
        }
        throw malformed(label, word, "a,b or [\"a\", \"b\"]");
    }

    private Object one(String label, String word, Path folder) {
        if (!choices.isEmpty() && !choices.contains(word)) {
            throw malformed(label, word, String.join(" or ", choices));
        }
        try {
            Object value = TYPES.get(type).apply(word);
            return value instanceof Path path ? folder.resolve(path) : value;
        } catch (NumberFormatException e) {
            throw malformed(label, word, "a whole number");
        }
    }

    private static Map<String, String> pairs(String label, List<String> words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw malformed(label, word, "KEY=VALUE");
            }
            pairs.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return pairs;
    }

    private static UsageException malformed(String label, String word, String expected) {
        return new UsageException("malformed " + label + " '" + word + "': expected " + expected);
    }
}
