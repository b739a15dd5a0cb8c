package dev.davit.edit;

import dev.davit.blob.Digest;
import dev.davit.image.History;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The steps in which an image was made: its history and its layers side by side. */
final class Steps {

    /**
     * One step.
     *
     * @param history what the image tells of it; none for a layer that the image tells nothing of
     * @param layer what it added; none where it changed the config only
     */
    record Step(@Nullable History history, @Nullable Layer layer) {

        String createdBy() {
            return history == null ? "" : history.createdBy().orElse("");
        }
    }

    /** Stands for what nobody knows, so that later entries stay with their layers. */
    private static final History UNKNOWN = new History(Collections.singletonMap("comment", "no history"));

    private Steps() {
    }

    /** @throws IOException also if the history tells of more layers than there are: what belongs together is not known */
    static List<Step> of(Image image) throws IOException {
        List<Step> steps = new ArrayList<>();
        Iterator<Layer> layers = image.layers().iterator();
        for (History history : image.config().history()) {
            if (!history.isEmptyLayer() && !layers.hasNext()) {
                throw new IOException(image + ": its history tells of more layers than the " + image.layers().size()
                        + " that it has");
            }
            steps.add(new Step(history, history.isEmptyLayer() ? null : layers.next()));
        }
        layers.forEachRemaining(layer -> steps.add(new Step(null, layer)));
        return steps;
    }

    /** The image made of these steps. A layer without history gets an entry only if there is history after it. */
    static Image set(Image image, List<Step> steps) throws IOException {
        List<Layer> layers = new ArrayList<>();
        List<History> history = new ArrayList<>();
        int unknown = 0;
        for (Step step : steps) {
            if (step.layer != null) {
                layers.add(step.layer);
            }
            if (step.history == null) {
                unknown++;
            } else {
                history.addAll(Collections.nCopies(unknown, UNKNOWN));
                history.add(step.history);
                unknown = 0;
            }
        }
        return image.withLayers(layers, history);
    }

    /** The numbers of the layers that are wanted, by the step that added each; the first layer is 0. */
    static List<Integer> find(Image image, Predicate<Step> wanted) throws IOException {
        List<Step> steps = of(image).stream().filter(step -> step.layer != null).toList();
        List<Integer> found = new ArrayList<>();
        for (int number = 0; number < steps.size(); number++) {
            if (wanted.test(steps.get(number))) {
                found.add(number);
            }
        }
        return found;
    }

    /** Whether a step added the layer of this digest or diff id. */
    static Predicate<Step> added(Digest digest) {
        return step -> step.layer != null && (step.layer.digest().equals(digest) || step.layer.diffId().equals(digest));
    }

    /** What the layers of an image are, for messages. */
    static String list(Image image) throws IOException {
        List<String> layers = new ArrayList<>();
        for (Step step : of(image)) {
            if (step.layer != null) {
                String made = step.createdBy().isEmpty() ? "" : " (" + step.createdBy() + ")";
                layers.add(layers.size() + ": " + step.layer.digest() + made);
            }
        }
        return "it has " + (layers.isEmpty() ? "none" : String.join(", ", layers));
    }
}
