package dev.davit.tar;

import dev.davit.blob.Blob;
import dev.davit.blob.Codec;
import dev.davit.blob.ContentStore;
import dev.davit.blob.Digest;
import dev.davit.blob.DigestingOutputStream;
import dev.davit.image.Layer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;

/** Makes a layer of a tar archive while that is written. */
public final class LayerWriter {

    private LayerWriter() {
    }

    /**
     * The layer that the archive is, packed and hashed on the way. The store has it once this returns.
     *
     * @param createdBy what the history of an image that it is appended to will say
     */
    public static Layer write(ContentStore store, Codec codec, String createdBy, ContentStore.Content tar)
            throws IOException {
        AtomicReference<Digest> diffId = new AtomicReference<>();
        Blob blob = store.add(out -> {
            try (OutputStream packed = codec.compress(new LayerArchive.Unclosed(out))) {
                DigestingOutputStream digesting = new DigestingOutputStream(packed);
                tar.writeTo(digesting);
                diffId.set(digesting.digest());
            }
        });
        return Layer.of(blob, diffId.get(), codec.compression(), createdBy);
    }
}
