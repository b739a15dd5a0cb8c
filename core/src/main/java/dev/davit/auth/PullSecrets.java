package dev.davit.auth;

import dev.davit.json.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pull secrets of Kubernetes, of the types {@code kubernetes.io/dockerconfigjson} and {@code kubernetes.io/dockercfg}.
 *
 * <p>An entry's key is a registry and maybe a path. In the registry {@code *} and {@code ?} stand for anything within one
 * label of a host name, and the port must be equal. The path counts by whole parts: {@code host/team} is for
 * {@code host/team/app} and, other than in Kubernetes, not for {@code host/teams}. Of the entries that fit, those that name
 * their host win over those with {@code *} or {@code ?}, then the longest key, then the first secret.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/containers/images/#config-json">How Kubernetes reads them</a>
 */
public final class PullSecrets implements Keychain {

    private static final String JSON_KEY = ".dockerconfigjson";
    private static final String LEGACY_KEY = ".dockercfg";

    private final List<PullSecret> entries;

    private PullSecrets(List<PullSecret> entries) {
        List<PullSecret> sorted = new ArrayList<>(entries);
        sorted.sort(PullSecret.MOST_SPECIFIC);
        this.entries = List.copyOf(sorted);
    }

    /**
     * Reads a folder into which a secret is mounted, a file of it, or manifests of secrets in JSON or YAML.
     *
     * @throws IOException if there is no pull secret in it
     */
    public static PullSecrets read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            Path file = path.resolve(JSON_KEY);
            return read(Files.exists(file) ? file : path.resolve(LEGACY_KEY));
        }
        byte[] bytes = Files.readAllBytes(path);
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<PullSecret> entries = new ArrayList<>();
        boolean json = text.stripLeading().startsWith("{");
        for (Document document : json ? List.of(SecretDocument.parse(bytes, path.toString()))
                : SecretYaml.parse(text, path.toString())) {
            if (document.text("kind").isPresent()) {
                entries.addAll(entries(document, path.toString()));
                for (Map<String, @Nullable Object> item : document.objects("items")) {
                    entries.addAll(entries(Document.of(item), path.toString()));
                }
            } else {
                entries.addAll(content(document, path.toString()));
            }
        }
        if (entries.isEmpty()) {
            throw new IOException(path + " holds no pull secret: expected a secret of the type kubernetes.io/dockerconfigjson"
                    + " or kubernetes.io/dockercfg, or the content of one");
        }
        return new PullSecrets(entries);
    }

    /** The secrets of a service account of the cluster that this process runs in; asked for when they are needed. */
    public static Keychain ofCluster(Consumer<Cluster> block) {
        Cluster cluster = new Cluster();
        block.accept(cluster);
        return new ClusterSecrets(cluster);
    }

    /** The entries of secrets, as the API server gives these. */
    static PullSecrets of(List<Document> secrets, String where) throws IOException {
        List<PullSecret> entries = new ArrayList<>();
        for (Document secret : secrets) {
            entries.addAll(entries(secret, where));
        }
        return new PullSecrets(entries);
    }

    private static List<PullSecret> entries(Document secret, String where) throws IOException {
        String name = where + secret.text("metadata", "name").map(text -> ", secret " + text).orElse("");
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> item : secret.textMap("data").entrySet()) {
            if (item.getKey().equals(JSON_KEY) || item.getKey().equals(LEGACY_KEY)) {
                files.put(item.getKey(), decoded(item.getValue(), name + ": the value of " + item.getKey()));
            }
        }
        secret.textMap("stringData").forEach((key, text) -> files.put(key, text.getBytes(StandardCharsets.UTF_8)));
        for (String key : List.of(JSON_KEY, LEGACY_KEY)) {
            byte[] content = files.get(key);
            if (content != null) {
                return content(SecretDocument.parse(content, name + ": the value of " + key), name);
            }
        }
        return List.of();
    }

    private static byte[] decoded(String base64, String what) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(what + " is not base64"); // the cause quotes of it
        }
    }

    /** The entries of a docker configuration, or of its older form, which has them at its top. */
    private static List<PullSecret> content(Document config, String where) throws IOException {
        boolean older = config.get("auths").isEmpty();
        Set<String> keys = older ? config.tree().keySet() : config.object("auths").keySet();
        List<PullSecret> entries = new ArrayList<>();
        for (String key : keys) {
            Credentials credentials = older ? AuthEntry.read(config, where, key) : AuthEntry.read(config, where, "auths", key);
            if (!credentials.isAnonymous()) {
                entries.add(PullSecret.of(key, credentials));
            }
        }
        return Collections.unmodifiableList(entries);
    }

    @Override
    public Credentials credentials(String registry, String path) {
        String asked = registry.toLowerCase(Locale.ROOT);
        return entries.stream().filter(entry -> entry.serves(asked, path)).findFirst().map(PullSecret::credentials)
                .orElse(Credentials.anonymous());
    }
}
