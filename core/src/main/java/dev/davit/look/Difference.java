package dev.davit.look;

import dev.davit.image.Artifact;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Platform;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two images, or between two indexes platform by platform.
 *
 * @param index what the indexes say besides their entries; empty for images
 * @param images a difference for each platform that either has; one for two images
 */
public record Difference(Artifact before, Artifact after, List<FieldChange> index, List<ImageDifference> images) {

    /** How the layers of an image are looked into. */
    public interface Reader {

        Overlay files(Image image) throws IOException;

        List<InstalledPackage> packages(Image image) throws IOException;
    }

    /** All that can be compared, but for times. */
    public static final Set<ImageDifference.Part> USUAL =
            EnumSet.complementOf(EnumSet.of(ImageDifference.Part.TIMES));

    /**
     * Compares. An image and an index: the image, and the index's for the same platform.
     *
     * @param parts what to compare; layers are read only for files and packages, and only where they differ
     */
    public static Difference of(Artifact before, Artifact after, Set<ImageDifference.Part> parts, Reader reader)
            throws IOException {
        if (before instanceof Index old && after instanceof Index now) {
            List<FieldChange> fields = parts.contains(ImageDifference.Part.MANIFEST) ? FieldChange.between(
                    ImageDifference.without(old.manifest(), "manifests"),
                    ImageDifference.without(now.manifest(), "manifests")) : List.of();
            return new Difference(before, after, fields, platforms(old, now, parts, reader));
        }
        Image old = before instanceof Image image ? image : before.platform(((Image) after).platform());
        Image now = after instanceof Image image ? image : after.platform(old.platform());
        return new Difference(before, after, List.of(), List.of(ImageDifference.of(old, now, parts, reader)));
    }

    private static List<ImageDifference> platforms(Index before, Index after, Set<ImageDifference.Part> parts, Reader reader)
            throws IOException {
        Map<String, Image> old = byPlatform(before);
        Map<String, Image> now = byPlatform(after);
        List<ImageDifference> differences = new ArrayList<>();
        for (Map.Entry<String, Image> image : old.entrySet()) {
            @Nullable Image other = now.remove(image.getKey());
            differences.add(other == null ? ImageDifference.only(Optional.of(image.getValue()), Optional.empty())
                    : ImageDifference.of(image.getValue(), other, parts, reader));
        }
        for (Image added : now.values()) {
            differences.add(ImageDifference.only(Optional.empty(), Optional.of(added)));
        }
        return List.copyOf(differences);
    }

    /** Several images for a platform are numbered. */
    private static Map<String, Image> byPlatform(Index index) throws IOException {
        Map<String, Image> images = new LinkedHashMap<>();
        for (Image image : index.images()) {
            // A revision of Windows is what changes from one version of an image to the next.
            Platform platform = image.platform();
            String key = platform.os() + "/" + platform.architecture() + "/" + platform.variant();
            for (int number = 2; images.containsKey(key); number++) {
                key = key.replaceFirst(" [0-9]+$", "") + " " + number;
            }
            images.put(key, image);
        }
        return images;
    }

    /** Whether nothing differs of what was asked for. */
    public boolean isEmpty() {
        return index.isEmpty() && images.stream().allMatch(ImageDifference::isEmpty);
    }

    /** A report for people: each platform with its changes. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        if (!index.isEmpty()) {
            lines.add("index: " + before.digest() + " -> " + after.digest());
            index.forEach(change -> lines.add("    " + change));
        }
        String reports = images.stream().map(ImageDifference::toString).collect(Collectors.joining("\n"));
        return (lines.isEmpty() ? "" : String.join("\n", lines) + "\n") + reports;
    }
}
