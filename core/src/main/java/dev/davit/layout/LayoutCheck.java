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
        Path version = folder.resolve("oci-layout");
        validation.attempt(version.toString(), () -> {
            Document document = OciLayout.read(version);
            if (!document.text("imageLayoutVersion").orElse("").equals("1.0.0")) {
                validation.add(version.toString(), "has the imageLayoutVersion '"
                        + document.get("imageLayoutVersion").orElse("") + "', expected '1.0.0'");
            }
        });
        Path index = folder.resolve("index.json");
        validation.attempt(index.toString(), () ->
                validation.list(index.toString(), OciLayout.read(index), new OciLayout.Stored(folder)));
        for (Path algorithm : sorted(folder.resolve("blobs"))) {
            for (Path file : sorted(algorithm)) {
                blob(algorithm, file);
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
        Digest digest;
        try {
            digest = new Digest(algorithm.getFileName().toString(), file.getFileName().toString());
        } catch (IllegalArgumentException e) {
            validation.note(file.toString(), "is not named by a digest");
            return;
        }
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
