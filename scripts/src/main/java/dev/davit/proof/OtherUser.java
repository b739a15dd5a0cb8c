package dev.davit.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A user of another number who owns the same files: what a user namespace of Linux makes of the one here. A user of whom
 * that is not so could read neither caches nor the recipe.
 */
final class OtherUser {

    private static final String NUMBER = "54321";
    private static final List<String> COMMAND =
            List.of("unshare", "--user", "--map-user=" + NUMBER, "--map-group=" + NUMBER);

    private OtherUser() {
    }

    /** Why nothing can be run by one here, if so. */
    static Optional<String> obstacle() throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(by(List.of("true"))).redirectErrorStream(true).start();
        } catch (IOException e) {
            return Optional.of("there is no unshare here");
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return Launch.await(process) == 0 ? Optional.empty() : Optional.of(said.lines().findFirst().orElse("unshare fails"));
    }

    /** The command that has one run a command. */
    static List<String> by(List<String> command) {
        List<String> all = new ArrayList<>(COMMAND);
        all.addAll(command);
        return all;
    }
}
