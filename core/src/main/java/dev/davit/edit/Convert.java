package dev.davit.edit;

import dev.davit.blob.Compression;
import dev.davit.image.Descriptor;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.MediaType;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives an image, or an index and its images, the media types of one family: OCI's or Docker's. No byte of a config or of
 * a layer changes. What is not an image, such as an attestation, stays as it is.
 */
public final class Convert implements Edit {

    private static final String FOREIGN_OCI = "application/vnd.oci.image.layer.nondistributable.v1.tar";
    private static final String FOREIGN_DOCKER = "application/vnd.docker.image.rootfs.foreign.diff.tar";

    private final MediaType index;
    private final MediaType manifest;
    private final MediaType config;

    private Convert(MediaType index, MediaType manifest, MediaType config) {
        this.index = index;
        this.manifest = manifest;
        this.config = config;
    }

    public static Convert toOci() {
        return new Convert(MediaType.OCI_INDEX, MediaType.OCI_MANIFEST, MediaType.OCI_CONFIG);
    }

    public static Convert toDocker() {
        return new Convert(MediaType.DOCKER_INDEX, MediaType.DOCKER_MANIFEST, MediaType.DOCKER_CONFIG);
    }

    /** @throws IllegalArgumentException if the family has no media type for a layer */
    @Override
    public Image apply(Image image) throws IOException {
        if (!image.isContainerImage()) {
            throw new IllegalArgumentException(image + " is not a container image: there are no other media types for it");
        }
        List<Map<String, @Nullable Object>> layers = new ArrayList<>();
        for (Descriptor layer : image.layerDescriptors()) {
            layers.add(layer.withMediaType(converted(layer)).tree());
        }
        return image.withManifest(tree -> {
            set(tree, manifest, image.mediaType(), "mediaType");
            set(tree, config, image.configDescriptor().mediaType(), "config", "mediaType");
            tree.set(layers, "layers");
        });
    }

    @Override
    public Index finish(Index converted) {
        return converted.withManifest(tree -> set(tree, index, converted.mediaType(), "mediaType"));
    }

    /** A manifest may leave its media type out. */
    private static void set(Document.Editor tree, MediaType wanted, MediaType known, String... path) {
        if (!known.equals(wanted)) {
            tree.set(wanted.name(), path);
        }
    }

    private MediaType converted(Descriptor layer) {
        MediaType type = layer.mediaType();
        if (!type.isDistributable()) {
            return foreign(type);
        }
        MediaType fitting = type.inFamilyOf(manifest);
        if (manifest.isDocker() && !fitting.isDocker()) {
            throw new IllegalArgumentException("Docker has no media type for layer " + layer.digest() + ", which is "
                    + (type.compression() == Compression.ZSTD
                    ? "packed with zstd; pack it with gzip first" : "of the type " + type));
        }
        return fitting;
    }

    private MediaType foreign(MediaType type) {
        boolean gzip = type.compression() == Compression.GZIP;
        return manifest.isDocker() ? new MediaType(FOREIGN_DOCKER + (gzip ? ".gzip" : ""))
                : new MediaType(FOREIGN_OCI + (gzip ? "+gzip" : ""));
    }
}
