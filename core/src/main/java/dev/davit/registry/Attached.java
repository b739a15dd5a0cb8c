package dev.davit.registry;

import dev.davit.blob.Digest;
import dev.davit.blob.Parallel;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Index;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what is attached to an image or an index, to the images of the index, and to what is attached. */
final class Attached {

    /** How cosign names what belongs to a digest: {@code sha256-<hash>.sig}. */
    private static final Pattern DIGEST_TAG = Pattern.compile("(sha256|sha512)-([0-9a-f]{64,128})\\..+");

    private final RegistryClient client;
    private final Parallel parallel;
    private final Repository repository;
    private final Set<Attachment> kinds;
    private final Map<String, List<String>> digestTags = new LinkedHashMap<>();
    private final Set<Digest> seen = new LinkedHashSet<>();
    private final Set<Reference> found = new LinkedHashSet<>();

    Attached(RegistryClient client, Parallel parallel, Repository repository, Set<Attachment> kinds) {
        this.client = client;
        this.parallel = parallel;
        this.repository = repository;
        this.kinds = kinds;
    }

    /** What one manifest leads to: what it lists, and what is attached to it. */
    private record Step(List<Descriptor> children, Map<Reference, Descriptor> attached) { }

    /** Each once, after what it is attached to. */
    List<Reference> to(Artifact artifact) throws IOException {
        if (kinds.isEmpty()) {
            return List.of();
        }
        if (kinds.contains(Attachment.DIGEST_TAG)) {
            findDigestTags();
        }
        List<Descriptor> next = new ArrayList<>(List.of(artifact.descriptor()));
        if (artifact instanceof Index index) { // which need not be in the repository, unlike its images
            seen.add(index.digest());
            next = manifests(index.descriptors());
            collect(next, attachedTo(index.descriptor()));
        }
        while (!next.isEmpty()) {
            // Nothing is asked twice, so a registry that tells of a circle does not lead us around in it.
            List<Descriptor> fresh = next.stream().filter(descriptor -> seen.add(descriptor.digest())).toList();
            next = new ArrayList<>();
            for (Step step : parallel.map(fresh, this::step)) {
                next.addAll(step.children);
                collect(next, step.attached);
            }
        }
        return List.copyOf(found);
    }

    private void collect(List<Descriptor> next, Map<Reference, Descriptor> attached) {
        found.addAll(attached.keySet());
        next.addAll(attached.values());
    }

    private void findDigestTags() throws IOException {
        try (Stream<String> tags = client.tags(repository)) {
            tags.forEach(tag -> {
                Matcher matcher = DIGEST_TAG.matcher(tag);
                if (matcher.matches()) {
                    digestTags.computeIfAbsent(matcher.group(1) + ":" + matcher.group(2), d -> new ArrayList<>()).add(tag);
                }
            });
        }
    }

    private Step step(Descriptor about) throws IOException {
        List<Descriptor> children = new ArrayList<>();
        if (!about.mediaType().isManifest()) {
            Reference index = Reference.of(repository, about.digest());
            children = manifests(Descriptor.parseAll(client.manifest(index), "manifests", index.toString()));
        }
        return new Step(children, attachedTo(about));
    }

    private static List<Descriptor> manifests(List<Descriptor> descriptors) {
        return new ArrayList<>(descriptors.stream()
                .filter(child -> child.mediaType().isManifest() || child.mediaType().isIndex()).toList());
    }

    private Map<Reference, Descriptor> attachedTo(Descriptor about) throws IOException {
        Map<Reference, Descriptor> attached = new LinkedHashMap<>();
        if (kinds.contains(Attachment.REFERRER)) {
            client.referrers(repository, about.digest())
                    .forEach(referrer -> attached.put(Reference.of(repository, referrer.digest()), referrer));
        }
        for (String name : digestTags.getOrDefault(about.digest().toString(), List.of())) {
            Reference tag = Reference.of(repository, name);
            attached.put(tag, client.head(tag));
        }
        return attached;
    }
}
