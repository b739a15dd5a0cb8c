package dev.davit.edit;

import dev.davit.image.Config;
import dev.davit.image.Edit;
import dev.davit.image.History;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts layers on top of an image. Each takes the media type that the image's own family has for it. What is no container
 * image gets them at the end of its list, as they are.
 */
public final class Append implements Edit {

    private final List<Layer> layers;
    private final Instant created;

    private Append(List<Layer> layers, Instant created) {
        this.layers = List.copyOf(layers);
        this.created = created;
    }

    /** @param created what the history says of when the layers were added */
    public static Append of(List<Layer> layers, Instant created) {
        return new Append(layers, created);
    }

    @Override
    public Image apply(Image image) throws IOException {
        if (layers.isEmpty()) {
            return image;
        }
        if (!image.isContainerImage()) {
            return image.withMoreLayers(layers); // its config knows nothing of them
        }
        List<Layer> all = new ArrayList<>(image.layers());
        for (Layer layer : layers) {
            all.add(layer.withMediaType(layer.mediaType().inFamilyOf(image.mediaType())));
        }
        return image.withLayers(all, history(image.config()));
    }

    private List<History> history(Config config) throws IOException {
        List<History> history = new ArrayList<>(config.history());
        if (history.isEmpty() && !config.diffIds().isEmpty()) {
            return history; // one that tells of the last layers only would be taken for the first ones
        }
        layers.forEach(layer -> history.add(History.of(created, layer.createdBy().orElse("davit append"))));
        return history;
    }
}
