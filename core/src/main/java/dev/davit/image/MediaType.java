package dev.davit.image;

import dev.davit.blob.Compression;
import java.util.regex.Pattern;

/**
 * What a manifest, a config or a layer is, by its registered name. Any name is allowed; those that images are made of are
 * here as constants.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/media-types.md">OCI media types</a>
 */
public record MediaType(String name) {

    public static final MediaType OCI_INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
    public static final MediaType OCI_MANIFEST = new MediaType("application/vnd.oci.image.manifest.v1+json");
    public static final MediaType OCI_CONFIG = new MediaType("application/vnd.oci.image.config.v1+json");
    public static final MediaType OCI_LAYER = new MediaType("application/vnd.oci.image.layer.v1.tar");
    public static final MediaType OCI_EMPTY = new MediaType("application/vnd.oci.empty.v1+json");

    public static final MediaType DOCKER_INDEX =
            new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");
    public static final MediaType DOCKER_MANIFEST =
            new MediaType("application/vnd.docker.distribution.manifest.v2+json");
    public static final MediaType DOCKER_CONFIG = new MediaType("application/vnd.docker.container.image.v1+json");
    public static final MediaType DOCKER_LAYER = new MediaType("application/vnd.docker.image.rootfs.diff.tar");

    private static final String FOREIGN_OCI = "application/vnd.oci.image.layer.nondistributable.v1.tar";
    private static final String FOREIGN_DOCKER = "application/vnd.docker.image.rootfs.foreign.diff.tar";

    private static final Pattern PLAIN_LAYER = Pattern.compile(
            "(\\Q" + OCI_LAYER + "\\E|\\Q" + DOCKER_LAYER + "\\E)([+.](gzip|zstd))?");

    /** The media type of an added layer: of the family of the image's manifest, with this compression. */
    public static MediaType layer(MediaType manifest, Compression compression) {
        // Docker never registered a zstd layer; what its engines write and read is OCI's.
        if (manifest.isDocker() && compression != Compression.ZSTD) {
            return compression == Compression.GZIP ? new MediaType(DOCKER_LAYER.name + ".gzip") : DOCKER_LAYER;
        }
        return switch (compression) {
            case NONE -> OCI_LAYER;
            case GZIP -> new MediaType(OCI_LAYER.name + "+gzip");
            case ZSTD -> new MediaType(OCI_LAYER.name + "+zstd");
        };
    }

    /**
     * The same layer type by the name that the family of this manifest has for it. Other types stay as they are, such as
     * that of an encrypted layer.
     */
    public MediaType inFamilyOf(MediaType manifest) {
        return PLAIN_LAYER.matcher(name).matches() ? layer(manifest, compression()) : this;
    }

    /** How a layer of this type is packed. */
    public Compression compression() {
        if (name.endsWith("gzip")) {
            return Compression.GZIP;
        }
        return name.endsWith("zstd") ? Compression.ZSTD : Compression.NONE;
    }

    /** Whether it names a list of manifests. */
    public boolean isIndex() {
        return equals(OCI_INDEX) || equals(DOCKER_INDEX);
    }

    /** Whether it names a manifest with a config and layers. */
    public boolean isManifest() {
        return equals(OCI_MANIFEST) || equals(DOCKER_MANIFEST);
    }

    /** Whether it names the config of a container image. */
    public boolean isConfig() {
        return equals(OCI_CONFIG) || equals(DOCKER_CONFIG);
    }

    /** Whether it names a file system layer. */
    public boolean isLayer() {
        return name.startsWith(OCI_LAYER.name) || name.startsWith(DOCKER_LAYER.name) || !isDistributable();
    }

    /** Whether a registry may hold it: false for layers that are to be fetched from where their owner serves them. */
    public boolean isDistributable() {
        return !name.startsWith(FOREIGN_OCI) && !name.startsWith(FOREIGN_DOCKER);
    }

    /** Whether it is one of Docker's names. */
    public boolean isDocker() {
        return name.startsWith("application/vnd.docker.");
    }

    @Override
    public String toString() {
        return name;
    }
}
