package dev.davit.edit;

import dev.davit.blob.ContentStore;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows each entry of each layer to a block, which may change or drop it: the base's layer first, and in a layer one
 * entry after the other, once each. A layer that nothing changes in keeps its bytes and its digest; another is written
 * anew, packed as it was, with its media type and its place in the history. Content flows through and is never held in
 * memory, however large.
 *
 * <p>The block sees what the layers say, not the file system that they make up: a path that two layers write is seen twice,
 * and the mark of a removal is an entry too. Of layers that are encrypted, or that are to be fetched from where their owner
 * serves them, it sees nothing.
 */
public final class MapFiles implements Edit {

    private final ContentStore store;
    private final FileEditor.Block block;

    private MapFiles(ContentStore store, FileEditor.Block block) {
        this.store = store;
        this.block = block;
    }

    public static MapFiles of(ContentStore store, FileEditor.Block block) {
        return new MapFiles(store, block);
    }

    @Override
    public Image apply(Image image) throws IOException {
        LayerMapping mapping = new LayerMapping(store, block);
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : image.layers()) {
            layers.add(Recompress.isOpen(layer.mediaType()) ? mapping.map(layer) : layer);
        }
        return image.withLayers(layers, image.config().history());
    }
}
