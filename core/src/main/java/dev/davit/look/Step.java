package dev.davit.look;

import dev.davit.blob.Digest;
import dev.davit.image.Descriptor;
import dev.davit.image.History;
import dev.davit.image.Image;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One step in which an image was made: what the history says of it, and the layer that it added.
 *
 * @param history what the image says; without members for a layer of which its history says nothing
 * @param number of the layer; the base's is 0; -1 if the step added none
 * @param descriptor of the layer; empty if the step added none
 * @param diffId of the layer; empty if the step added none, and for what is no container image
 */
public record Step(History history, int number, Optional<Descriptor> descriptor, Optional<Digest> diffId) {

    /**
     * The steps of an image, the first one first. Layers of which the history says nothing, because it is missing or tells
     * of other numbers of layers, come at the end. What is no container image has a step for each blob.
     */
    public static List<Step> of(Image image) throws IOException {
        List<Descriptor> layers = image.layerDescriptors();
        List<Digest> diffIds = image.isContainerImage() ? image.config().diffIds() : List.of();
        List<Step> steps = new ArrayList<>();
        int layer = 0;
        for (History history : image.isContainerImage() ? image.config().history() : List.<History>of()) {
            boolean adds = !history.isEmptyLayer() && layer < layers.size();
            steps.add(adds ? of(history, layer, layers, diffIds) : new Step(history, -1, Optional.empty(), Optional.empty()));
            layer += adds ? 1 : 0;
        }
        for (; layer < layers.size(); layer++) {
            steps.add(of(new History(Collections.emptyMap()), layer, layers, diffIds));
        }
        return List.copyOf(steps);
    }

    private static Step of(History history, int layer, List<Descriptor> layers, List<Digest> diffIds) {
        return new Step(history, layer, Optional.of(layers.get(layer)),
                layer < diffIds.size() ? Optional.of(diffIds.get(layer)) : Optional.empty());
    }

    /** Only those that added a layer. */
    static List<Step> withLayer(Image image) throws IOException {
        return of(image).stream().filter(step -> step.descriptor.isPresent()).toList();
    }

    /** When, as the image says it. */
    public Optional<String> created() {
        return history.created();
    }

    /** The command, or else the comment. */
    public Optional<String> createdBy() {
        return history.createdBy().or(history::comment);
    }

    public Optional<String> comment() {
        return history.comment();
    }

    /** Of the layer as it is stored and moved. */
    public Optional<Digest> digest() {
        return descriptor.map(Descriptor::digest);
    }

    /** Bytes of the layer as it is stored and moved; 0 if the step added none. */
    public long size() {
        return descriptor.map(Descriptor::size).orElse(0L);
    }

    boolean hasContentOf(Step other) {
        return diffId.isPresent() && diffId.equals(other.diffId) || digest().equals(other.digest());
    }
}
