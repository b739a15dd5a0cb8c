package dev.davit.proof;

import dev.davit.blob.Blob;
import dev.davit.blob.Compression;
import dev.davit.blob.ContentStore;
import dev.davit.blob.Digest;
import dev.davit.dsl.ScriptSource;
import dev.davit.image.Descriptor;
import dev.davit.image.Platform;
import dev.davit.json.Document;
import dev.davit.tar.Entry;
import dev.davit.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds where two builds of a recipe differ first: which output, layer, entry and field, and which line made it. */
final class FirstDifference {

    private static final Map<String, Function<Entry, Object>> FIELDS = fields();

    private final ContentStore store;
    private final ScriptSource source;
    private final Rebuilt here;
    private final Map<String, String> rows = new LinkedHashMap<>();
    private int line;

    private FirstDifference(ContentStore store, ScriptSource source, Rebuilt here) {
        this.store = store;
        this.source = source;
        this.here = here;
    }

    /**
     * Where they differ, from the output down, each part with its name; empty if they do not. The last two, {@code here} and
     * {@code there}, are what is found; the part {@code line} is the number of the line that made it, if that is known.
     */
    static Map<String, String> between(ContentStore store, ScriptSource source, Rebuilt here, Rebuilt there)
            throws IOException {
        FirstDifference difference = new FirstDifference(store, source, here);
        difference.compare(there);
        if (difference.line > 0) {
            difference.rows.put("line", String.valueOf(difference.line));
        }
        return difference.rows;
    }

    private static Map<String, Function<Entry, Object>> fields() {
        Map<String, Function<Entry, Object>> fields = new LinkedHashMap<>();
        fields.put("type", Entry::type);
        fields.put("mode", entry -> "0" + Integer.toOctalString(entry.mode()));
        fields.put("uid", entry -> entry.owner().uid());
        fields.put("gid", entry -> entry.owner().gid());
        fields.put("uname", entry -> entry.owner().user());
        fields.put("gname", entry -> entry.owner().group());
        fields.put("mtime", Entry::time);
        fields.put("linkname", Entry::target);
        fields.put("device", Entry::device);
        fields.put("PAX records", entry -> entry.attributes().records());
        return fields;
    }

    private void found(String field, @Nullable Object before, @Nullable Object after) {
        rows.put("field", field);
        rows.put("here", Excerpt.oneLine(String.valueOf(before)));
        rows.put("there", Excerpt.oneLine(String.valueOf(after)));
    }

    private void compare(Rebuilt there) throws IOException {
        if (there.failure().isPresent()) {
            rows.put("failure", there.failure().get());
            return;
        }
        List<Rebuilt.Output> others = new ArrayList<>(there.outputs());
        for (int i = 0; i < here.outputs().size(); i++) {
            Rebuilt.Output output = here.outputs().get(i);
            // By its name, wherever it comes; a name that is new each time is told by its place in the order.
            Optional<Rebuilt.Output> other = others.stream().filter(o -> o.place().equals(output.place())).findFirst()
                    .or(() -> others.stream().filter(o -> here.outputs().stream().noneMatch(h -> h.place().equals(o.place())))
                            .findFirst());
            if (other.isEmpty() || !other.get().digest().equals(output.digest())) {
                rows.put("output", output.place());
                if (other.isEmpty()) {
                    found("output", output.digest(), "not handed on");
                } else {
                    manifests(output.digest(), other.get().digest());
                }
                return;
            }
            others.remove(other.get());
        }
        if (!others.isEmpty()) {
            rows.put("output", others.get(0).place());
            found("output", "not handed on", others.get(0).digest());
        }
    }

    private Optional<Document> document(Digest digest) throws IOException {
        Optional<Blob> blob = store.find(digest);
        return blob.isEmpty() ? Optional.empty() : Optional.of(Document.parse(blob.get().bytes(), digest.toString()));
    }

    private void manifests(Digest one, Digest two) throws IOException {
        Optional<Document> before = document(one);
        Optional<Document> after = document(two);
        if (before.isEmpty() || after.isEmpty()) {
            found("manifest, which comes from a registry", one, two);
        } else if (before.get().get("manifests").isPresent() && after.get().get("manifests").isPresent()) {
            int differing = firstDiffering(before.get(), after.get(), "manifests");
            if (differing < 0) {
                documents("index", before.get(), after.get());
                return;
            }
            Descriptor entry = Descriptor.parse(before.get().objects("manifests").get(differing), one.toString());
            rows.put("image", entry.platform().map(Platform::toString).orElse("number " + (differing + 1)));
            manifests(entry.digest(), digest(after.get().objects("manifests").get(differing)));
        } else {
            images(before.get(), after.get());
        }
    }

    /** The first place at which two lists of descriptors name something else; -1 if there is none. */
    private static int firstDiffering(Document before, Document after, String list) {
        List<Map<String, @Nullable Object>> one = before.objects(list);
        List<Map<String, @Nullable Object>> two = after.objects(list);
        return IntStream.range(0, Math.min(one.size(), two.size()))
                .filter(i -> !digest(one.get(i)).equals(digest(two.get(i)))).findFirst().orElse(-1);
    }

    private static Digest digest(Map<String, @Nullable Object> descriptor) {
        return Digest.parse(String.valueOf(descriptor.get("digest")));
    }

    private void images(Document before, Document after) throws IOException {
        int layer = firstDiffering(before, after, "layers");
        List<Map<String, @Nullable Object>> layers = before.objects("layers");
        if (layer >= 0) {
            Digest one = digest(layers.get(layer));
            Digest two = digest(after.objects("layers").get(layer));
            rows.put("layer", layer + 1 + " of " + layers.size() + ", " + one);
            layers(one, two);
        } else if (layers.size() != after.objects("layers").size()) {
            found("number of layers", layers.size(), after.objects("layers").size());
        } else {
            Optional<Document> config = document(digest(before.object("config")));
            Optional<Document> other = document(digest(after.object("config")));
            if (config.isPresent() && other.isPresent() && !config.get().digest().equals(other.get().digest())) {
                documents("config", config.get(), other.get());
            } else {
                documents("manifest", before, after);
            }
        }
    }

    private void documents(String what, Document before, Document after) {
        if (!values(what + ":", before.tree(), after.tree())) {
            found("order of keys in the " + what, before.digest(), after.digest());
        }
    }

    private boolean values(String path, @Nullable Object before, @Nullable Object after) {
        if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> two) {
            Set<Object> keys = new LinkedHashSet<>(one.keySet());
            keys.addAll(two.keySet());
            return keys.stream().anyMatch(key -> values(path + (path.endsWith(":") ? " " : ".") + key, one.get(key), two.get(key)));
        }
        if (before instanceof List<?> one && after instanceof List<?> two && one.size() == two.size()) {
            return IntStream.range(0, one.size()).anyMatch(i -> values(path + "[" + i + "]", one.get(i), two.get(i)));
        }
        if (Objects.equals(before, after)) {
            return false;
        }
        found(path, before, after);
        line = said(path, String.valueOf(before));
        return true;
    }

    /** The only line of the recipe that says the last name of a path, or what an environment variable is called. */
    private int said(String path, String value) {
        String name = path.endsWith("]") ? value.replaceFirst("=.*", "") : path.replaceFirst(".*[. ]", "");
        Pattern word = Pattern.compile("(?<![\\w.])" + (name.equals("created") ? "(withC|c)reated" : Pattern.quote(name)) + "(?!\\w)");
        List<String> lines = source.text().lines().toList();
        int[] saying = IntStream.range(0, lines.size()).filter(i -> word.matcher(lines.get(i)).find()).toArray();
        return saying.length == 1 ? saying[0] + 1 : 0;
    }

    private void layers(Digest one, Digest two) throws IOException {
        Optional<Blob> before = store.find(one);
        Optional<Blob> after = store.find(two);
        if (before.isEmpty() || after.isEmpty()) {
            found("layer, which comes from a registry", one, two);
            return;
        }
        try (TarReader first = reader(before.get()); TarReader second = reader(after.get())) {
            boolean isSame = true;
            while (isSame) {
                Optional<Entry> entry = first.next();
                Optional<Entry> other = second.next();
                if (entry.isEmpty() && other.isEmpty()) {
                    found("packed bytes; the tar archive is the same", one, two);
                    return;
                }
                isSame = entry.isPresent() && other.isPresent() && entry.get().path().equals(other.get().path())
                        && entries(entry.get(), other.get(), first, second);
                if (!isSame && !rows.containsKey("field")) {
                    found("path", entry.map(e -> "/" + e.path()).orElse("no entry more"),
                            other.map(e -> "/" + e.path()).orElse("no entry more"));
                }
                if (!isSame && entry.isPresent()) {
                    line = here.line(one, entry.get().path()).orElse(0);
                }
            }
        }
    }

    private static TarReader reader(Blob layer) throws IOException {
        return new TarReader(Compression.unpack(layer.open()), "layer " + layer.digest());
    }

    /** Whether two entries of one path are the same. */
    private boolean entries(Entry entry, Entry other, TarReader first, TarReader second) throws IOException {
        String path = "/" + Excerpt.oneLine(entry.path());
        for (Map.Entry<String, Function<Entry, Object>> field : FIELDS.entrySet()) {
            Object one = field.getValue().apply(entry);
            Object two = field.getValue().apply(other);
            if (!one.equals(two)) {
                rows.put("entry", path);
                found(field.getKey(), one, two);
                return false;
            }
        }
        try (InputStream one = new BufferedInputStream(first.content());
                InputStream two = new BufferedInputStream(second.content())) {
            Optional<Excerpt> differing = Excerpt.firstDifference(one, two);
            differing.ifPresent(excerpt -> {
                rows.put("entry", path);
                found("content, byte " + excerpt.place(), excerpt.before(), excerpt.after());
            });
            return differing.isEmpty();
        }
    }
}
