package dev.davit.auth;

import dev.davit.json.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The credentials in one configuration of Docker's form. For {@code host/a/b} the entry of {@code host/a/b} counts first,
 * then that of {@code host/a}, then that of {@code host}; for the latter the credential store comes before the entries.
 */
final class DockerConfig implements Keychain {

    /** Where the configuration is, read anew each time. */
    private interface Origin {
        Optional<Document> read() throws IOException;
    }

    private final String name;
    private final Origin origin;
    private final Map<String, String> environment;
    private final Consumer<String> warnings;

    private DockerConfig(String name, Origin origin, Map<String, String> environment, Consumer<String> warnings) {
        this.name = name;
        this.origin = origin;
        this.environment = environment;
        this.warnings = warnings;
    }

    DockerConfig(Path file, Map<String, String> environment, Consumer<String> warnings) {
        this(file.toString(), () -> read(file), environment, warnings);
    }

    /** The one whose text is in {@code DOCKER_AUTH_CONFIG}, if there is one. */
    static DockerConfig inEnvironment(Map<String, String> environment, Consumer<String> warnings) {
        String variable = "DOCKER_AUTH_CONFIG";
        String text = environment.getOrDefault(variable, "");
        return new DockerConfig(variable, () -> text.isBlank() ? Optional.empty() : Optional.of(
                SecretDocument.parse(text.getBytes(StandardCharsets.UTF_8), variable)), environment, warnings);
    }

    static Optional<Document> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SecretDocument.parse(Files.readAllBytes(file), file.toString()));
        } catch (FileSystemException e) {
            throw new IOException("cannot read the credentials in " + file + ": " + e, e);
        }
    }

    @Override
    public Credentials credentials(String asked, String path) throws IOException {
        String registry = asked.toLowerCase(Locale.ROOT);
        Optional<Document> read = origin.read();
        if (read.isEmpty()) {
            return Credentials.anonymous();
        }
        Document config = read.get();
        Map<String, String> helpers = byName(config.textMap("credHelpers").keySet());
        Map<String, String> entries = byName(config.object("auths").keySet());
        Credentials known = Credentials.anonymous();
        for (String server : ServerName.around(registry, path)) {
            if (helpers.containsKey(server)) {
                known = known.or(helper(config.textMap("credHelpers").getOrDefault(helpers.get(server), ""), server));
            } else if (server.equals(registry)) {
                known = known.or(store(config, server));
            }
            if (known.isAnonymous() && entries.containsKey(server)) {
                known = known.or(AuthEntry.read(config, name, "auths", entries.get(server)));
            }
            if (!known.isAnonymous()) {
                return known;
            }
        }
        return known;
    }

    /** The file's keys by the names that they stand for; a key that is the very name wins over others. */
    static Map<String, String> byName(Set<String> keys) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String key : keys) {
            String name = ServerName.of(key);
            if (name.equals(key)) {
                byName.put(name, key);
            } else {
                byName.putIfAbsent(name, key);
            }
        }
        return byName;
    }

    private Credentials helper(String program, String server) throws IOException {
        return new CredentialHelper(program, environment).get(ServerName.key(server));
    }

    private Credentials store(Document config, String server) {
        String program = config.text("credsStore").orElse("");
        if (program.isEmpty()) {
            return Credentials.anonymous();
        }
        try {
            return helper(program, server);
        } catch (IOException e) {
            // The store is Docker's default for everything, so it says nothing of this registry; a pull may need nothing.
            warnings.accept(e.getMessage() + "; going on without credentials for " + server);
            return new Credentials.Anonymous(String.valueOf(e.getMessage()));
        }
    }
}
