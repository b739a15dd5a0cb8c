package dev.davit.registry;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.blob.Parallel;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Sink;
import dev.davit.image.Source;
import dev.davit.json.Document;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import dev.davit.validate.Findings;
import dev.davit.validate.Validation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.Request;

/**
 * Talks to registries: one client for any number of them, to be shared between threads and closed at the end.
 *
 * <p>Bytes that a registry has already are not moved: what a repository holds is left alone, what another repository of
 * the same registry holds is mounted, and only the rest is sent, streamed from its source without touching the disk.
 * All that is read by digest is verified. Failures that may pass are tried again, and a download that breaks off goes on
 * from where it stopped.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI distribution</a>
 */
public final class RegistryClient implements Source, Sink, AutoCloseable {

    private final Wire wire;
    private final Transport transport;
    private final Manifests manifests;
    private final Blobs blobs;
    private final Uploads uploads;
    private final Parallel parallel;
    private final Referrers referrers;
    private final Hub hub;
    private final boolean foreignLayers;

    private RegistryClient(Settings settings) {
        this.wire = new Wire(settings);
        this.transport = new Transport(wire, new Retries(settings.retries, settings.firstWait), settings);
        this.manifests = new Manifests(transport, settings.warnings);
        this.blobs = new Blobs(transport);
        this.uploads = new Uploads(transport, blobs, settings.chunk);
        this.parallel = Parallel.of(settings.parallel, wire::cancel);
        this.referrers = new Referrers(transport, manifests);
        this.hub = new Hub(transport, settings.environment.getOrDefault("DAVIT_HUB", ""));
        this.foreignLayers = settings.foreignLayers;
    }

    /** A client with the credentials that {@link dev.davit.auth.Keychain#standard} finds. */
    public static RegistryClient create() {
        return create(settings -> { });
    }

    public static RegistryClient create(Consumer<Settings> block) {
        Settings settings = new Settings();
        block.accept(settings);
        return new RegistryClient(settings);
    }

    /** What {@link #get(Reference)} gives for this text. */
    @Override
    public Artifact get(String reference) throws IOException {
        return get(Reference.parse(reference));
    }

    /** The image or index. Its manifest is fetched now; config, layers and manifests of an index when they are used. */
    public Artifact get(Reference reference) throws IOException {
        return Artifact.of(manifest(reference), content(reference.repository(), this::manifest), reference.toString());
    }

    /** How a manifest is fetched by its digest. */
    private interface Fetch {
        Document manifest(Reference reference) throws IOException;
    }

    private Artifact.Content content(Repository repository, Fetch fetch) {
        return new Artifact.Content() {
            @Override
            public Blob blob(Descriptor descriptor) {
                return RegistryClient.this.blob(repository, descriptor);
            }

            @Override
            public Document manifest(Descriptor descriptor) throws IOException {
                return fetch.manifest(Reference.of(repository, descriptor.digest()));
            }

            @Override
            public Blob extra(Descriptor descriptor) {
                Blob blob = blob(descriptor);
                return Blob.of(blob.digest(), blob.size(), blob.origin().orElseThrow(), () -> {
                    Optional<byte[]> manifest = manifests.find(Reference.of(repository, blob.digest()), descriptor.mediaType());
                    return manifest.isPresent() ? new ByteArrayInputStream(manifest.get()) : blob.open();
                });
            }
        };
    }

    /**
     * What is wrong with what a reference names, with all that is in it, and with what the registry says of it. Fetches
     * everything, unless it is to be fast.
     *
     * @param fast whether to leave the bytes of layers alone and only ask whether they are there, and how many
     * @throws IOException only if the thread is interrupted
     */
    public Findings validate(Reference reference, boolean fast) throws IOException {
        return Validation.run(fast, reference.toString(), validation -> {
            Fetch fetch = name -> judged(name, validation);
            validation.manifest(fetch.manifest(reference), content(reference.repository(), fetch));
        });
    }

    private Document judged(Reference reference, Validation validation) throws IOException {
        Manifests.Fetched fetched = manifests.get(reference);
        if (!fetched.mediaType().equals(fetched.served())) {
            validation.add(reference.toString(), "its mediaType is " + fetched.mediaType()
                    + ", but the registry serves it as '" + fetched.served() + "'");
        }
        if (!fetched.hasDigest()) {
            validation.add(reference.toString(), "is " + fetched.document().digest() + ", but the registry says "
                    + fetched.digest().orElseThrow());
        }
        return fetched.document();
    }

    /** What {@link #put(Reference, Artifact)} does for this text. */
    @Override
    public Descriptor put(String reference, Artifact artifact) throws IOException {
        return put(Reference.parse(reference), artifact);
    }

    /**
     * Pushes an image or a whole index, byte for byte: blobs, then the manifests that an index lists, then the manifest
     * itself under the reference's tag, or by its digest if there is no tag. If the tag stands for it already, that costs
     * one HEAD request. Layers that their owner wants to be fetched from elsewhere are not pushed.
     *
     * @return what was pushed
     * @throws IllegalArgumentException if the reference has a digest and it is another one
     */
    public Descriptor put(Reference reference, Artifact artifact) throws IOException {
        return new Push(manifests, uploads, parallel, foreignLayers, reference.repository()).put(reference, artifact);
    }

    /**
     * What a name stands for: media type, digest and size of a manifest. Costs a HEAD request; the digest is then the
     * registry's word. Only where the registry does not say all of it, the manifest is fetched and hashed.
     *
     * @throws RegistryException with status 404 if the name stands for nothing
     */
    public Descriptor head(Reference reference) throws IOException {
        return manifests.head(reference);
    }

    /** The exact manifest, of at most 32 MiB. */
    public Document manifest(Reference reference) throws IOException {
        return manifests.get(reference).document();
    }

    /**
     * A blob of this repository; fetched when it is opened. Where the registry does not have it and the descriptor says
     * where its owner serves it, it comes from there, by HTTPS and with no credentials.
     */
    public Blob blob(Repository repository, Descriptor descriptor) {
        return blobs.blob(repository, descriptor.digest(), descriptor.size(), descriptor.urls());
    }

    /** The same where only the digest is known; asks the registry for the size. */
    public Blob blob(Repository repository, Digest digest) throws IOException {
        return blobs.blob(repository, digest, blobs.size(repository, digest), List.of());
    }

    /** Whether the repository holds this blob. */
    public boolean exists(Repository repository, Digest digest) throws IOException {
        return blobs.exists(repository, digest, Access.pull(repository));
    }

    /** Puts a blob into a repository, unless it is there. */
    public void upload(Repository repository, Blob blob) throws IOException {
        uploads.upload(repository, blob);
    }

    /**
     * The tags of a repository, in the registry's order. Pages after the first are fetched when the stream comes to them;
     * it fails then with an {@link java.io.UncheckedIOException}.
     */
    public Stream<String> tags(Repository repository) throws IOException {
        return Pages.names(transport, Access.pull(repository), "v2/" + repository.path() + "/tags/list", "tags");
    }

    /** The paths of a registry's repositories, fetched like {@link #tags}; many registries tell nobody. */
    public Stream<String> catalog(String registry) throws IOException {
        String host = new Repository(registry, "any").registry();
        return Pages.names(transport, Access.toCatalog(host), "v2/_catalog", "repositories");
    }

    /**
     * What refers to a manifest as its subject, be that there or not: media type, digest and size of each, its type and its
     * annotations. Fetched like {@link #tags}. Where the registry keeps no such list, it is the one that clients keep under
     * the tag {@code sha256-<hash>}, as this one does when it pushes and deletes.
     *
     * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers">Referrers</a>
     */
    public Stream<Descriptor> referrers(Repository repository, Digest subject) throws IOException {
        return referrers.of(repository, subject);
    }

    /** Those of one type, such as {@code application/spdx+json}. */
    public Stream<Descriptor> referrers(Repository repository, Digest subject, String artifactType) throws IOException {
        return referrers.of(repository, subject, artifactType);
    }

    /**
     * All that is attached to an image or index in these ways in a repository, to the images in an index, and to what is
     * attached; each once, after what it is attached to: what has a tag of its own by that, the rest by its digest.
     */
    public List<Reference> attached(Repository repository, Artifact artifact, Attachment... kinds) throws IOException {
        return new Attached(this, parallel, repository, Set.of(kinds)).to(artifact);
    }

    /** The tags that stand for this digest, in the registry's order. Costs a HEAD request for every tag there is. */
    public List<String> tags(Repository repository, Digest digest) throws IOException {
        List<String> tags = tagsIfAny(repository);
        List<Optional<Descriptor>> named = parallel.map(tags, tag ->
                manifests.find(Reference.of(repository, tag), Access.pull(repository)));
        return IntStream.range(0, tags.size())
                .filter(i -> named.get(i).filter(d -> d.digest().equals(digest)).isPresent()).mapToObj(tags::get).toList();
    }

    private List<String> tagsIfAny(Repository repository) throws IOException {
        try (Stream<String> tags = tags(repository)) {
            return tags.toList();
        } catch (RegistryException e) {
            if (e.status() != 404) { // that is how some registries say that nothing in the repository has a tag
                throw e;
            }
            return List.of();
        }
    }

    /**
     * A repository, if there is one of this name, and all those whose names go on after it and a slash. Google's registries
     * tell them one by one; of others it is what {@link #catalog} tells.
     */
    public Stream<Repository> repositories(Repository root) throws IOException {
        Optional<Inventory> inventory = inventory(root);
        if (inventory.isPresent() && inventory.get().isTold()) {
            return Stream.concat(Stream.of(root), inventory.get().children().stream().flatMap(child -> {
                try {
                    return repositories(child);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        return catalog(root.registry()).filter(path -> path.equals(root.path()) || path.startsWith(root.path() + "/"))
                .map(path -> new Repository(root.registry(), path));
    }

    private Optional<Inventory> inventory(Repository repository) throws IOException {
        try {
            return Optional.of(Inventory.of(transport, repository));
        } catch (RegistryException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The manifests of a repository that no tag leads to: they have none, are in no index that stays, and refer to nothing
     * that stays; an index comes before what is in it. What is being pushed meanwhile may look like that, too.
     *
     * @throws IOException also if the registry does not tell which manifests it has; only Google's do
     */
    public List<Reference> untagged(Repository repository) throws IOException {
        Inventory inventory = Inventory.of(transport, repository);
        if (!inventory.isTold()) {
            throw new IOException(repository + ": the registry tells the tags but not the manifests, so nobody can say which "
                    + "of them have no tag");
        }
        return inventory.garbage(this, parallel);
    }

    /** Docker Hub, for what other registries do not tell. */
    public Hub hub() {
        return hub;
    }

    /** Gives what a name stands for one more tag in its repository. */
    public void tag(Reference from, String tag) throws IOException {
        Reference to = from.withTag(tag);
        Manifests.Fetched fetched = manifests.original(from);
        manifests.put(to, fetched.document(), fetched.mediaType());
    }

    /**
     * Deletes a tag; or by digest a manifest, with all its tags. What a manifest refers to stays, and so does what refers to
     * it. A manifest that has a subject is read before, so that it can be taken from the list of the subject's referrers.
     *
     * @throws RegistryException also if the registry deletes nothing by its tag, as many do not; it says then what the
     *                           tag stands for, and which other tags stand for that
     */
    public void delete(Reference reference) throws IOException {
        try {
            manifests.delete(reference);
        } catch (RegistryException e) {
            throw reference.digest().isEmpty() && Manifests.isUnsupported(e) ? advised(e, reference) : e;
        }
    }

    private RegistryException advised(RegistryException refusal, Reference tag) {
        try {
            Reference image = tag.withDigest(head(tag).digest());
            List<String> tags = new ArrayList<>(tags(tag.repository(), image.digest().orElseThrow()));
            tags.remove(tag.identifier());
            return refusal.withAdvice("a registry that deletes no tags may delete " + image
                    + (tags.isEmpty() ? ", which has no other tag" : ", which is also tagged " + String.join(", ", tags)));
        } catch (IOException e) {
            refusal.addSuppressed(e);
            return refusal;
        }
    }

    /** Fails unless the registry is there and knows the credentials, if there are any. */
    public void ping(String registry) throws IOException {
        Request request = new Request.Builder().url(transport.url(registry, "v2/")).build();
        Access access = Access.toRegistry(registry);
        transport.retries().run(() -> {
            transport.send(request, access).close();
            return registry;
        });
    }

    /**
     * A token with which a registry lets its bearer pull from a repository, for who wants to speak to it without this
     * client. It is good for some minutes, as a rule.
     *
     * @param push whether it also lets push
     * @param mounts repositories of the same registry that it lets pull from, too
     * @throws IOException if the registry asks for no token
     */
    public String token(Repository repository, boolean push, Repository... mounts) throws IOException {
        Access access = push ? Access.push(repository) : Access.pull(repository);
        for (Repository mount : mounts) {
            access = access.and("repository:" + mount.path() + ":pull");
        }
        try {
            ping(repository.registry());
        } catch (RegistryException e) {
            if (e.status() != 401 && e.status() != 403) { // what it asks for is known by now
                throw e;
            }
        }
        return transport.token(access);
    }

    /** Looks up credentials anew from now on, because others are known. */
    public void forgetCredentials() {
        transport.forgetCredentials();
    }

    /** Ends what a thread sends and receives, which an interrupt does not; there it fails as an {@link IOException}. */
    public void cancel(Thread thread) {
        wire.cancel(thread);
    }

    /** Ends all connections and what still runs over them. */
    @Override
    public void close() {
        wire.close();
    }
}
