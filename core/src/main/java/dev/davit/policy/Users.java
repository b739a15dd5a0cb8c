package dev.davit.policy;

import dev.davit.tar.Overlay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;

/** The users that an image knows. */
final class Users {

    private Users() {
    }

    /** Whether a user, by number or name, is root: by the number 0, or by the name or another name of that number. */
    static boolean isRoot(String user, Overlay files) throws IOException {
        if (user.matches("\\d+")) {
            return user.matches("0+");
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(files.open("/etc/passwd"), StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> line.split(":")).filter(fields -> fields.length > 2 && fields[0].equals(user))
                    .findFirst().map(fields -> fields[2].matches("0+")).orElse(user.equals("root"));
        } catch (NoSuchFileException e) {
            return user.equals("root");
        }
    }
}
