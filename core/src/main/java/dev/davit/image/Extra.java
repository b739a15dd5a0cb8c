package dev.davit.image;

import dev.davit.blob.Blob;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.Optional;

/**
 * What an index lists that is neither an image nor an index: a layer, a file, or a manifest of a kind that is not known
 * here. It is copied as it is, and no edit reaches it.
 *
 * @param isManifest whether registries keep it among their manifests, as far as its content tells
 */
public record Extra(Blob blob, boolean isManifest) {

    /** No registry takes a larger manifest. */
    private static final long LARGEST_MANIFEST = 4 << 20;

    /** Whether its content has to tell if what a descriptor refers to is a manifest, as its media type does not. */
    static boolean mayBeManifest(Descriptor descriptor) {
        MediaType type = descriptor.mediaType();
        return !type.isLayer() && !type.isConfig() && descriptor.size() <= LARGEST_MANIFEST;
    }

    /** The manifest that these bytes are, if they are one. */
    static Optional<Document> manifest(Descriptor descriptor, byte[] bytes, String place) {
        try {
            Document document = Document.parse(bytes, place);
            boolean says = document.number("schemaVersion").isPresent()
                    || document.text("mediaType").filter(descriptor.mediaType().name()::equals).isPresent();
            return Optional.of(document).filter(parsed -> says);
        } catch (IOException e) {
            return Optional.empty(); // not JSON, so not a manifest
        }
    }
}
