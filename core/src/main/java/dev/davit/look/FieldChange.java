package dev.davit.look;

import dev.davit.blob.Legible;
import dev.davit.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value in which two JSON documents differ.
 *
 * @param path of keys, such as {@code config.User}; a variable of the environment is {@code config.Env.PATH}
 * @param before the value that was there; empty if there was none
 * @param after the value that is there; empty if there is none
 */
public record FieldChange(String path, Optional<Object> before, Optional<Object> after) {

    /** What differs, in the order of the documents; absent, {@code null} and an empty object are the same. */
    static List<FieldChange> between(Map<String, ?> before, Map<String, ?> after) {
        List<FieldChange> changes = new ArrayList<>();
        compare("", before, after, changes);
        return List.copyOf(changes);
    }

    private static void compare(String path, @Nullable Object before, @Nullable Object after, List<FieldChange> changes) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> && after == null || before == null && after instanceof Map<?, ?>) {
            compare(path, before == null ? Collections.emptyMap() : before, after == null ? Collections.emptyMap() : after,
                    changes);
        } else if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            Set<Object> keys = new LinkedHashSet<>(old.keySet());
            keys.addAll(now.keySet());
            keys.forEach(key -> compare(path.isEmpty() ? key.toString() : path + key(key.toString()), old.get(key),
                    now.get(key), changes));
        } else if (path.equals("config.Env") && before instanceof List<?> old && after instanceof List<?> now
                && !variables(old).equals(variables(now))) {
            compare(path, variables(old), variables(now), changes);
        } else if (before instanceof List<?> old && after instanceof List<?> now && (hold(old) || hold(now))) {
            compareItems(path, old, now, changes);
        } else {
            changes.add(new FieldChange(path, Optional.ofNullable(before), Optional.ofNullable(after)));
        }
    }

    private static String key(String key) {
        return key.matches("[\\w-]+") ? "." + key : "[" + text(key) + "]";
    }

    private static Map<String, String> variables(List<?> env) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Object item : env) {
            String[] parts = String.valueOf(item).split("=", 2);
            variables.put(parts[0], parts.length < 2 ? "" : parts[1]);
        }
        return variables;
    }

    private static boolean hold(List<?> items) {
        return items.stream().anyMatch(Map.class::isInstance);
    }

    /** Objects in a list: those at both ends that are the same are left out, the others are compared one by one. */
    private static void compareItems(String path, List<?> before, List<?> after, List<FieldChange> changes) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && Objects.equals(before.get(head), after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && Objects.equals(before.get(before.size() - 1 - tail), after.get(after.size() - 1 - tail))) {
            tail++;
        }
        for (int i = head; i < Math.max(before.size(), after.size()) - tail; i++) {
            String item = path + "[" + i + "]";
            if (i < shorter - tail) {
                compare(item, before.get(i), after.get(i), changes);
            } else {
                changes.add(new FieldChange(item, Optional.ofNullable(i < before.size() - tail ? before.get(i) : null),
                        Optional.ofNullable(i < after.size() - tail ? after.get(i) : null)));
            }
        }
    }

    private static String text(Object value) {
        return Legible.text(new String(Json.write(value), StandardCharsets.UTF_8));
    }

    /** One line: {@code +}, {@code -} or {@code ~}, the path, and the values as JSON. */
    @Override
    public String toString() {
        return (before.isEmpty() ? "+ " : after.isEmpty() ? "- " : "~ ") + Legible.text(path) + ": "
                + before.map(FieldChange::text).orElse("") + (before.isPresent() && after.isPresent() ? " -> " : "")
                + after.map(FieldChange::text).orElse("");
    }
}
