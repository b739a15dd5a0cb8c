package dev.davit.edit;

import dev.davit.blob.Codec;
import dev.davit.blob.ContentStore;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import dev.davit.image.MediaType;
import dev.davit.tar.LayerWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs the layers of an image in another way. Diff ids, and so the config, stay. A layer that is packed this way already
 * keeps its bytes, unless the codec is an exact one, such as {@code gzip/1}: bytes do not tell who packed them. Layers
 * that are encrypted, or that are to be fetched from where their owner serves them, stay as they are.
 *
 * <p>Docker has no media type for zstd; such a layer of an image with Docker's types gets OCI's, as Docker itself does it.
 */
public final class Recompress implements Edit {

    private final ContentStore store;
    private final Codec codec;

    private Recompress(ContentStore store, Codec codec) {
        this.store = store;
        this.codec = codec;
    }

    public static Recompress of(Codec codec, ContentStore store) {
        return new Recompress(store, codec);
    }

    @Override
    public Image apply(Image image) throws IOException {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : image.layers()) {
            layers.add(isOpen(layer.mediaType()) && !isDone(layer) ? packed(layer, image.mediaType()) : layer);
        }
        return image.withLayers(layers, image.config().history());
    }

    private boolean isDone(Layer layer) {
        return layer.mediaType().compression() == codec.compression() && !codec.isExact();
    }

    /** Whether it is a tar archive that anybody may read. */
    static boolean isOpen(MediaType type) {
        MediaType plain = MediaType.layer(MediaType.OCI_MANIFEST, type.compression());
        return type.inFamilyOf(MediaType.OCI_MANIFEST).equals(plain);
    }

    private Layer packed(Layer layer, MediaType manifest) throws IOException {
        Layer local = layer.withBlob(store.hold(layer.blob()));
        Layer packed = LayerWriter.write(store, codec, "", out -> {
            try (InputStream in = local.uncompressed()) {
                in.transferTo(out);
            }
        });
        return packed.digest().equals(layer.digest()) ? layer : layer.withContent(packed.blob(), layer.diffId())
                .withMediaType(MediaType.layer(manifest, codec.compression()));
    }
}
