package dev.davit.scripts;

import dev.davit.dsl.ScriptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Compiles scripts ahead of their first run; the build does it for the commands that come with Davit. */
public final class Precompile {

    private Precompile() {
    }

    /** Keeps the classes of all scripts of some folders in the first folder, and nothing else. */
    public static void main(String... folders) throws IOException {
        Path target = Files.createDirectories(Path.of(folders[0]));
        try (Stream<Path> old = Files.list(target)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        for (String folder : List.of(folders).subList(1, folders.length)) {
            for (String name : Commands.names(Path.of(folder))) {
                Path file = Path.of(folder, name + Commands.SUFFIX);
                CompiledScript.of(ScriptSource.read(file.getFileName().toString(), file), List.of(target));
            }
        }
    }
}
