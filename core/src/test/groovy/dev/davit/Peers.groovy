package dev.davit

import java.nio.file.Files
import java.nio.file.Path

/** Other tools that specs compare with. A missing one skips the spec, but fails it where {@code CI} is {@code true}. */
class Peers {

    static boolean has(String program) {
        System.getenv('CI') == 'true'
                || System.getenv('PATH').split(File.pathSeparator).any { Files.isExecutable(Path.of(it, program)) }
    }

    /** What the program prints; fails with all that it printed unless it ends well. */
    static String run(Object... command) {
        def errors = Files.createTempFile('peer', '.err')
        try {
            def process = new ProcessBuilder(command*.toString()).redirectError(errors.toFile()).start()
            process.outputStream.close()
            def output = process.inputStream.text
            int status = process.waitFor()
            assert status == 0, "${command.join(' ')} ended with $status: $output${errors.toFile().text}"
            return output
        } finally {
            Files.delete(errors)
        }
    }
}
