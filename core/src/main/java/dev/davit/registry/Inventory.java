package dev.davit.registry;

import dev.davit.blob.Digest;
import dev.davit.blob.Parallel;
import dev.davit.image.Descriptor;
import dev.davit.image.MediaType;
import dev.davit.json.Document;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in a repository, as Google's registries tell it with its tags: all manifests, and the repositories below it. Other
 * registries tell neither.
 */
final class Inventory {

    /** What one manifest leads to. */
    private record Links(List<Digest> children, Optional<Digest> subject) { }

    private final Repository repository;
    private final List<String> children = new ArrayList<>();
    private final Set<Digest> tagged = new LinkedHashSet<>();
    /** The others, indexes first. */
    private final List<Digest> untagged = new ArrayList<>();
    private final Set<Digest> indexes = new LinkedHashSet<>();
    private boolean told;

    private Inventory(Repository repository) {
        this.repository = repository;
    }

    static Inventory of(Transport transport, Repository repository) throws IOException {
        Inventory inventory = new Inventory(repository);
        try (Stream<Document> pages = Pages.of(transport, Access.pull(repository),
                "v2/" + repository.path() + "/tags/list", (page, place) -> List.of(page))) {
            for (Document page : (Iterable<Document>) pages::iterator) {
                inventory.add(page);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return inventory;
    }

    private void add(Document page) throws IOException {
        told |= page.get("manifest").isPresent() || page.get("child").isPresent();
        children.addAll(page.texts("child"));
        List<Digest> images = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> entry : page.object("manifest").entrySet()) {
            Digest digest = digest(entry.getKey());
            if (new MediaType(page.text("manifest", entry.getKey(), "mediaType").orElse("")).isIndex()) {
                indexes.add(digest);
            }
            if (!page.texts("manifest", entry.getKey(), "tag").isEmpty()) {
                tagged.add(digest);
            } else if (indexes.contains(digest)) {
                untagged.add(digest);
            } else {
                images.add(digest);
            }
        }
        untagged.addAll(images);
    }

    private Digest digest(String text) throws IOException {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("the list of " + repository + ": " + e.getMessage(), e);
        }
    }

    /** Whether the registry has told more than the tags. */
    boolean isTold() {
        return told;
    }

    List<Repository> children() {
        return children.stream().map(child -> new Repository(repository.registry(), repository.path() + "/" + child)).toList();
    }

    /**
     * What has no tag, is in no index that has one, and refers to nothing that stays; each index before what is in it. Reads
     * the indexes, and what has no tag.
     */
    List<Reference> garbage(RegistryClient client, Parallel parallel) throws IOException {
        Set<Digest> read = new LinkedHashSet<>(indexes);
        read.addAll(untagged);
        List<Digest> order = List.copyOf(read);
        List<Links> links = parallel.map(order, digest -> links(client.manifest(Reference.of(repository, digest))));
        Map<Digest, Set<Digest>> ledTo = new LinkedHashMap<>();
        for (int i = 0; i < order.size(); i++) {
            Digest digest = order.get(i);
            ledTo.computeIfAbsent(digest, d -> new LinkedHashSet<>()).addAll(links.get(i).children);
            links.get(i).subject.ifPresent(subject -> ledTo.computeIfAbsent(subject, d -> new LinkedHashSet<>()).add(digest));
        }
        Set<Digest> kept = new LinkedHashSet<>();
        Deque<Digest> next = new ArrayDeque<>(tagged);
        while (!next.isEmpty()) {
            Digest digest = next.pop();
            if (kept.add(digest)) {
                next.addAll(ledTo.getOrDefault(digest, Set.of()));
            }
        }
        return untagged.stream().filter(digest -> !kept.contains(digest))
                .map(digest -> Reference.of(repository, digest)).toList();
    }

    private Links links(Document manifest) throws IOException {
        List<Digest> listed = Descriptor.parseAll(manifest, "manifests", repository.toString()).stream()
                .map(Descriptor::digest).toList();
        Optional<String> subject = manifest.text("subject", "digest");
        return new Links(listed, subject.isPresent() ? Optional.of(digest(subject.get())) : Optional.empty());
    }
}
