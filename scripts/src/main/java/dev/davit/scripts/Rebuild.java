package dev.davit.scripts;

import dev.davit.blob.Blob;
import dev.davit.blob.ContentStore;
import dev.davit.dsl.LayerTrace.Statement;
import dev.davit.dsl.ScriptError;
import dev.davit.dsl.ScriptSource;
import dev.davit.dsl.Session;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.json.Document;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JVM in which a recipe builds once more. Nothing leaves it: what the recipe hands on to a registry or an engine is kept
 * in the content store and noted down.
 */
public final class Rebuild {

    private final List<Map<String, String>> outputs = new ArrayList<>();
    private final Map<String, List<Map<String, Object>>> layers = new LinkedHashMap<>();

    private Rebuild() {
    }

    /** @param words the file for the notes, the recipe's name and file, where its command line was said, and that */
    public static void main(String... words) throws IOException {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        ScriptSource source = ScriptSource.read(words[1], Path.of(words[2]));
        try {
            List<String> arguments = List.of(words).subList(4, words.length);
            Rebuild rebuild = new Rebuild();
            rebuild.run(source, Path.of(words[2]), Path.of(words[3]), arguments, err);
            Files.write(Path.of(words[0]), rebuild.notes().bytes());
            System.exit(ExitCode.SUCCESS.number());
        } catch (HelpWanted e) {
            err.println(source.name() + ": --help builds nothing");
        } catch (UsageException e) {
            err.println(source.name() + ": " + e.getMessage());
        } catch (Exception | Error e) {
            err.println(ScriptError.of(e, source));
        }
        System.exit(ExitCode.FAILURE.number());
    }

    private void run(ScriptSource source, Path file, Path caller, List<String> arguments, PrintStream err) throws Exception {
        Path folder = file.getParent();
        PrintStream out = new PrintStream(OutputStream.nullOutputStream());
        try (Session session = new Session(folder, System.getenv(), out, err)) {
            session.change(settings -> settings.rehearse(write -> { }));
            session.lock(LockOptions.anew(file, List.of())); // reads what is locked, and is content with what is made
            session.gate((place, artifact) -> {
                keep(artifact, session.store());
                note(place, artifact);
                return isInside(place);
            });
            session.trace(source, this::note);
            Recipe recipe = CompiledScript.of(source, List.of(Session.cache(System.getenv()).resolve("classes"))).load();
            recipe.start(new Job(source.name(), source, arguments, InputStream.nullInputStream(), out, folder, caller,
                    new CommonOptions(), false), session);
            session.run(recipe::run);
        }
    }

    /** Whether this is a file or a folder beside the recipe, which is a copy here. */
    private static boolean isInside(String place) {
        return place.matches("(archive|oci):[^/].*") && !place.contains("..");
    }

    private synchronized void note(String place, Artifact artifact) {
        Map<String, String> output = new LinkedHashMap<>();
        output.put("place", place);
        output.put("digest", artifact.digest().toString());
        outputs.add(output);
    }

    private synchronized void note(Layer layer, List<Statement> statements) {
        List<Map<String, Object>> notes = new ArrayList<>();
        for (Statement statement : statements) {
            Map<String, Object> note = new LinkedHashMap<>();
            note.put("path", statement.path());
            note.put("line", statement.line());
            notes.add(note);
        }
        layers.put(layer.digest().toString(), notes);
    }

    private Document notes() {
        Map<String, @Nullable Object> notes = new LinkedHashMap<>();
        notes.put("outputs", outputs);
        notes.put("layers", layers);
        return Document.of(notes);
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
