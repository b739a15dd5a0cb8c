package dev.davit.dsl;

import java.util.List;

/** The types that scripts and the shell know by their simple names, beyond those that Groovy imports itself. */
public final class Imports {

    public static final List<String> TYPES = List.of("java.nio.file.Files", "java.nio.file.Path", "dev.davit.blob.Digest",
            "dev.davit.blob.Legible", "dev.davit.dsl.Place", "dev.davit.image.Image", "dev.davit.image.Index",
            "dev.davit.image.Platform", "dev.davit.json.Json", "dev.davit.ref.Reference", "dev.davit.ref.Repository",
            "dev.davit.ref.Tag");

    private Imports() {
    }
}
