package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Index;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import dev.davit.registry.RegistryClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deletes old tags of a repository, and nothing that a tag which stays leads to. */
final class Pruning {

    private final RegistryClient registry;
    private final Repository repository;

    Pruning(RegistryClient registry, Repository repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /** What is to go: each tag with its digest. A tag stays where one that stays leads to the same manifest. */
    List<Reference> old(Tags all, Tags old) throws IOException {
        Map<String, Digest> candidates = new LinkedHashMap<>();
        for (String tag : old) {
            candidates.put(tag, registry.head(Reference.of(repository, tag)).digest());
        }
        if (candidates.isEmpty()) {
            return List.of();
        }
        Set<Digest> kept = new LinkedHashSet<>();
        for (String tag : all) {
            if (!candidates.containsKey(tag)) {
                keep(registry.get(Reference.of(repository, tag)), kept);
            }
        }
        List<Reference> gone = new ArrayList<>();
        for (Map.Entry<String, Digest> candidate : candidates.entrySet()) {
            if (!kept.contains(candidate.getValue())) {
                gone.add(Reference.parse(repository + ":" + candidate.getKey() + "@" + candidate.getValue()));
            }
        }
        return gone;
    }

    private static void keep(Artifact artifact, Set<Digest> kept) throws IOException {
        kept.add(artifact.digest());
        if (artifact instanceof Index index) {
            for (Descriptor entry : index.descriptors()) {
                kept.add(entry.digest());
                if (entry.mediaType().isIndex()) {
                    keep(index.child(entry), kept);
                }
            }
        }
    }

    /** Deletes each manifest once, and with it its tags. */
    void delete(List<Reference> gone) throws IOException {
        Set<Digest> digests = new LinkedHashSet<>();
        gone.forEach(reference -> digests.add(reference.digest().orElseThrow()));
        for (Digest digest : digests) {
            registry.delete(Reference.of(repository, digest));
        }
    }
}
