package dev.davit.image;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step in which an image was made. Unknown members are kept.
 *
 * @param tree all members, in their order
 */
public record History(Map<String, @Nullable Object> tree) {

    public History {
        tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree));
    }

    /** The step that added a layer. */
    public static History of(Instant created, String createdBy) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("created", created.toString());
        tree.put("created_by", createdBy);
        return new History(tree);
    }

    /** When, as the image says it. */
    public Optional<String> created() {
        return text("created");
    }

    public Optional<String> createdBy() {
        return text("created_by");
    }

    public Optional<String> comment() {
        return text("comment");
    }

    /** Whether the step added no layer. */
    public boolean isEmptyLayer() {
        return Boolean.TRUE.equals(tree.get("empty_layer"));
    }

    private Optional<String> text(String key) {
        return tree.get(key) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }
}
