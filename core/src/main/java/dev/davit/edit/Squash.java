package dev.davit.edit;

import dev.davit.blob.Codec;
import dev.davit.blob.Compression;
import dev.davit.blob.ContentStore;
import dev.davit.edit.Steps.Step;
import dev.davit.image.Artifact;
import dev.davit.image.Edit;
import dev.davit.image.History;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import dev.davit.tar.LayerWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one layer of the upper layers of an image, or of all. The file system stays the same: what the upper layers
 * removed from the lower ones stays removed, and what they wrote and removed again is gone for good. The layer is sorted;
 * the same layers give the same bytes everywhere. It is packed as those were that it replaces, with gzip if they differ.
 *
 * <p>In the history, one entry takes the place of those of the layers; entries without a layer stay. Reads all layers of
 * the image, also the lower ones: only they tell where a symbolic link leads.
 */
public final class Squash implements Edit {

    /** Where to begin: the number of the lowest layer to be squashed. */
    private interface Start {
        int in(Image image) throws IOException;
    }

    private final ContentStore store;
    private final Instant created;
    private final Start start;

    private Squash(ContentStore store, Instant created, Start start) {
        this.store = store;
        this.created = created;
        this.start = start;
    }

    /**
     * All layers become one; nothing is left of what one of them hid from another.
     *
     * @param created what the history says of when that was
     */
    public static Squash all(ContentStore store, Instant created) {
        return new Squash(store, created, image -> 0);
    }

    /** The last layers become one; all of them if there are fewer. */
    public static Squash last(int layers, ContentStore store, Instant created) {
        if (layers < 1) {
            throw new IllegalArgumentException("cannot squash the last " + layers + " layers: expected 1 or more");
        }
        return new Squash(store, created, image -> Math.max(0, image.layerDescriptors().size() - layers));
    }

    /** This layer and those above it become one. */
    public static Squash from(LayerChoice layer, ContentStore store, Instant created) {
        return new Squash(store, created, image -> layer.in(image).get(0));
    }

    /** The layers above those of a base image become one; of an index, those above the image for the same platform. */
    public static Squash above(Artifact base, ContentStore store, Instant created) {
        return new Squash(store, created, image -> Base.of(base, image).layersIn(image));
    }

    /** The same image if there is no more than one layer to squash. */
    @Override
    public Image apply(Image image) throws IOException {
        int from = start.in(image);
        List<Layer> layers = image.layers();
        if (layers.size() - from < 2) {
            return image;
        }
        String createdBy = "davit squash: " + (layers.size() - from) + " layers";
        Layer squashed = LayerWriter.write(store, Codec.of(compression(layers.subList(from, layers.size()))), createdBy,
                new Squashed(layers, from, store, created)::writeTo);
        Layer fitting = squashed.withMediaType(squashed.mediaType().inFamilyOf(image.mediaType()));
        return Steps.set(image, steps(image, from, fitting, History.of(created, createdBy)));
    }

    private static List<Step> steps(Image image, int from, Layer squashed, History history) throws IOException {
        List<Step> steps = new ArrayList<>();
        int layers = image.layerDescriptors().size();
        int number = 0;
        boolean told = false;
        for (Step step : Steps.of(image)) {
            if (step.layer() == null || number++ < from) {
                steps.add(step);
                continue;
            }
            told |= step.history() != null;
            if (number == layers) {
                steps.add(new Step(told ? history : null, squashed));
            }
        }
        return steps;
    }

    private static Compression compression(List<Layer> layers) {
        List<Compression> packed = layers.stream().map(layer -> layer.mediaType().compression()).distinct().toList();
        return packed.size() == 1 ? packed.get(0) : Compression.GZIP;
    }
}
