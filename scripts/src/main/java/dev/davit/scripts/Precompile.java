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

    /** Keeps the classes of all scripts of some folders in the first folder. */
    public static void main(String... folders) throws IOException {
        Path target = Path.of(folders[0]);
        for (String folder : List.of(folders).subList(1, folders.length)) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.filter(file -> file.toString().endsWith(Commands.SUFFIX)).sorted().toList()) {
                    CompiledScript.of(ScriptSource.read(file.getFileName().toString(), file), List.of(target));
                }
            }
        }
    }
}
