package dev.davit.edit;

import dev.davit.edit.Steps.Step;
import dev.davit.image.Artifact;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes layers out of an image, and what its history says of them. What lower layers have at the same paths shows again.
 * A hard link of a layer above to a file of a layer that is gone leads to nothing, and engines refuse to unpack it.
 */
public final class DropLayer implements Edit {

    private final LayerChoice choice;

    private DropLayer(LayerChoice choice) {
        this.choice = choice;
    }

    public static DropLayer of(LayerChoice choice) {
        return new DropLayer(choice);
    }

    /**
     * The artifact without the layers; of an index, each image loses those of them that it has.
     *
     * @throws IllegalArgumentException if no image has one
     */
    public Artifact from(Artifact artifact) throws IOException {
        List<Image> having = new ArrayList<>();
        for (Image image : artifact.images()) {
            if (choice.isIn(image)) {
                having.add(image);
            }
        }
        return artifact.apply(image -> having.isEmpty() || having.contains(image) ? apply(image) : image);
    }

    /** @throws IllegalArgumentException if the image has no such layer */
    @Override
    public Image apply(Image image) throws IOException {
        List<Integer> dropped = choice.in(image);
        List<Step> kept = new ArrayList<>();
        int number = 0;
        for (Step step : Steps.of(image)) {
            if (step.layer() == null || !dropped.contains(number++)) {
                kept.add(step);
            }
        }
        return Steps.set(image, kept);
    }
}
