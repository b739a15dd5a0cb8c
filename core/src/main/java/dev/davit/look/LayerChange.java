package dev.davit.look;

import dev.davit.blob.Digest;
import dev.davit.blob.Legible;
import dev.davit.image.Image;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a layer between two images.
 *
 * @param kind what became of it
 * @param step the layer, and the step that made it: in the image after the change, if it is there, else in the one before
 */
public record LayerChange(Kind kind, Step step) {

    /** What can become of a layer. One that is repacked has the same files in other bytes. */
    public enum Kind { SHARED, REPACKED, REMOVED, ADDED }

    /** All layers of both images: those that are gone first, then those that are there, in their order. */
    static List<LayerChange> between(Image before, Image after) throws IOException {
        List<Step> old = new ArrayList<>(Step.withLayer(before));
        List<LayerChange> there = new ArrayList<>();
        for (Step step : Step.withLayer(after)) {
            Optional<Step> same = old.stream().filter(other -> other.hasContentOf(step)).findFirst();
            same.ifPresent(old::remove);
            Kind kind = same.isEmpty() ? Kind.ADDED : digest(same.get()).equals(digest(step)) ? Kind.SHARED : Kind.REPACKED;
            there.add(new LayerChange(kind, step));
        }
        List<LayerChange> changes = new ArrayList<>();
        old.forEach(step -> changes.add(new LayerChange(Kind.REMOVED, step)));
        changes.addAll(there);
        return List.copyOf(changes);
    }

    private static Digest digest(Step step) {
        return step.descriptor().orElseThrow().digest();
    }

    /** One line: {@code +}, {@code -}, {@code ~} or {@code =}, digest, size, and how it was made. */
    @Override
    public String toString() {
        String mark = switch (kind) {
            case SHARED -> "= ";
            case REPACKED -> "~ ";
            case REMOVED -> "- ";
            case ADDED -> "+ ";
        };
        String by = step.createdBy().orElse("");
        return mark + digest(step) + " (" + Legible.size(step.size()) + (kind == Kind.REPACKED ? ", the same files" : "") + ")"
                + (by.isEmpty() ? "" : " " + Legible.text(by.replace('\n', ' ')));
    }
}
