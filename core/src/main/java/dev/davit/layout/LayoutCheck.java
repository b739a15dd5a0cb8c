package dev.davit.layout;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.json.Document;
import dev.davit.validate.Findings;
import dev.davit.validate.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks a layout: its two documents, what they lead to, and the files that nothing leads to. */
final class LayoutCheck {

    private final Path folder;
    private final Validation validation;

    private LayoutCheck(Path folder, Validation validation) {
        this.folder = folder;
        this.validation = validation;
    }

    static Findings of(Path folder, boolean fast) throws IOException {
        return Validation.run(fast, folder.toString(), validation -> new LayoutCheck(folder, validation).check());
    }

    private void check() throws IOException {
        IndexFile file = new IndexFile(folder);
        String version = file.version().toString();
        validation.attempt(version, () -> {
            Document document = file.readVersion();
            if (!document.text("imageLayoutVersion").orElse("").equals("1.0.0")) {
                validation.add(version, "has the imageLayoutVersion '" + document.get("imageLayoutVersion").orElse("")
                        + "', expected '1.0.0'");
            }
        });
        String index = file.index().toString();
        validation.attempt(index, () -> validation.list(index, file.read(), new BlobFolder(folder)));
        for (Path algorithm : sorted(folder.resolve("blobs"))) {
            for (Path blob : sorted(algorithm)) {
                blob(algorithm, blob);
            }
        }
    }

    private List<Path> sorted(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            validation.add(parent.toString(), "is not a folder");
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.sorted().toList();
        }
    }

    private void blob(Path algorithm, Path file) throws IOException {
        Optional<Digest> named = BlobFolder.digest(algorithm.getFileName() + ":" + file.getFileName());
        if (named.isEmpty()) {
            validation.note(file.toString(), "is not named by a digest");
            return;
        }
        Digest digest = named.get();
        if (validation.isReferenced(digest)) {
            return;
        }
        validation.note(file.toString(), "nothing refers to this blob");
        validation.attempt(file.toString(), () -> {
            if (!validation.isFast()) {
                validation.blob(file.toString(), Blob.of(file, digest, Files.size(file)));
            }
        });
    }
}
