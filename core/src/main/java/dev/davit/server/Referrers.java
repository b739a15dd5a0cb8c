package dev.davit.server;

import dev.davit.blob.Digest;
import dev.davit.json.Document;
import dev.davit.json.Json;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Manifests that name another one as their subject: signatures, attestations and the like.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers">Referrers</a>
 */
final class Referrers {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private Referrers() {
    }

    /** The subject that a manifest names. */
    static Optional<Digest> subject(Document manifest) throws Refusal {
        Optional<String> digest = manifest.text("subject", "digest");
        return digest.isPresent() ? Optional.of(Router.digest(digest.get())) : Optional.empty();
    }

    static void add(Storage storage, Repository repository, Digest subject, Document manifest, String mediaType,
            Digest digest) throws IOException {
        Map<String, @Nullable Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", mediaType);
        descriptor.put("digest", digest.toString());
        descriptor.put("size", manifest.size());
        manifest.text("artifactType").or(() -> manifest.text("config", "mediaType"))
                .ifPresent(type -> descriptor.put("artifactType", type));
        if (!manifest.textMap("annotations").isEmpty()) {
            descriptor.put("annotations", manifest.textMap("annotations"));
        }
        Storage.write(file(storage, repository, subject, digest), Json.write(descriptor));
    }

    static void remove(Storage storage, Repository repository, Digest subject, Digest digest) throws IOException {
        Files.deleteIfExists(file(storage, repository, subject, digest));
    }

    private static Path file(Storage storage, Repository repository, Digest subject, Digest digest) {
        return storage.entry(repository, "referrers", subject).resolve(digest.algorithm() + "-" + digest.hex());
    }

    /** Lists them, by digest; no subject is unknown, since a referrer may come first. */
    static void list(Exchange exchange, Storage storage, Repository repository, Digest subject) throws IOException {
        Optional<String> wanted = exchange.query("artifactType");
        List<Object> descriptors = new ArrayList<>();
        Path folder = storage.entry(repository, "referrers", subject);
        for (String name : Storage.names(folder)) {
            Document descriptor;
            try {
                descriptor = Document.parse(Files.readAllBytes(folder.resolve(name)), "referrer " + name);
            } catch (NoSuchFileException e) {
                continue; // deleted meanwhile
            }
            if (wanted.isEmpty() || wanted.equals(descriptor.text("artifactType"))) {
                descriptors.add(descriptor.tree());
            }
        }
        Map<String, @Nullable Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", INDEX);
        index.put("manifests", descriptors);
        if (wanted.isPresent()) {
            exchange.with("OCI-Filters-Applied", "artifactType");
        }
        exchange.send(200, INDEX, Json.write(index));
    }
}
