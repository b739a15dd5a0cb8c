package dev.davit.proof;

import dev.davit.blob.Digest;
import dev.davit.dsl.LayerTrace.Statement;
import dev.davit.json.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a build in another JVM has made.
 *
 * @param outputs what was handed on, and where to, in order
 * @param statements which lines of the recipe made what of which layer
 * @param failure what it said, if it failed
 */
record Rebuilt(List<Output> outputs, Map<Digest, List<Statement>> statements, Optional<String> failure) {

    /** Something that was handed on. */
    record Output(String place, Digest digest) { }

    static Rebuilt failed(String failure) {
        return new Rebuilt(List.of(), Map.of(), Optional.of(failure));
    }

    /** Reads the {@link Notes} of one. */
    static Rebuilt read(Path file) throws IOException {
        Document notes = Document.parse(Files.readAllBytes(file), "the notes of a build");
        List<Output> outputs = notes.objects("outputs").stream().map(output ->
                new Output(String.valueOf(output.get("place")), Digest.parse(String.valueOf(output.get("digest"))))).toList();
        Map<Digest, List<Statement>> layers = new LinkedHashMap<>();
        for (String layer : notes.object("layers").keySet()) {
            List<Statement> statements = new ArrayList<>();
            notes.objects("layers", layer).forEach(note -> statements.add(new Statement(String.valueOf(note.get("path")),
                    Integer.parseInt(String.valueOf(note.get("line"))))));
            layers.put(Digest.parse(layer), statements);
        }
        return new Rebuilt(outputs, layers, Optional.empty());
    }

    /** The line that made an entry of a layer: the last one that says its path, or else a path above it. */
    OptionalInt line(Digest layer, String entry) {
        String path = entry.replaceFirst("(^|/)\\.wh\\.(?!\\.)([^/]+)$", "$1$2");
        Statement best = null;
        for (Statement statement : statements.getOrDefault(layer, List.of())) {
            boolean isAbout = statement.path().isEmpty() || path.equals(statement.path())
                    || path.startsWith(statement.path() + "/");
            if (isAbout && (best == null || statement.path().length() >= best.path().length())) {
                best = statement;
            }
        }
        return best == null ? OptionalInt.empty() : OptionalInt.of(best.line());
    }
}
