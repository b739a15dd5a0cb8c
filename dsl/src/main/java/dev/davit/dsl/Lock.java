package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Index;
import dev.davit.json.Document;
import dev.davit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe was made of and what became of it: the file {@code site.lock} beside {@code site.groovy}. For one set of
 * parameters; a run with others takes the same references, and its outputs must be among those that are locked.
 *
 * @param references what was read by a name that may move: of a registry as people write it, of other media as
 *                   {@link Place} does; {@code localhost:0} is a registry that the recipe serves itself, on any port
 * @param inputs files of this machine by their path from the recipe's folder, with the hash of their content
 * @param parameters of the run, without secrets
 * @param epoch {@code SOURCE_DATE_EPOCH} as a time
 * @param codecs what packed the layers, by name and version
 * @param outputs the digests of what was handed on, by {@linkplain Gate#pass place}
 */
public record Lock(SortedMap<String, Pin> references, SortedMap<String, String> inputs, SortedMap<String, String> parameters,
        String epoch, List<String> codecs, SortedMap<String, Digest> outputs) {

    /** Stands for a registry that the recipe serves itself: its port may be another one each time. */
    static final String OWN_REGISTRY = "localhost:0";

    private static final long VERSION = 1;

    /** What a name stood for. @param platforms of an index, with the digests of their images */
    public record Pin(Digest digest, SortedMap<String, Digest> platforms) {

        static Pin of(Artifact artifact) {
            SortedMap<String, Digest> platforms = new TreeMap<>();
            if (artifact instanceof Index index) {
                for (Descriptor descriptor : index.descriptors()) {
                    descriptor.platform().filter(platform -> !platform.isUnknown())
                            .ifPresent(platform -> platforms.put(platform.toString(), descriptor.digest()));
                }
            }
            return new Pin(artifact.digest(), platforms);
        }
    }

    public Lock {
        references = Collections.unmodifiableSortedMap(new TreeMap<>(references));
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        codecs = List.copyOf(codecs);
        outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
    }

    /** Whether a reference is one that a registry beside the recipe has; not one of another medium, or of its own registry. */
    public static boolean isFromRegistry(String name) {
        return !name.matches("(archive|oci|daemon):.*|" + OWN_REGISTRY + "/.*");
    }

    /** Where the lock of a recipe is. */
    public static Path beside(Path recipe) {
        return recipe.resolveSibling(recipe.getFileName().toString().replaceFirst("\\.groovy$", "") + ".lock");
    }

    /** The lock of a recipe, if it has one. */
    public static Optional<Lock> of(Path recipe) throws IOException {
        Path file = beside(recipe);
        return Files.exists(file) ? Optional.of(parse(Files.readAllBytes(file), file.getFileName().toString())) : Optional.empty();
    }

    /**
     * Reads what {@link #toString} gives.
     *
     * @throws IOException if it is no lock, or one of another version
     */
    static Lock parse(byte[] bytes, String place) throws IOException {
        if (new String(bytes, StandardCharsets.UTF_8).lines().anyMatch(line -> line.startsWith("<<<<<<< "))) {
            throw new IOException(place + " has a merge conflict in it: take either side, then 'davit lock' the merged recipe");
        }
        Document lock = Document.parse(bytes, place);
        if (lock.number("version").orElse(0) != VERSION) {
            throw new IOException(place + " is no lock that this Davit can read: expected \"version\": " + VERSION);
        }
        SortedMap<String, Pin> references = new TreeMap<>();
        SortedMap<String, Digest> outputs = new TreeMap<>();
        try {
            for (String name : lock.object("references").keySet()) {
                references.put(name, new Pin(Digest.parse(lock.text("references", name, "digest").orElse("")),
                        digests(lock.textMap("references", name, "platforms"))));
            }
            outputs.putAll(digests(lock.textMap("outputs")));
        } catch (IllegalArgumentException e) {
            throw new IOException(place + " is no lock: " + e.getMessage(), e);
        }
        return new Lock(references, new TreeMap<>(lock.textMap("inputs")), new TreeMap<>(lock.textMap("parameters")),
                lock.text("epoch").orElse(""), lock.texts("codecs"), outputs);
    }

    private static SortedMap<String, Digest> digests(Map<String, String> texts) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        texts.forEach((name, text) -> digests.put(name, Digest.parse(text)));
        return digests;
    }

    /** The file: JSON in lines, in an order that only depends on what it says. */
    @Override
    public String toString() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("version", VERSION);
        tree.put("parameters", parameters);
        tree.put("epoch", epoch);
        Map<String, Object> pins = new LinkedHashMap<>();
        references.forEach((name, pin) -> {
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("digest", pin.digest().toString());
            if (!pin.platforms().isEmpty()) {
                said.put("platforms", texts(pin.platforms()));
            }
            pins.put(name, said);
        });
        tree.put("references", pins);
        tree.put("inputs", inputs);
        tree.put("codecs", codecs);
        tree.put("outputs", texts(outputs));
        return new String(Json.writeIndented(tree), StandardCharsets.UTF_8) + "\n";
    }

    private static Map<String, String> texts(SortedMap<String, Digest> digests) {
        Map<String, String> texts = new LinkedHashMap<>();
        digests.forEach((name, digest) -> texts.put(name, digest.toString()));
        return texts;
    }
}
