package dev.davit.edit;

import dev.davit.edit.Steps.Step;
import dev.davit.image.Artifact;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import dev.davit.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The image that another one is built on: its layers are the first layers of the other. */
final class Base {

    private final Image image;

    private Base(Image image) {
        this.image = image;
    }

    /**
     * The base for the platform of an image.
     *
     * @throws IllegalArgumentException if there is none for this platform
     */
    static Base of(Artifact base, Image image) throws IOException {
        return new Base(matching(base, image));
    }

    /** The image for the same platform. Its version of the operating system may be another one. */
    static Image matching(Artifact artifact, Image image) throws IOException {
        Platform platform = image.platform();
        Platform wanted = new Platform(platform.os(), platform.architecture(), platform.variant(), "", List.of());
        return wanted.isUnknown() && artifact instanceof Image only ? only : artifact.platform(wanted);
    }

    /**
     * The number of its layers, once they are found to be the first layers of an image built on it, by digest or, where
     * one of the two was packed anew, by diff id.
     *
     * @throws IllegalArgumentException if they are not; says which differs
     */
    int layersIn(Image built) throws IOException {
        List<Layer> layers = image.layers();
        List<Layer> all = built.layers();
        if (layers.size() > all.size()) {
            throw new IllegalArgumentException(built + " is not built on " + image + ": it has " + all.size()
                    + " layers, and the base has " + layers.size());
        }
        for (int i = 0; i < layers.size(); i++) {
            Layer expected = layers.get(i);
            Layer found = all.get(i);
            if (!found.digest().equals(expected.digest()) && !found.diffId().equals(expected.diffId())) {
                throw new IllegalArgumentException(built + " is not built on " + image + ": its layer " + i + " is "
                        + found.digest() + ", and the base's is " + expected.digest());
            }
        }
        return layers.size();
    }

    /** The steps of an image built on this one that came after those of the base. */
    List<Step> rest(Image built) throws IOException {
        List<Step> rest = after(Steps.of(built), layersIn(built));
        for (Step own : after(Steps.of(image), image.layerDescriptors().size())) {
            // What the base did after its last layer, such as to set a command, stands in the image's history too.
            if (rest.isEmpty() || rest.get(0).layer() != null || !rest.get(0).createdBy().equals(own.createdBy())) {
                break;
            }
            rest.remove(0);
        }
        return rest;
    }

    private static List<Step> after(List<Step> steps, int layers) {
        List<Step> rest = new ArrayList<>(steps);
        for (int left = layers; left > 0;) {
            left -= rest.remove(0).layer() == null ? 0 : 1;
        }
        return rest;
    }
}
