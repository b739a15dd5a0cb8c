package dev.davit.registry;

import dev.davit.blob.Digest;
import dev.davit.image.Descriptor;
import dev.davit.image.MediaType;
import dev.davit.json.Document;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The list of what refers to a manifest, which clients keep for each other under a tag made of the manifest's digest where
 * the registry keeps none. No registry locks it: each change is read again, and made again where somebody overwrote it.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema">
 *     Referrers tag schema</a>
 */
final class ReferrersTag {

    private static final int MOST_TRIES = 10;
    private static final int LONGEST_HASH = 64;

    private final Manifests manifests;
    private final Reference tag;

    ReferrersTag(Manifests manifests, Repository repository, Digest subject) {
        this.manifests = manifests;
        String hash = subject.hex().substring(0, Math.min(subject.hex().length(), LONGEST_HASH));
        this.tag = Reference.of(repository, subject.algorithm() + "-" + hash);
    }

    List<Descriptor> list() throws IOException {
        Optional<Document> index = read();
        return index.isPresent() ? descriptors(index.get()) : List.of();
    }

    private List<Descriptor> descriptors(Document index) throws IOException {
        return Descriptor.parseAll(index, "manifests", tag.toString());
    }

    private Optional<Document> read() throws IOException {
        try {
            Manifests.Fetched fetched = manifests.original(tag);
            if (!fetched.mediaType().equals(MediaType.OCI_INDEX)) {
                throw new IOException(tag + " is no list of referrers but " + fetched.mediaType());
            }
            return Optional.of(fetched.document());
        } catch (RegistryException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What a list says of a manifest. */
    static Descriptor referrer(Document manifest, MediaType mediaType, Digest digest) throws IOException {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(
                Descriptor.of(mediaType, digest, manifest.size()).tree());
        manifest.text("artifactType").or(() -> manifest.text("config", "mediaType"))
                .ifPresent(type -> tree.put("artifactType", type));
        if (!manifest.textMap("annotations").isEmpty()) {
            tree.put("annotations", manifest.textMap("annotations"));
        }
        return Descriptor.parse(tree, digest.toString());
    }

    /** Lists a manifest, unless it is listed. */
    void add(Document manifest, MediaType mediaType, Digest digest) throws IOException {
        Descriptor referrer = referrer(manifest, mediaType, digest);
        change(listed -> {
            if (listed.stream().anyMatch(other -> other.digest().equals(digest))) {
                return listed;
            }
            Map<Digest, Descriptor> each = new LinkedHashMap<>();
            listed.forEach(other -> each.putIfAbsent(other.digest(), other));
            each.put(digest, referrer);
            return each.values().stream().sorted(Comparator.comparing(Descriptor::digest)).toList();
        });
    }

    /** Lists a manifest no longer; a list of nothing goes. */
    void remove(Digest digest) throws IOException {
        change(listed -> listed.stream().filter(other -> !other.digest().equals(digest)).toList());
    }

    private void change(UnaryOperator<List<Descriptor>> change) throws IOException {
        synchronized (manifests) { // what this client itself does at once need not be done again
            for (int tries = 0; ; tries++) {
                Optional<Document> before = read();
                List<Descriptor> listed = before.isPresent() ? descriptors(before.get()) : new ArrayList<>();
                List<Descriptor> wanted = change.apply(listed);
                if (wanted.equals(listed)) {
                    return;
                }
                if (tries == MOST_TRIES) {
                    throw new IOException(tag + ": others overwrite this list of referrers again and again");
                }
                if (wanted.isEmpty()) {
                    manifests.untag(tag, before.orElseThrow().digest());
                } else {
                    manifests.put(tag, index(before, wanted), MediaType.OCI_INDEX);
                }
            }
        }
    }

    private static Document index(Optional<Document> before, List<Descriptor> descriptors) {
        Document index = before.orElseGet(() -> {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("schemaVersion", 2);
            tree.put("mediaType", MediaType.OCI_INDEX.name());
            return Document.of(tree);
        });
        return index.edit(tree -> tree.set(descriptors.stream().map(Descriptor::tree).toList(), "manifests"));
    }
}
