package dev.davit.json;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that keeps its exact bytes; its digest is over them. The tree is a read-only view. An edit gives a new
 * document: unknown fields and the order of keys stay, new keys come last, and an edit that changes nothing gives the
 * same bytes. The typed accessors read absent, {@code null}, empty and another type the same.
 */
public final class Document {

    private final byte[] bytes;
    private final Map<String, @Nullable Object> tree;
    private final Digest digest;

    private Document(byte[] bytes, Map<String, @Nullable Object> tree) {
        this.bytes = bytes;
        this.tree = tree;
        this.digest = Digest.of(bytes);
    }

    /**
     * Reads a document.
     *
     * @param what what it is and where it comes from, for the message
     * @throws IOException if the bytes are not a JSON object, as {@link Json#read} reads it
     */
    public static Document parse(byte[] bytes, String what) throws IOException {
        return new Document(bytes.clone(), frozen(Json.readObject(bytes, what)));
    }

    /**
     * A document with this content, as compact JSON.
     *
     * @throws IllegalArgumentException if JSON has no such value; {@link Json#write} says which it takes
     */
    public static Document of(Map<String, ? extends @Nullable Object> tree) {
        return new Document(Json.write(tree), frozen(tree));
    }

    /** The exact bytes; a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The document as a blob in memory. */
    public Blob blob() {
        return Blob.of(bytes);
    }

    public Digest digest() {
        return digest;
    }

    /** Number of bytes. */
    public long size() {
        return bytes.length;
    }

    /** The whole content, read-only, in its order. */
    public Map<String, @Nullable Object> tree() {
        return tree;
    }

    /** The value at a path of keys, unless it is absent or {@code null}. */
    public Optional<Object> get(String... path) {
        return Optional.ofNullable(at(tree, path));
    }

    /** The text at a path; empty text counts as absent. */
    public Optional<String> text(String... path) {
        return get(path).filter(String.class::isInstance).map(String.class::cast).filter(s -> !s.isEmpty());
    }

    /** The whole number at a path. */
    public OptionalLong number(String... path) {
        return at(tree, path) instanceof Long n ? OptionalLong.of(n) : OptionalLong.empty();
    }

    /** The texts of the list at a path. */
    public List<String> texts(String... path) {
        return items(path).stream().filter(String.class::isInstance).map(String.class::cast).toList();
    }

    /** The objects of the list at a path. */
    public List<Map<String, @Nullable Object>> objects(String... path) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (Object item : items(path)) {
            if (item instanceof Map<?, ?> map) {
                objects.add(cast(map));
            }
        }
        return Collections.unmodifiableList(objects);
    }

    /** The object at a path. */
    public Map<String, @Nullable Object> object(String... path) {
        return at(tree, path) instanceof Map<?, ?> map ? cast(map) : Collections.emptyMap();
    }

    /** The members of the object at a path whose values are texts. */
    public Map<String, String> textMap(String... path) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(path).forEach((key, value) -> {
            if (value instanceof String text) {
                texts.put(key, text);
            }
        });
        return Collections.unmodifiableMap(texts);
    }

    private List<?> items(String... path) {
        return at(tree, path) instanceof List<?> list ? list : List.of();
    }

    /** A copy with changes; this document itself when the block changes nothing, or only the order of keys. */
    public Document edit(Consumer<Editor> block) {
        Editor editor = new Editor(cast((Map<?, ?>) Json.copy(tree, false)));
        block.accept(editor);
        return editor.root.equals(tree) ? this : of(editor.root);
    }

    /** Changes values by their path of keys, while {@link #edit} runs. What it gives out are copies. */
    public static final class Editor {

        private final Map<String, @Nullable Object> root;

        private Editor(Map<String, @Nullable Object> root) {
            this.root = root;
        }

        /** The value at a path as it is now. */
        public Optional<Object> get(String... path) {
            return Optional.ofNullable(Json.copy(at(root, path), false));
        }

        /** A changeable copy of the list at a path, to {@link #set} again; empty if there is none. */
        @SuppressWarnings("unchecked")
        public List<@Nullable Object> list(String... path) {
            return get(path).orElse(null) instanceof List<?> list ? (List<@Nullable Object>) list : new ArrayList<>();
        }

        /** A changeable copy of the object at a path, to {@link #set} again; empty if there is none. */
        public Map<String, @Nullable Object> object(String... path) {
            return get(path).orElse(null) instanceof Map<?, ?> map ? cast(map) : new LinkedHashMap<>();
        }

        /**
         * Sets the value at a path; objects on the way are made where they are missing.
         *
         * @throws IllegalArgumentException if something on the way is no object, or JSON has no such value
         */
        public void set(@Nullable Object value, String... path) {
            Map<String, @Nullable Object> parent = root;
            for (int i = 0; i < last(path); i++) {
                Object child = parent.computeIfAbsent(path[i], key -> new LinkedHashMap<>());
                if (!(child instanceof Map<?, ?> next)) {
                    throw new IllegalArgumentException("cannot set " + String.join(".", path) + ": "
                            + String.join(".", Arrays.copyOf(path, i + 1)) + " is not an object");
                }
                parent = cast(next);
            }
            parent.put(path[last(path)], Json.copy(value, false));
        }

        /** Sets the whole content. */
        public void replace(Map<String, ? extends @Nullable Object> tree) {
            root.clear();
            root.putAll(cast((Map<?, ?>) Json.copy(tree, false)));
        }

        /** Removes the member at a path, if it is there. */
        public void remove(String... path) {
            if (at(root, Arrays.copyOf(path, last(path))) instanceof Map<?, ?> parent) {
                parent.remove(path[last(path)]);
            }
        }

        private static int last(String... path) {
            if (path.length == 0) {
                throw new IllegalArgumentException("an edit needs the path of what to change: expected at least one key");
            }
            return path.length - 1;
        }
    }

    private static @Nullable Object at(Map<String, @Nullable Object> tree, String... path) {
        Object value = tree;
        for (String key : path) {
            if (!(value instanceof Map<?, ?> map)) {
                return null;
            }
            value = map.get(key);
        }
        return value;
    }

    private static Map<String, @Nullable Object> frozen(Map<String, ? extends @Nullable Object> map) {
        return cast((Map<?, ?>) Json.copy(map, true));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> cast(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Document document && digest.equals(document.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
