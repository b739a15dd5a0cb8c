package dev.davit.look;

import dev.davit.blob.Legible;
import dev.davit.image.Image;
import dev.davit.tar.Entry;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a path of an image came from: every layer that had a part in it, the base's first.
 *
 * @param path without a slash at either end
 * @param parts at least one; the last one says how it is now
 */
public record Explanation(String path, List<Part> parts) {

    /** What a layer did to a path. */
    public enum Deed { ADDED, CHANGED, REMOVED }

    /**
     * What one layer did to the path.
     *
     * @param step the layer, and how it was made
     * @param entry what is there since; empty if the layer removed it
     */
    public record Part(Deed deed, Step step, Optional<Entry> entry) { }

    public Explanation {
        parts = List.copyOf(parts);
    }

    /**
     * Explains a path, also one that no longer is in the image; where no layer ever had exactly this path, what it leads to
     * by way of symbolic links. Reads all layers.
     *
     * @throws java.nio.file.NoSuchFileException if that is nothing
     */
    public static Explanation of(Image image, Overlay files, String path) throws IOException {
        String normal = path.replaceAll("/+", "/").replaceAll("^/|/$", "");
        List<Overlay.Trace> traces = files.trace(normal);
        if (traces.isEmpty()) {
            normal = files.resolve(path).path();
            traces = files.trace(normal);
        }
        List<Step> steps = Step.withLayer(image);
        List<Part> parts = new ArrayList<>();
        boolean there = false;
        for (Overlay.Trace trace : traces) {
            Deed deed = trace.entry().isEmpty() ? Deed.REMOVED : there ? Deed.CHANGED : Deed.ADDED;
            parts.add(new Part(deed, steps.get(trace.layer()), trace.entry()));
            there = trace.entry().isPresent();
        }
        return new Explanation(normal, parts);
    }

    /** The step that made it what it is; empty if it was removed. */
    public Optional<Step> origin() {
        Part last = parts.get(parts.size() - 1);
        return last.entry.isPresent() ? Optional.of(last.step) : Optional.empty();
    }

    /** A line for each layer: what it did, its number and digest, the file since then, and how the layer was made. */
    @Override
    public String toString() {
        return parts.stream().map(part -> "layer " + part.step.number() + " " + part.step.digest().orElseThrow() + " "
                + Legible.words(part.deed) + " /" + Legible.line(path) + "\n"
                + part.entry.map(entry -> "    " + Legible.line(entry.toString()) + "\n").orElse("")
                + part.step.createdBy().map(by -> "    by " + Legible.text(by.replace('\n', ' ')) + "\n").orElse(""))
                .collect(Collectors.joining()).stripTrailing();
    }
}
