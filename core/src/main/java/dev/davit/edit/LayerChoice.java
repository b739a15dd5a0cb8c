package dev.davit.edit;

import dev.davit.blob.Digest;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Which layers of an image are meant. */
public final class LayerChoice {

    private interface Search {
        List<Integer> in(Image image) throws IOException;
    }

    private final String text;
    private final Search search;

    private LayerChoice(String text, Search search) {
        this.text = text;
        this.search = search;
    }

    /** The layer with this number. The first one, the base's, is 0; the last one is -1, the one before it -2. */
    public static LayerChoice at(int number) {
        return new LayerChoice("layer " + number, image -> {
            int count = image.layerDescriptors().size();
            int place = number < 0 ? count + number : number;
            return place < 0 || place >= count ? List.of() : List.of(place);
        });
    }

    /** The layer of this digest or this diff id. */
    public static LayerChoice of(Digest digest) {
        return new LayerChoice("layer " + digest, image -> Steps.find(image, Steps.added(digest)));
    }

    /** The layer with the diff id of this one. */
    public static LayerChoice of(Layer layer) {
        return of(layer.diffId());
    }

    /** All layers of which the history says that they were created by something with this text in it. */
    public static LayerChoice createdBy(String part) {
        return new LayerChoice("layer created by '" + part + "'",
                image -> Steps.find(image, step -> step.createdBy().contains(part)));
    }

    /** All layers of which the history says that they were created by something that the pattern is found in. */
    public static LayerChoice createdBy(Pattern pattern) {
        return new LayerChoice("layer created by /" + pattern + "/",
                image -> Steps.find(image, step -> pattern.matcher(step.createdBy()).find()));
    }

    boolean isIn(Image image) throws IOException {
        return !search.in(image).isEmpty();
    }

    /**
     * Their numbers, in order.
     *
     * @throws IllegalArgumentException if the image has no such layer; says which it has
     */
    List<Integer> in(Image image) throws IOException {
        List<Integer> found = search.in(image);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(image + " has no " + text + "; " + Steps.list(image));
        }
        return found;
    }
}
