package dev.davit.edit;

import dev.davit.edit.Steps.Step;
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
