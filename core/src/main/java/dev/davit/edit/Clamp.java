package dev.davit.edit;

import dev.davit.blob.ContentStore;
import dev.davit.image.Descriptor;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Another edit, after which nothing in the layers that it has made is newer than a time. What is older keeps its time, and
 * layers that were there before stay as they are.
 */
public final class Clamp implements Edit {

    private final Edit edit;
    private final Instant latest;
    private final ContentStore store;

    private Clamp(Edit edit, Instant latest, ContentStore store) {
        this.edit = edit;
        this.latest = latest;
        this.store = store;
    }

    public static Clamp of(Edit edit, Instant latest, ContentStore store) {
        return new Clamp(edit, latest, store);
    }

    @Override
    public Image apply(Image image) throws IOException {
        List<Descriptor> before = image.layerDescriptors();
        Image edited = edit.apply(image);
        LayerMapping mapping = new LayerMapping(store, file -> {
            if (file.entry().time().isAfter(latest)) {
                file.time(latest);
            }
        });
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : edited.layers()) {
            boolean isNew = before.stream().noneMatch(known -> known.digest().equals(layer.digest()));
            layers.add(isNew ? mapping.map(layer) : layer);
        }
        return edited.withLayers(layers, edited.config().history());
    }
}
