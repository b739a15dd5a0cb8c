package dev.davit.auth;

import dev.davit.blob.AtomicFile;
import dev.davit.json.Document;
import dev.davit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The user's own credentials in Docker's {@code config.json}, or in the program that it names for them. What else is in the
 * file stays, with its order; the file is replaced as a whole, and only its user can read it.
 */
public final class Logins {

    private final Path file;
    private final Map<String, String> environment;

    private Logins(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** Those of {@code DOCKER_CONFIG}, or of the home folder. */
    public static Logins in(Map<String, String> environment) {
        return new Logins(ConfigFiles.docker(environment), environment);
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /**
     * Keeps credentials for a registry, in place of those that were there.
     *
     * @throws IOException also if the program that is to keep them fails
     */
    public void store(String registry, Credentials.Password password) throws IOException {
        String key = ServerName.key(ServerName.parse(registry).toString());
        Document config = read();
        Optional<CredentialHelper> helper = helper(config, key);
        Map<String, Object> entry = new LinkedHashMap<>();
        if (helper.isPresent()) {
            helper.get().store(key, password);
        } else {
            entry.put("auth", Base64.getEncoder().encodeToString(
                    (password.user() + ":" + password.password()).getBytes(StandardCharsets.UTF_8)));
        }
        // Docker, too, notes by an empty entry what the program keeps.
        write(config, config.edit(editor -> {
            others(config, key).forEach(other -> editor.remove("auths", other));
            editor.set(entry, "auths", key);
        }));
    }

    /**
     * Forgets the credentials for a registry.
     *
     * @return whether there were any in the file
     */
    public boolean erase(String registry) throws IOException {
        String key = ServerName.key(ServerName.parse(registry).toString());
        Document config = read();
        Optional<CredentialHelper> helper = helper(config, key);
        if (helper.isPresent()) {
            helper.get().erase(key);
        }
        Document edited = config.edit(editor -> {
            others(config, key).forEach(other -> editor.remove("auths", other));
            editor.remove("auths", key);
        });
        write(config, edited);
        return helper.isPresent() || !edited.equals(config);
    }

    private Document read() throws IOException {
        return DockerConfig.read(file).orElseGet(() -> Document.of(Map.of()));
    }

    private Optional<CredentialHelper> helper(Document config, String key) {
        Map<String, String> helpers = config.textMap("credHelpers");
        String own = DockerConfig.byName(helpers.keySet()).getOrDefault(ServerName.of(key), "");
        String program = helpers.getOrDefault(own, config.text("credsStore").orElse(""));
        return program.isEmpty() ? Optional.empty() : Optional.of(new CredentialHelper(program, environment));
    }

    /** The other keys that stand for the same registry. */
    private static List<String> others(Document config, String key) {
        return config.object("auths").keySet().stream()
                .filter(other -> ServerName.of(other).equals(ServerName.of(key)) && !other.equals(key)).toList();
    }

    private void write(Document before, Document after) throws IOException {
        if (after.equals(before)) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        // As Docker writes it: indented, for people.
        AtomicFile.writePrivately(file, Json.writeIndented(after.tree()));
    }
}
