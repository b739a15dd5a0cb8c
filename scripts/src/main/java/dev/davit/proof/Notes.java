package dev.davit.proof;

import dev.davit.blob.Blob;
import dev.davit.blob.ContentStore;
import dev.davit.dsl.LayerTrace.Statement;
import dev.davit.dsl.ScriptSource;
import dev.davit.dsl.Session;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.json.Document;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe makes in a session from which nothing leaves: what it hands on to a registry or an engine is kept in the
 * content store and noted down, for a {@link Proof} in another JVM.
 */
public final class Notes {

    private final List<Map<String, String>> outputs = new ArrayList<>();
    private final Map<String, List<Map<String, Object>>> layers = new LinkedHashMap<>();

    private Notes() {
    }

    /** Begins to take them in a session, before the recipe runs in it. */
    public static Notes of(Session session, ScriptSource recipe) {
        Notes notes = new Notes();
        session.change(settings -> settings.rehearse(write -> { }));
        session.gate((place, artifact) -> {
            keep(artifact, session.store());
            notes.add(place, artifact);
            return isInside(place);
        });
        session.trace(recipe, notes::add);
        return notes;
    }

    /** Whether this is a file or a folder beside the recipe, which is a copy here. */
    private static boolean isInside(String place) {
        return place.matches("(archive|oci):[^/].*") && !place.contains("..");
    }

    private synchronized void add(String place, Artifact artifact) {
        Map<String, String> output = new LinkedHashMap<>();
        output.put("place", place);
        output.put("digest", artifact.digest().toString());
        outputs.add(output);
    }

    private synchronized void add(Layer layer, List<Statement> statements) {
        List<Map<String, Object>> notes = new ArrayList<>();
        for (Statement statement : statements) {
            Map<String, Object> note = new LinkedHashMap<>();
            note.put("path", statement.path());
            note.put("line", statement.line());
            notes.add(note);
        }
        layers.put(layer.digest().toString(), notes);
    }

    /** Writes them for {@link Rebuilt#read}. */
    public synchronized void write(Path file) throws IOException {
        Map<String, @Nullable Object> notes = new LinkedHashMap<>();
        notes.put("outputs", outputs);
        notes.put("layers", layers);
        Files.write(file, Document.of(notes).bytes());
    }

    /** Keeps all that was made here. */
    private static void keep(Artifact artifact, ContentStore store) throws IOException {
        store.add(out -> out.write(artifact.manifest().bytes()));
        if (artifact instanceof Index index) {
            for (Descriptor descriptor : index.descriptors()) {
                if (index.extra(descriptor).isEmpty()) {
                    keep(index.child(descriptor), store);
                }
            }
        } else {
            for (Blob blob : ((Image) artifact).blobs()) {
                if (blob.isLocal() && store.find(blob.digest()).isEmpty()) {
                    try (InputStream in = blob.open()) {
                        store.add(in::transferTo);
                    }
                }
            }
        }
    }
}
