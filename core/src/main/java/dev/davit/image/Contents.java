package dev.davit.image;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an artifact consists of and how a list names it, for sinks that keep blobs and a list. */
public final class Contents {

    private final Map<Digest, Blob> blobs = new LinkedHashMap<>();

    private Contents() {
    }

    /**
     * Each blob and each manifest once: what refers to another comes after it, and the artifact's own manifest is last.
     * Layers that are to be fetched from where their owner serves them are left out. Reads manifests and configs, and
     * no layer.
     */
    public static List<Blob> of(Artifact artifact) throws IOException {
        Contents contents = new Contents();
        contents.add(artifact);
        return List.copyOf(contents.blobs.values());
    }

    /** What a list of artifacts says of one: its descriptor, with the platform that an image's config says. */
    public static Descriptor entry(Artifact artifact) throws IOException {
        Descriptor descriptor = artifact.descriptor();
        return artifact instanceof Image image && image.isContainerImage() && !image.platform().isUnknown()
                ? descriptor.withPlatform(image.platform()) : descriptor;
    }

    private void add(Artifact artifact) throws IOException {
        if (artifact instanceof Index index) {
            for (Descriptor descriptor : index.descriptors()) {
                add(index.child(descriptor));
            }
        } else if (artifact instanceof Image image) {
            if (image.isContainerImage()) {
                add(image.config().document().blob()); // so that it is fetched once, for this and for its platform
            }
            List<Digest> elsewhere = image.layerDescriptors().stream().filter(d -> !d.mediaType().isDistributable())
                    .map(Descriptor::digest).toList();
            image.blobs().stream().filter(blob -> !elsewhere.contains(blob.digest())).forEach(this::add);
        }
        add(artifact.manifest().blob());
    }

    private void add(Blob blob) {
        blobs.putIfAbsent(blob.digest(), blob);
    }
}
