package dev.davit.image;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a name in a registry stands for: one image, or an index of images for several platforms. Immutable. */
public sealed interface Artifact permits Image, Index {

    /** How the source that a manifest came from finds what the manifest refers to. Called lazily. */
    interface Content {

        /** The blob; its bytes are fetched only when it is opened. */
        Blob blob(Descriptor descriptor);

        /** The manifest that an index refers to. */
        Document manifest(Descriptor descriptor) throws IOException;

        /**
         * What an index refers to by a media type that does not tell whether it is a manifest: the same as a blob, except
         * where those are kept apart. Its bytes are fetched only when it is opened.
         */
        default Blob extra(Descriptor descriptor) {
            return blob(descriptor);
        }
    }

    /**
     * The image or index that a manifest describes.
     *
     * @param place where it comes from, for messages
     * @throws IOException if it is of neither kind or of both by its media type and its members, of the old schema 1,
     *                     or has a malformed descriptor
     */
    static Artifact of(Document manifest, Content content, String place) throws IOException {
        MediaType said = new MediaType(manifest.text("mediaType").orElse(""));
        boolean index = said.isIndex() || manifest.get("manifests").isPresent();
        boolean image = said.isManifest() || manifest.get("layers").isPresent() || manifest.get("config").isPresent();
        if (manifest.number("schemaVersion").orElse(2) == 1) {
            throw new IOException(place + " has a schema 1 manifest, which is long out of use; push the image again "
                    + "with a current tool");
        }
        if (index && image) {
            // https://github.com/advisories/GHSA-77vh-xpmg-72qh: two readers could see two things.
            throw new IOException(place + " claims to be an image manifest and an index at once");
        }
        if (!index && !image) {
            throw new IOException(place + " is neither an image manifest nor an index"
                    + (said.name().isEmpty() ? "" : " but " + said));
        }
        return index ? Index.of(manifest, content, place) : Image.of(manifest, content, place);
    }

    /** The exact manifest, whose digest is the artifact's digest. */
    Document manifest();

    /** Of the manifest; derived from its shape where the manifest says none. */
    MediaType mediaType();

    /** Of the manifest. */
    default Digest digest() {
        return manifest().digest();
    }

    /** Bytes of the manifest and of all that it refers to, each once: what a pull into an empty place would move. */
    long size() throws IOException;

    /** Of the manifest. */
    default Map<String, String> annotations() {
        return manifest().textMap("annotations");
    }

    /** What can refer to this artifact: media type, digest and size of the manifest, and no platform. */
    default Descriptor descriptor() {
        return Descriptor.of(mediaType(), digest(), manifest().size());
    }

    /** The container images in it: itself, or those of an index and the indexes in it, in order. */
    List<Image> images() throws IOException;

    /**
     * The image for this platform.
     *
     * @throws IllegalArgumentException if there is none; says which there are
     */
    Image platform(Platform platform) throws IOException;

    /** The edit done to the image, or to every container image of an index. What is not an image stays as it is. */
    Artifact apply(Edit edit) throws IOException;

    /**
     * The same artifact with changes in its own manifest; the content that the manifest refers to stays as it is.
     *
     * @throws IllegalArgumentException if the edited manifest has a malformed descriptor, or an image's manifest one of
     *                                  content that the image does not have
     */
    Artifact withManifest(Consumer<Document.Editor> block);
}
