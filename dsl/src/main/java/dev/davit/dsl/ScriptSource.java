package dev.davit.dsl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text of a script.
 *
 * @param name what messages call it: the path as the user gave it
 */
public record ScriptSource(String name, String text) {

    /** Reads a file. */
    public static ScriptSource read(String name, Path file) throws IOException {
        return new ScriptSource(name, Files.readString(file, StandardCharsets.UTF_8));
    }

    /** The last part of the name: what the script's frames in a stack trace say. */
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The line with this number, from 1; empty if there is none. */
    String line(int number) {
        return text.lines().skip(Math.max(0, number - 1)).findFirst().orElse("");
    }
}
