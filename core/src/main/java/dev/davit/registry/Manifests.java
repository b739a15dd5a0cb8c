package dev.davit.registry;

import dev.davit.blob.Digest;
import dev.davit.image.Descriptor;
import dev.davit.image.MediaType;
import dev.davit.json.Document;
import dev.davit.ref.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Manifests of a registry, by tag or digest.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests">Manifests</a>
 */
final class Manifests {

    private static final String ACCEPTED = Stream.of(MediaType.OCI_INDEX, MediaType.OCI_MANIFEST, MediaType.DOCKER_INDEX,
            MediaType.DOCKER_MANIFEST).map(MediaType::name).collect(Collectors.joining(", "));
    private static final String DIGEST_HEADER = "Docker-Content-Digest";
    private static final String SUBJECT_HEADER = "OCI-Subject";
    /** How registries answer that delete nothing by a tag. */
    private static final List<Integer> UNSUPPORTED = List.of(400, 405, 501);

    /**
     * A manifest, and what the registry says of it.
     *
     * @param served the media type that the answer has
     * @param digest that the answer has, if it is one
     */
    record Fetched(Document document, MediaType served, Optional<Digest> digest) {

        MediaType mediaType() {
            return document.text("mediaType").map(MediaType::new).orElse(served);
        }

        boolean hasDigest() {
            return digest.isEmpty() || digest.get().equals(Manifests.digest(digest.get(), document.bytes()));
        }
    }

    private final Transport transport;
    private final Consumer<String> warnings;

    Manifests(Transport transport, Consumer<String> warnings) {
        this.transport = transport;
        this.warnings = warnings;
    }

    /** The manifest; one asked for by digest is what the digest says. */
    Fetched get(Reference reference) throws IOException {
        return read(reference, this::get);
    }

    /** The manifest that the repository itself has, whatever its mirrors have. */
    Fetched original(Reference reference) throws IOException {
        return get(reference, transport.retries());
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(Reference place, Retries retries) throws IOException;
    }

    /** Reads from the mirrors, or from where the reference says. */
    private <T> T read(Reference reference, Reading<T> reading) throws IOException {
        return transport.mirrors().read(reference.repository(), reference.digest().isPresent(),
                (place, retries) -> reading.from(reference.withRepository(place), retries));
    }

    private Fetched get(Reference reference, Retries retries) throws IOException {
        Transport.Answer answer = transport.get(url(reference), ACCEPTED, Access.pull(reference.repository()), retries);
        Optional<Digest> asked = reference.digest();
        if (asked.isPresent()) {
            Digest actual = digest(asked.get(), answer.bytes());
            if (!actual.equals(asked.get())) {
                throw new IOException("GET " + url(reference) + ": the manifest is not what its digest says: it is "
                        + actual);
            }
        }
        Document document = Document.parse(answer.bytes(), reference.toString());
        Optional<Digest> said = answer.digest().flatMap(Manifests::parsed);
        Fetched fetched = new Fetched(document, mediaType(answer.mediaType()), said);
        if (!fetched.hasDigest()) {
            warnings.accept(reference + ": the registry says digest " + said.orElseThrow() + ", but its manifest is "
                    + document.digest());
        }
        return fetched;
    }

    /** The bytes of a manifest of any kind; nothing if the repository has none of this name. */
    Optional<byte[]> find(Reference reference, MediaType mediaType) throws IOException {
        try {
            return Optional.of(read(reference, (place, retries) -> transport.get(url(place), mediaType.name(),
                    Access.pull(place.repository()), retries)).bytes());
        } catch (RegistryException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The digest of these bytes, by the same algorithm. */
    static Digest digest(Digest like, byte[] bytes) {
        return Digest.of(like.algorithm(), like.hasher().digest(bytes));
    }

    private static Optional<Digest> parsed(String text) {
        try {
            return Optional.of(Digest.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static MediaType mediaType(String header) {
        return new MediaType(header.replaceFirst(";.*", "").strip());
    }

    /**
     * What a name stands for, at the cost of a HEAD request. Where the answer lacks something, or contradicts the digest
     * that was asked for, the manifest itself is fetched and hashed.
     */
    Descriptor head(Reference reference) throws IOException {
        return read(reference, (place, retries) -> head(place, Access.pull(place.repository()), retries));
    }

    private Descriptor head(Reference reference, Access access, Retries retries) throws IOException {
        Request request = request(reference).head().header("Accept", ACCEPTED).build();
        Optional<Descriptor> said;
        try {
            said = retries.run(() -> {
                try (Response response = transport.send(request, access)) {
                    return described(response);
                }
            });
        } catch (RegistryException e) {
            if (e.status() != 405) {
                throw e;
            }
            said = Optional.empty();
        }
        if (said.isPresent() && reference.digest().orElse(said.get().digest()).equals(said.get().digest())) {
            return said.get();
        }
        Fetched fetched = get(reference, retries);
        return Descriptor.of(fetched.mediaType(), reference.digest().orElse(fetched.document().digest()),
                fetched.document().size());
    }

    private static Optional<Descriptor> described(Response response) {
        MediaType mediaType = mediaType(response.header("Content-Type", ""));
        String length = response.header("Content-Length", "");
        Optional<Digest> digest = parsed(response.header(DIGEST_HEADER, ""));
        boolean complete = (mediaType.isIndex() || mediaType.isManifest()) && length.matches("[1-9][0-9]{0,8}");
        return complete ? digest.map(d -> Descriptor.of(mediaType, d, Long.parseLong(length))) : Optional.empty();
    }

    /** The same, asked of the repository itself; nothing where the name stands for nothing yet. */
    Optional<Descriptor> find(Reference reference, Access access) throws IOException {
        try {
            return Optional.of(head(reference, access, transport.retries()));
        } catch (RegistryException e) {
            // Some registries deny what is not there; if writing is denied too, the first write will say so.
            if (e.status() == 404 || e.status() == 403) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The digest that an answer to a write has, and whether the registry has noted what the manifest refers to. */
    private record Stored(Optional<Digest> digest, boolean subjectNoted) { }

    /** Stores the exact bytes under this name, and lists them among the referrers of their subject if they have one. */
    void put(Reference reference, Document document, MediaType mediaType) throws IOException {
        RequestBody body = RequestBody.create(document.bytes());
        Request request = request(reference).put(body).header("Content-Type", mediaType.name()).build();
        Stored stored = transport.retries().run(() -> {
            try (Response response = transport.send(request, Access.push(reference.repository()))) {
                return new Stored(parsed(response.header(DIGEST_HEADER, "")), response.header(SUBJECT_HEADER) != null);
            }
        });
        if (stored.digest.isPresent() && !stored.digest.get().equals(digest(stored.digest.get(), document.bytes()))) {
            throw new IOException("PUT " + request.url() + ": the registry stored " + stored.digest.get()
                    + " instead of " + document.digest());
        }
        Optional<Digest> subject = subject(document);
        if (subject.isPresent() && !stored.subjectNoted) {
            new ReferrersTag(this, reference.repository(), subject.get())
                    .add(document, mediaType, reference.digest().orElse(document.digest()));
        }
    }

    /** What a manifest is about. */
    private static Optional<Digest> subject(Document manifest) {
        return manifest.text("subject", "digest").flatMap(Manifests::parsed);
    }

    /** Deletes a tag; or by digest a manifest, also from the list of its subject's referrers. */
    void delete(Reference reference) throws IOException {
        Optional<Digest> subject = reference.digest().isPresent() ? subject(reference) : Optional.empty();
        Request request = request(reference).delete().build();
        transport.retries().run(() -> {
            transport.send(request, Access.delete(reference.repository())).close();
            return List.of();
        });
        if (subject.isPresent()) {
            new ReferrersTag(this, reference.repository(), subject.get()).remove(reference.digest().orElseThrow());
        }
    }

    private Optional<Digest> subject(Reference reference) {
        try {
            return subject(original(reference).document());
        } catch (IOException e) {
            return Optional.empty(); // what cannot be read can be deleted all the same
        }
    }

    static boolean isUnsupported(RegistryException e) {
        return UNSUPPORTED.contains(e.status());
    }

    /** Deletes a tag; where a registry does not, the manifest that is known to have no other. */
    void untag(Reference tag, Digest manifest) throws IOException {
        try {
            delete(tag);
        } catch (RegistryException e) {
            if (!isUnsupported(e)) {
                throw e;
            }
            delete(tag.withDigest(manifest));
        }
    }

    private Request.Builder request(Reference reference) throws IOException {
        return new Request.Builder().url(url(reference));
    }

    private HttpUrl url(Reference reference) throws IOException {
        return transport.url(reference.repository().registry(),
                "v2/" + reference.repository().path() + "/manifests/" + reference.identifier());
    }
}
