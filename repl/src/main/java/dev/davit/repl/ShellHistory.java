package dev.davit.repl;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** The inputs of this shell and of those before it, in a file that only the user reads. Secrets are not kept. */
final class ShellHistory extends DefaultHistory {

    private static final Pattern SECRET = Pattern.compile(
            "(?i)(pass(word|wd|phrase)|secret|token|credential|api_?key|private_?key)\\w*['\"\\]]*\\s*[:=,(]"
                    + "|\\b(credentials|login)\\s*[('\"]|authorization|\\bbearer\\s|://[^/\\s'\"]+:[^/\\s'\"]+@");

    @Override
    public void add(Instant time, String line) {
        if (!isSecret(line)) {
            super.add(time, line);
        }
    }

    static boolean isSecret(String line) {
        return SECRET.matcher(line).find();
    }

    /** Where the history is kept: {@code davit/history} in the XDG state directory. */
    static Path file(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        Path state = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "state") : Path.of(xdg);
        return state.resolve("davit").resolve("history");
    }

    /** Makes the file where there is none; empty if that cannot be done, and nothing is to be kept. */
    static Optional<Path> prepared(Path file) {
        try {
            Files.createDirectories(file.getParent());
            try {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException e) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            return Optional.of(file);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
