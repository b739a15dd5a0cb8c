package dev.davit.look;

import dev.davit.blob.Legible;
import dev.davit.image.Image;
import dev.davit.image.Platform;
import dev.davit.json.Document;
import dev.davit.tar.FileChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two images. What was not asked for is empty.
 *
 * @param platform of both; empty for what is no container image
 * @param before empty if only the index after the change has an image for the platform
 * @param after empty if only the index before the change has one
 * @param manifest what the manifests say, but for the layers and the config
 * @param config what the configs say, but for the layers; of the history, what it says beyond those of the layers
 * @param layers all layers of both, also those that are the same
 * @param files what the layers make up together
 * @param packages what dpkg, apk and rpm installed
 */
public record ImageDifference(Optional<Platform> platform, Optional<Image> before, Optional<Image> after,
        List<FieldChange> manifest, List<FieldChange> config, List<LayerChange> layers, List<FileChange> files,
        List<PackageChange> packages) {

    /** What is compared. {@code TIMES}: files also differ whose times do. */
    public enum Part { MANIFEST, CONFIG, LAYERS, FILES, PACKAGES, TIMES }

    static ImageDifference of(Image before, Image after, Set<Part> parts, Difference.Reader reader) throws IOException {
        boolean containers = before.isContainerImage() && after.isContainerImage();
        boolean same = before.equals(after);
        boolean looks = containers && !same;
        boolean reads = looks && (parts.contains(Part.FILES) || parts.contains(Part.PACKAGES))
                && !before.config().diffIds().equals(after.config().diffIds());
        List<FileChange> files = reads
                ? reader.files(before).changesTo(reader.files(after), parts.contains(Part.TIMES)) : List.of();
        Optional<Platform> platform = after.isContainerImage() ? Optional.of(after.platform()) : Optional.empty();
        return new ImageDifference(platform, Optional.of(before), Optional.of(after),
                parts.contains(Part.MANIFEST) && !same
                        ? fields(before.manifest(), after.manifest(), "layers", "config") : List.of(),
                parts.contains(Part.CONFIG) && looks
                        ? fields(before.config().document(), after.config().document(), "rootfs") : List.of(),
                parts.contains(Part.LAYERS) && !same ? LayerChange.between(before, after) : List.of(),
                parts.contains(Part.FILES) ? files : List.of(),
                parts.contains(Part.PACKAGES) && files.stream().anyMatch(Packages::mayDecide)
                        ? PackageChange.between(reader.packages(before), reader.packages(after)) : List.of());
    }

    static ImageDifference only(Optional<Image> before, Optional<Image> after) throws IOException {
        Image image = after.isPresent() ? after.get() : before.orElseThrow();
        return new ImageDifference(image.isContainerImage() ? Optional.of(image.platform()) : Optional.empty(), before, after,
                List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static List<FieldChange> fields(Document before, Document after, String... without) {
        return FieldChange.between(without(before, without), without(after, without));
    }

    static Map<String, @Nullable Object> without(Document document, String... keys) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(document.tree());
        List.of(keys).forEach(tree::remove);
        return tree;
    }

    /** Whether nothing differs of what was asked for. */
    public boolean isEmpty() {
        return before.isPresent() && after.isPresent() && manifest.isEmpty() && config.isEmpty() && files.isEmpty()
                && packages.isEmpty() && layers.stream().allMatch(layer -> layer.kind() == LayerChange.Kind.SHARED);
    }

    /** How many bytes more the second image has as it is stored and moved; negative if it has fewer. */
    public long growth() {
        return after.map(Image::size).orElse(0L) - before.map(Image::size).orElse(0L);
    }

    /** A report for people: each part with its changes, those of whole directories in one line. */
    @Override
    public String toString() {
        String name = platform.map(p -> p + ": ").orElse("");
        if (before.equals(after)) {
            return name + digest(before.orElseThrow()) + ", the same";
        }
        List<String> lines = new ArrayList<>();
        lines.add(name + before.map(ImageDifference::digest).orElse("none") + " -> "
                + after.map(ImageDifference::digest).orElse("none"));
        List<LayerChange> changed = layers.stream().filter(layer -> layer.kind() != LayerChange.Kind.SHARED).toList();
        part("manifest", manifest, lines);
        part("config", config, lines);
        int shared = layers.size() - changed.size();
        part(shared == 0 ? "layers" : "layers, besides " + shared + " that both have", changed, lines);
        part("files", FolderChange.fold(files), lines);
        part("packages", packages, lines);
        if (before.isPresent() && after.isPresent() && lines.size() == 1) {
            lines.add("  no difference");
        }
        return String.join("\n", lines);
    }

    private static String digest(Image image) {
        return image.digest() + " (" + Legible.size(image.size()) + ")";
    }

    static void part(String name, Collection<?> changes, List<String> lines) {
        if (!changes.isEmpty()) {
            lines.add("  " + name);
            changes.forEach(change -> lines.add("    " + change));
        }
    }
}
