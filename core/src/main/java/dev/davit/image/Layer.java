package dev.davit.image;

import dev.davit.blob.Blob;
import dev.davit.blob.Compression;
import dev.davit.blob.Digest;
import dev.davit.blob.DigestingOutputStream;
import dev.davit.blob.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of the file system: a tar archive, packed or not. It exists only when digest, diff id and size are known.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">OCI layers</a>
 */
public final class Layer {

    private final Descriptor descriptor;
    private final Digest diffId;
    private final Blob blob;
    private final @Nullable String createdBy;

    private Layer(Descriptor descriptor, Digest diffId, Blob blob, @Nullable String createdBy) {
        if (!blob.digest().equals(descriptor.digest())) {
            throw new IllegalArgumentException("layer " + descriptor.digest() + " cannot have the bytes of " + blob.digest());
        }
        this.descriptor = descriptor;
        this.diffId = diffId;
        this.blob = blob;
        this.createdBy = createdBy;
    }

    /** A layer as an image refers to it; the blob is what the descriptor names. */
    public static Layer of(Descriptor descriptor, Digest diffId, Blob blob) {
        return new Layer(descriptor, diffId, blob, null);
    }

    /**
     * A layer that was made here, with OCI's media type for its compression.
     *
     * @param createdBy what the history of an image that it is appended to will say
     */
    public static Layer of(Blob blob, Digest diffId, Compression compression, String createdBy) {
        MediaType mediaType = MediaType.layer(MediaType.OCI_MANIFEST, compression);
        return new Layer(Descriptor.of(mediaType, blob.digest(), blob.size()), diffId, blob, createdBy);
    }

    /**
     * A layer, or what else a manifest may list, whose bytes and media type stay as they are. Reads a layer once, as its diff
     * id is of the bytes unpacked.
     */
    public static Layer of(Blob blob, MediaType mediaType, String createdBy) throws IOException {
        Descriptor descriptor = Descriptor.of(mediaType, blob.digest(), blob.size());
        if (!mediaType.isLayer()) {
            return new Layer(descriptor, blob.digest(), blob, createdBy);
        }
        try (InputStream in = Compression.unpack(blob.open());
                DigestingOutputStream hash = new DigestingOutputStream(OutputStream.nullOutputStream())) {
            in.transferTo(hash);
            return new Layer(descriptor, hash.digest(), blob, createdBy);
        }
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    public MediaType mediaType() {
        return descriptor.mediaType();
    }

    /** Of the bytes as they are stored and moved. */
    public Digest digest() {
        return descriptor.digest();
    }

    /** Of the unpacked tar archive. */
    public Digest diffId() {
        return diffId;
    }

    /** Bytes as they are stored and moved. */
    public long size() {
        return descriptor.size();
    }

    public Blob blob() {
        return blob;
    }

    /** How the layer was made, if it was made here. */
    public Optional<String> createdBy() {
        return Optional.ofNullable(createdBy);
    }

    /** The unpacked tar archive, or what else it holds; fails before its end if it is not what the diff id says. */
    public InputStream uncompressed() throws IOException {
        boolean asItIs = !mediaType().isLayer() && diffId.equals(digest());
        InputStream in = asItIs ? blob.open() : Compression.unpack(blob.open());
        return new VerifyingInputStream(in, diffId, "layer " + digest());
    }

    /** The same layer, its bytes read from this blob of the same digest. */
    public Layer withBlob(Blob other) {
        return new Layer(descriptor, diffId, other, createdBy);
    }

    /** A layer in the place of this one: media type, annotations and unknown members of the descriptor stay. */
    public Layer withContent(Blob content, Digest contentDiffId) {
        return new Layer(descriptor.withContent(content), contentDiffId, content, createdBy);
    }

    public Layer withMediaType(MediaType other) {
        return new Layer(descriptor.withMediaType(other), diffId, blob, createdBy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Layer layer && descriptor.equals(layer.descriptor) && diffId.equals(layer.diffId);
    }

    @Override
    public int hashCode() {
        return descriptor.hashCode();
    }

    @Override
    public String toString() {
        return "layer " + digest() + " (" + size() + " bytes)";
    }
}
