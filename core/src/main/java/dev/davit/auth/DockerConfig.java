package dev.davit.auth;

import dev.davit.json.Document;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The credentials in one file of Docker's form. For {@code host/a/b} the entry of {@code host/a/b} counts first, then
 * that of {@code host/a}, then that of {@code host}; for the latter the credential store comes before the file itself.
 */
final class DockerConfig implements Keychain {

    private static final String HUB_SERVER = "https://index.docker.io/v1/";
    private static final List<String> HUB_NAMES = List.of("docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    private final Path file;
    private final Map<String, String> environment;
    private final Consumer<String> warnings;

    DockerConfig(Path file, Map<String, String> environment, Consumer<String> warnings) {
        this.file = file;
        this.environment = environment;
        this.warnings = warnings;
    }

    @Override
    public Credentials credentials(String asked, String path) throws IOException {
        String registry = asked.toLowerCase(Locale.ROOT);
        if (!Files.isRegularFile(file)) {
            return Credentials.anonymous();
        }
        Document config = read();
        Map<String, String> helpers = normalised(config.textMap("credHelpers").keySet());
        Map<String, String> entries = normalised(config.object("auths").keySet());
        for (String name : names(registry, path)) {
            Credentials found = Credentials.anonymous();
            if (helpers.containsKey(name)) {
                found = helper(config.textMap("credHelpers").getOrDefault(helpers.get(name), ""), name);
            } else if (name.equals(registry)) {
                found = store(config, name);
            }
            if (found.isAnonymous() && entries.containsKey(name)) {
                found = entry(config, entries.get(name));
            }
            if (!found.isAnonymous()) {
                return found;
            }
        }
        return Credentials.anonymous();
    }

    private Document read() throws IOException {
        try {
            return Document.parse(Files.readAllBytes(file), file.toString());
        } catch (FileSystemException e) {
            throw new IOException("cannot read the credentials in " + file + ": " + e, e);
        }
    }

    /** The repository, what it lies in, and the registry. */
    private static List<String> names(String registry, String path) {
        List<String> names = new ArrayList<>();
        for (String rest = path; !rest.isEmpty(); rest = rest.substring(0, Math.max(rest.lastIndexOf('/'), 0))) {
            names.add(registry + "/" + rest);
        }
        names.add(registry);
        return names;
    }

    /** The file's keys by the names that they stand for; a key that is the very name wins over others. */
    private static Map<String, String> normalised(Set<String> keys) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String key : keys) {
            String name = normalised(key);
            if (name.equals(key)) {
                byName.put(name, key);
            } else {
                byName.putIfAbsent(name, key);
            }
        }
        return byName;
    }

    private static String normalised(String key) {
        String name = key.replaceFirst("^https?://", "").replaceFirst("/+$", "").replaceFirst("/v[12]$", "");
        int slash = name.indexOf('/');
        String host = (slash < 0 ? name : name.substring(0, slash)).toLowerCase(Locale.ROOT);
        return (HUB_NAMES.contains(host) ? Repository.HUB : host) + (slash < 0 ? "" : name.substring(slash));
    }

    private Credentials helper(String program, String name) throws IOException {
        return new CredentialHelper(program, environment).get(name.equals(Repository.HUB) ? HUB_SERVER : name);
    }

    private Credentials store(Document config, String name) {
        String program = config.text("credsStore").orElse("");
        if (program.isEmpty()) {
            return Credentials.anonymous();
        }
        try {
            return helper(program, name);
        } catch (IOException e) {
            // The store is Docker's default for everything, so it says nothing of this registry; a pull may need nothing.
            warnings.accept(e.getMessage() + "; going on without credentials for " + name);
            return Credentials.anonymous();
        }
    }

    private Credentials entry(Document config, String key) throws IOException {
        String identity = config.text("auths", key, "identitytoken").orElse("");
        if (!identity.isEmpty()) {
            return new Credentials.IdentityToken(identity);
        }
        String token = config.text("auths", key, "registrytoken").orElse("");
        if (!token.isEmpty()) {
            return new Credentials.RegistryToken(token);
        }
        String auth = config.text("auths", key, "auth").orElse("");
        if (!auth.isEmpty()) {
            return decoded(auth, key);
        }
        String user = config.text("auths", key, "username").orElse("");
        return user.isEmpty() ? Credentials.anonymous()
                : Credentials.of(user, config.text("auths", key, "password").orElse(""));
    }

    private Credentials decoded(String auth, String key) throws IOException {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            text = "";
        }
        int colon = text.indexOf(':');
        if (colon < 1) {
            // The value stays out of the message: it is a secret, however malformed.
            throw new IOException(file + ": the 'auth' of " + key + " is not the base64 form of USER:PASSWORD");
        }
        // Docker once padded passwords with zero bytes.
        return Credentials.of(text.substring(0, colon), text.substring(colon + 1).replaceFirst("\0+$", ""));
    }
}
