package dev.davit.registry;

import dev.davit.blob.Blob;
import dev.davit.blob.Convoy;
import dev.davit.blob.Digest;
import dev.davit.blob.Parallel;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Extra;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.json.Document;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One image or index on its way into a repository: blobs first, then what refers to them, the name last. */
final class Push {

    private final Manifests manifests;
    private final Uploads uploads;
    private final Parallel parallel;
    private final boolean foreignLayers;
    private final Repository target;
    private final Map<Digest, Blob> blobs = new LinkedHashMap<>();
    private final Map<Digest, Image> images = new LinkedHashMap<>();
    private final Map<Descriptor, Blob> manifestsOfUnknownKind = new LinkedHashMap<>();
    /** Each after those that it lists. */
    private final Map<Digest, Index> indexes = new LinkedHashMap<>();

    Push(Manifests manifests, Uploads uploads, Parallel parallel, boolean foreignLayers, Repository target) {
        this.manifests = manifests;
        this.uploads = uploads;
        this.parallel = parallel;
        this.foreignLayers = foreignLayers;
        this.target = target;
    }

    Descriptor put(Reference name, Artifact artifact) throws IOException {
        Optional<Digest> asked = name.digest();
        Digest own = asked.isPresent() ? Manifests.digest(asked.get(), artifact.manifest().bytes()) : artifact.digest();
        if (asked.isPresent() && !asked.get().equals(own)) {
            throw new IllegalArgumentException("cannot push " + own + " as " + name
                    + ": expected a tag, or the digest that it has");
        }
        Reference place = name.tag().map(name::withTag).orElse(name);
        Optional<Descriptor> there = manifests.find(place, Access.push(target));
        if (there.isPresent() && there.get().digest().equals(own)) {
            return artifact.descriptor();
        }
        if (name.tag().isEmpty() || !exists(artifact.digest())) {
            collect(artifact, artifact.digest());
            images.remove(artifact.digest());
            indexes.remove(artifact.digest());
            send();
        }
        manifests.put(place, artifact.manifest(), artifact.mediaType());
        return artifact.descriptor();
    }

    /** Finds what is missing. What a manifest refers to is there if the manifest is: registries see to that. */
    private void collect(Artifact artifact, Digest digest) throws IOException {
        if (artifact instanceof Image image) {
            Set<Digest> elsewhere = new LinkedHashSet<>();
            image.layerDescriptors().stream().filter(d -> !foreignLayers && !d.mediaType().isDistributable())
                    .forEach(d -> elsewhere.add(d.digest()));
            image.blobs().stream().filter(blob -> !elsewhere.contains(blob.digest()))
                    .forEach(blob -> blobs.putIfAbsent(blob.digest(), blob));
            images.put(digest, image);
        } else if (artifact instanceof Index index) {
            List<Descriptor> missing = new ArrayList<>();
            List<Boolean> there = parallel.map(index.descriptors(), child -> exists(child.digest()));
            for (int i = 0; i < there.size(); i++) {
                if (!there.get(i)) {
                    missing.add(index.descriptors().get(i));
                }
            }
            List<Optional<Extra>> extras = parallel.map(missing, index::extra);
            List<Descriptor> artifacts = new ArrayList<>();
            for (int i = 0; i < missing.size(); i++) {
                if (extras.get(i).isEmpty()) {
                    artifacts.add(missing.get(i));
                } else if (extras.get(i).get().isManifest()) {
                    manifestsOfUnknownKind.put(missing.get(i), extras.get(i).get().blob());
                } else {
                    blobs.putIfAbsent(missing.get(i).digest(), extras.get(i).get().blob());
                }
            }
            List<Artifact> children = parallel.map(artifacts, index::child);
            for (int i = 0; i < children.size(); i++) {
                collect(children.get(i), artifacts.get(i).digest());
            }
            indexes.put(digest, index);
        }
    }

    private boolean exists(Digest digest) throws IOException {
        return manifests.find(Reference.of(target, digest), Access.push(target)).isPresent();
    }

    private void send() throws IOException {
        // The largest first, so that no thread is left alone with it at the end.
        List<Blob> order = blobs.values().stream().sorted(Comparator.comparingLong(Blob::size).reversed()).toList();
        try (Convoy convoy = Convoy.of(order)) {
            parallel.map(order, blob -> {
                uploads.upload(target, blob);
                convoy.arrived(blob);
                return blob;
            });
        }
        parallel.map(images.entrySet(), image -> {
            put(image.getKey(), image.getValue());
            return image;
        });
        for (Map.Entry<Descriptor, Blob> manifest : manifestsOfUnknownKind.entrySet()) {
            Descriptor descriptor = manifest.getKey();
            manifests.put(Reference.of(target, descriptor.digest()),
                    Document.parse(manifest.getValue().bytes(), "manifest " + descriptor.digest()), descriptor.mediaType());
        }
        for (Map.Entry<Digest, Index> index : indexes.entrySet()) {
            put(index.getKey(), index.getValue());
        }
    }

    /** By the digest by which it is listed, which may be of another algorithm than the one of its document. */
    private void put(Digest digest, Artifact artifact) throws IOException {
        manifests.put(Reference.of(target, digest), artifact.manifest(), artifact.mediaType());
    }
}
