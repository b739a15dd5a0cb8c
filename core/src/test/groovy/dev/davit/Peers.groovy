package dev.davit

import java.nio.file.Files
import java.nio.file.Path

/** Other people's programs that specs compare with. A missing one skips a spec, but fails it where CI is true. */
final class Peers {

    /** For {@code @Requires}: false only where the program is missing and may be. */
    static boolean has(String program) {
        find(program) != null || System.getenv('CI') == 'true'
    }

    /** What the program writes to its standard output; fails unless it ends with status 0. */
    static String run(String program, String... arguments) {
        Path file = find(program)
        if (file == null) {
            throw new IllegalStateException("$program is not installed")
        }
        Path errors = Files.createTempFile('davit-peer', '.err')
        try {
            def process = new ProcessBuilder([file.toString(), *arguments]).redirectError(errors.toFile()).start()
            process.outputStream.close()
            String output = process.inputStream.text
            if (process.waitFor() != 0) {
                throw new IllegalStateException("$program ${arguments.join(' ')}: ${Files.readString(errors)}")
            }
            return output
        } finally {
            Files.delete(errors)
        }
    }

    static Path find(String program) {
        System.getenv('PATH').split(File.pathSeparator)
                .collect { Path.of(it, program) }
                .find { Files.isExecutable(it) }
    }
}
