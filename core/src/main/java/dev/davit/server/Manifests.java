package dev.davit.server;

import dev.davit.blob.Digest;
import dev.davit.json.Document;
import dev.davit.json.Json;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Manifests and the tags that name them.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests">Manifests</a>
 */
final class Manifests {

    /** What registries agree to take; a client may count on it. */
    private static final int LARGEST = 4 << 20;
    /** What an index lists most often; it may list anything else too, which can be a blob. */
    private static final Pattern MANIFEST = Pattern.compile("application/vnd\\."
            + "(oci\\.image\\.(index|manifest)\\.v1|docker\\.distribution\\.manifest\\.(list\\.)?v2)\\+json");

    private final Storage storage;

    Manifests(Storage storage) {
        this.storage = storage;
    }

    void answer(Exchange exchange, Repository repository, String name) throws IOException, Refusal {
        switch (exchange.method()) {
            case "GET", "HEAD" -> read(exchange, repository, name);
            case "PUT" -> write(exchange, repository, name);
            case "DELETE" -> delete(exchange, repository, name);
            default -> throw Router.unsupported(exchange);
        }
    }

    private void read(Exchange exchange, Repository repository, String name) throws IOException, Refusal {
        Digest digest = resolve(repository, name);
        String type = storage.mediaType(repository, digest).orElseThrow(() -> unknown(repository, name));
        Path file = storage.content(digest);
        exchange.with("Docker-Content-Digest", digest).with("Content-Type", type)
                .with("ETag", '"' + digest.toString() + '"');
        try (InputStream in = Files.newInputStream(file)) {
            exchange.send(200, Files.size(file), in);
        }
    }

    private Digest resolve(Repository repository, String name) throws IOException, Refusal {
        if (name.contains(":")) {
            return Router.digest(name);
        }
        try {
            Reference.of(repository, name);
        } catch (IllegalArgumentException e) {
            throw unknown(repository, name);
        }
        return storage.tagged(repository, name).orElseThrow(() -> unknown(repository, name));
    }

    private static Refusal unknown(Repository repository, String name) {
        return new Refusal(404, "MANIFEST_UNKNOWN", "repository " + repository.path() + " has no manifest " + name);
    }

    private void write(Exchange exchange, Repository repository, String name) throws IOException, Refusal {
        byte[] bytes = exchange.body().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new Refusal(413, "SIZE_INVALID", "a manifest may have " + LARGEST + " bytes");
        }
        Document manifest = parsed(bytes);
        String type = mediaType(exchange, manifest);
        checkReferences(repository, manifest);
        Digest digest = manifest.digest();
        if (name.contains(":")) {
            Digest wanted = Router.digest(name);
            digest = Digest.of(wanted.algorithm(), wanted.hasher().digest(bytes));
            if (!digest.equals(wanted)) {
                throw new Refusal(400, "DIGEST_INVALID", "the manifest has the digest " + digest + ", not " + wanted);
            }
        } else {
            checkTag(repository, name);
        }
        storage.keep(bytes, digest);
        Storage.write(storage.entry(repository, "manifests", digest), type);
        Optional<Digest> subject = Referrers.subject(manifest);
        if (subject.isPresent()) {
            Referrers.add(storage, repository, subject.get(), manifest, type, digest);
            exchange.with("OCI-Subject", subject.get());
        }
        if (!name.contains(":")) {
            Storage.write(storage.entry(repository, "tags", name), digest.toString());
        }
        exchange.with("Location", "/v2/" + repository.path() + "/manifests/" + digest)
                .with("Docker-Content-Digest", digest).send(201);
    }

    private static Document parsed(byte[] bytes) throws Refusal {
        try {
            return Document.parse(bytes, "the manifest");
        } catch (IOException e) {
            throw invalid(e.getMessage());
        }
    }

    private static Refusal invalid(String message) {
        return new Refusal(400, "MANIFEST_INVALID", message);
    }

    private static void checkTag(Repository repository, String name) throws Refusal {
        try {
            Reference.of(repository, name);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    private static String mediaType(Exchange exchange, Document manifest) throws Refusal {
        Optional<String> sent = exchange.header("Content-Type").map(type -> type.split(";")[0].strip());
        Optional<String> said = manifest.text("mediaType");
        if (sent.isPresent() && said.isPresent() && !sent.equals(said)) {
            throw invalid("the manifest says it is " + said.get() + ", but was sent as " + sent.get());
        }
        return said.or(() -> sent).orElseThrow(() -> invalid("neither the manifest nor its Content-Type says what it is"));
    }

    /** What a manifest refers to must be here before it, except layers that are fetched from elsewhere. */
    private void checkReferences(Repository repository, Document manifest) throws IOException, Refusal {
        if (!manifest.object("config").isEmpty()) {
            checkBlob(repository, manifest.object("config"));
        }
        for (Map<String, @Nullable Object> layer : manifest.objects("layers")) {
            String type = String.valueOf(layer.get("mediaType"));
            if (!type.contains(".nondistributable.") && !type.contains(".foreign.")) {
                checkBlob(repository, layer);
            }
        }
        for (Map<String, @Nullable Object> child : manifest.objects("manifests")) {
            Digest digest = digest(child);
            boolean isManifest = MANIFEST.matcher(String.valueOf(child.get("mediaType"))).matches();
            if (storage.mediaType(repository, digest).isEmpty()
                    && (isManifest || storage.blob(repository, digest).isEmpty())) {
                throw missing(repository, isManifest ? "manifest" : "content", digest);
            }
        }
    }

    private void checkBlob(Repository repository, Map<String, @Nullable Object> descriptor) throws Refusal {
        Digest digest = digest(descriptor);
        if (storage.blob(repository, digest).isEmpty()) {
            throw missing(repository, "blob", digest);
        }
    }

    private static Digest digest(Map<String, @Nullable Object> descriptor) throws Refusal {
        try {
            return Digest.parse(String.valueOf(descriptor.get("digest")));
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    private static Refusal missing(Repository repository, String kind, Digest digest) {
        return new Refusal(404, "MANIFEST_BLOB_UNKNOWN", "the manifest refers to the " + kind + " " + digest
                + ", which repository " + repository.path() + " does not have");
    }

    private void delete(Exchange exchange, Repository repository, String name) throws IOException, Refusal {
        Digest digest = resolve(repository, name);
        if (storage.mediaType(repository, digest).isEmpty()) {
            throw unknown(repository, name);
        }
        if (!name.contains(":")) {
            Files.deleteIfExists(storage.entry(repository, "tags", name));
            exchange.send(202);
            return;
        }
        for (String tag : storage.tags(repository)) {
            if (storage.tagged(repository, tag).filter(digest::equals).isPresent()) {
                Files.deleteIfExists(storage.entry(repository, "tags", tag));
            }
        }
        Document manifest = Document.parse(Files.readAllBytes(storage.content(digest)), "manifest " + digest);
        Optional<Digest> subject = Referrers.subject(manifest);
        if (subject.isPresent()) {
            Referrers.remove(storage, repository, subject.get(), digest);
        }
        Files.deleteIfExists(storage.entry(repository, "manifests", digest));
        exchange.send(202);
    }

    /** Names of the tags, with {@code n} and {@code last} as the client asked. */
    void list(Exchange exchange, Repository repository) throws IOException, Refusal {
        if (!storage.has(repository)) {
            throw new Refusal(404, "NAME_UNKNOWN", "there is no repository " + repository.path());
        }
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", repository.path());
        page.put("tags", Page.of(storage.tags(repository), exchange));
        exchange.send(200, "application/json", Json.write(page));
    }
}
