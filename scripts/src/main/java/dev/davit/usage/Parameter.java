package dev.davit.usage;

import dev.davit.dsl.UnknownName;
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
 * One parameter of a script.
 *
 * @param kind what it is on the command line
 * @param letter of the short form of an option; empty for none
 * @param placeholder what stands for its value in a help text
 * @param type of its value, or of each of them
 * @param choices the only values; empty if others are welcome too
 * @param rest whether it takes all that follows the first argument, options too
 * @param split whether {@code a,b} are two values
 * @param secret whether nothing may show its value
 * @param bare the value of an option that is said without one; empty if it must have one
 */
record Parameter(Kind kind, String name, String letter, String placeholder, String description,
        @Nullable Object standard, Class<?> type, boolean many, boolean rest, boolean map, boolean split, boolean required,
        boolean secret, List<String> choices, String bare) {

    /** What a parameter is on the command line. */
    enum Kind { ARGUMENT, OPTION, FLAG }

    private static final Map<Class<?>, Function<String, Object>> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put(String.class, text -> text);
        TYPES.put(Path.class, Path::of);
        TYPES.put(Integer.class, Integer::valueOf);
        TYPES.put(Long.class, Long::valueOf);
    }

    /** Reads what a script says of a parameter. */
    static Parameter of(Kind kind, String name, Map<String, ?> named, @Nullable Object standard, String description) {
        List<String> known = switch (kind) {
            case ARGUMENT -> List.of("type", "choices", "many", "rest", "optional");
            case OPTION -> List.of("short", "type", "choices", "many", "map", "split", "required", "secret", "bare");
            case FLAG -> List.of("short");
        };
        for (String key : named.keySet()) {
            if (!known.contains(key)) {
                throw new UnknownName(key, "'" + key + "' says nothing about the parameter '" + name + "'", known);
            }
        }
        Class<?> type = named.get("type") instanceof Class<?> said ? said
                : standard instanceof Integer || standard instanceof Long ? standard.getClass() : String.class;
        if (!TYPES.containsKey(type)) {
            throw new IllegalArgumentException("the parameter '" + name + "' cannot have the type " + type.getSimpleName()
                    + ": expected one of " + TYPES.keySet().stream().map(Class::getSimpleName)
                    .collect(Collectors.joining(", ")));
        }
        List<String> choices = named.get("choices") instanceof List<?> list
                ? list.stream().map(Object::toString).toList() : List.of();
        boolean rest = isSet(named, "rest");
        boolean required = kind == Kind.ARGUMENT ? !rest && !isSet(named, "optional") : isSet(named, "required");
        boolean map = isSet(named, "map");
        return new Parameter(kind, name, named.containsKey("short") ? String.valueOf(named.get("short")) : "",
                map ? "KEY=VALUE" : name.toUpperCase(Locale.ROOT), description, standard, type,
                rest || isSet(named, "many") || isSet(named, "split"), rest, map, isSet(named, "split"), required,
                isSet(named, "secret"), choices, named.containsKey("bare") ? String.valueOf(named.get("bare")) : "");
    }

    private static boolean isSet(Map<String, ?> named, String key) {
        return Boolean.TRUE.equals(named.get(key));
    }

    /** As the command line has it: {@code --tag} or {@code IMAGE}. */
    String label() {
        return kind == Kind.ARGUMENT ? placeholder() : "--" + name;
    }

    /** The same without its short form. */
    Parameter withoutLetter() {
        return new Parameter(kind, name, "", placeholder, description, standard, type, many, rest, map, split,
                required, secret, choices, bare);
    }

    /** The value that these words of the command line give it; relative paths start from the folder. */
    @Nullable Object value(List<String> words, Path folder) {
        if (map) {
            return pairs(words);
        }
        List<Object> values = new ArrayList<>();
        for (String word : words) {
            for (String part : split ? parts(word) : List.of(word)) {
                values.add(value(part, folder));
            }
        }
        if (values.isEmpty() && standard != null) {
            return standard;
        }
        return many ? values : values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** The values in {@code a,b}, or in {@code ["a,b", "c"]}. */
    private List<String> parts(String word) {
        if (!word.startsWith("[")) {
            return List.of(word.split(","));
        }
        try {
            if (Json.read(word.getBytes(StandardCharsets.UTF_8), label()) instanceof List<?> list
                    && list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String.class::cast).toList();
            }
        } catch (IOException e) {
            // It is told below.
        }
        throw new UsageException("malformed " + label() + " '" + word + "': expected a,b or [\"a\", \"b\"]");
    }

    private Object value(String word, Path folder) {
        if (!choices.isEmpty() && !choices.contains(word)) {
            throw new UsageException("malformed " + label() + " '" + word + "': expected " + String.join(" or ", choices));
        }
        try {
            Object value = TYPES.get(type).apply(word);
            return value instanceof Path path ? folder.resolve(path) : value;
        } catch (NumberFormatException e) {
            throw new UsageException("malformed " + label() + " '" + word + "': expected a whole number");
        }
    }

    private Map<String, String> pairs(List<String> words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new UsageException("malformed " + label() + " '" + word + "': expected KEY=VALUE");
            }
            pairs.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return pairs;
    }
}
