package dev.davit.image;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.blob.Parallel;
import dev.davit.json.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an artifact consists of and how a list names it, for sinks that keep blobs and a list. */
public final class Contents {

    private static final int USUAL_WIDTH = 4;

    private final Map<Digest, Blob> blobs = new LinkedHashMap<>();
    private final Parallel parallel;

    private Contents(Parallel parallel) {
        this.parallel = parallel;
    }

    /**
     * Each blob and each manifest once: what refers to another comes after it, and the artifact's own manifest is last.
     * Layers that are to be fetched from where their owner serves them are left out. Reads manifests and configs, and
     * no layer.
     */
    public static List<Blob> of(Artifact artifact) throws IOException {
        return of(artifact, Parallel.of(USUAL_WIDTH));
    }

    /** The same; says how many manifests and configs are fetched at once. */
    public static List<Blob> of(Artifact artifact, Parallel parallel) throws IOException {
        Contents contents = new Contents(parallel);
        contents.add(artifact, artifact.digest());
        return List.copyOf(contents.blobs.values());
    }

    /** What a list of artifacts says of one: its descriptor, with the platform that an image's config says. */
    public static Descriptor entry(Artifact artifact) throws IOException {
        Descriptor descriptor = artifact.descriptor();
        return artifact instanceof Image image && image.isContainerImage() && !image.platform().isUnknown()
                ? descriptor.withPlatform(image.platform()) : descriptor;
    }

    private void add(Artifact artifact, Digest digest) throws IOException {
        if (artifact instanceof Index index) {
            for (Listed listed : parallel.map(index.descriptors(), descriptor -> fetch(index, descriptor))) {
                if (listed.extra.isPresent()) {
                    add(listed.extra.get().blob());
                } else {
                    add(index.child(listed.descriptor), listed.descriptor.digest());
                }
            }
        } else if (artifact instanceof Image image) {
            if (image.isContainerImage()) {
                add(image.config().document().blob()); // so that it is fetched once, for this and for its platform
            }
            List<Digest> elsewhere = image.layerDescriptors().stream().filter(d -> !d.mediaType().isDistributable())
                    .map(Descriptor::digest).toList();
            image.blobs().stream().filter(blob -> !elsewhere.contains(blob.digest())).forEach(this::add);
        }
        add(blob(artifact.manifest(), digest));
    }

    /** Under the digest by which it is listed, which may be of another algorithm. */
    private static Blob blob(Document manifest, Digest digest) {
        return manifest.digest().equals(digest) ? manifest.blob() : Blob.of(digest, manifest.size(),
                "manifest " + manifest.digest(), () -> new ByteArrayInputStream(manifest.bytes()));
    }

    private record Listed(Descriptor descriptor, Optional<Extra> extra) { }

    private static Listed fetch(Index index, Descriptor descriptor) throws IOException {
        Optional<Extra> extra = index.extra(descriptor);
        if (extra.isEmpty() && index.child(descriptor) instanceof Image image && image.isContainerImage()) {
            image.config();
        }
        return new Listed(descriptor, extra);
    }

    private void add(Blob blob) {
        blobs.putIfAbsent(blob.digest(), blob);
    }
}
