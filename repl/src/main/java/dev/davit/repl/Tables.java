package dev.davit.repl;

import dev.davit.blob.Legible;
import dev.davit.dsl.ImageFile;
import dev.davit.dsl.Referrer;
import dev.davit.dsl.Table;
import dev.davit.image.Descriptor;
import dev.davit.image.History;
import dev.davit.image.Layer;
import dev.davit.image.Platform;
import dev.davit.look.ImageSize;
import dev.davit.look.InstalledPackage;
import dev.davit.look.Step;
import dev.davit.ref.Tag;
import dev.davit.registry.SearchResult;
import dev.davit.tar.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Many things of one kind, a row for each.
 *
 * @param width columns that a line may have
 */
record Tables(int width) {

    /** The lines for things that are all of one kind; empty if they are not, or have no table. */
    Optional<List<String>> of(List<?> items) {
        return all(items, Layer.class).map(layers -> layers(layers, List.of()))
                .or(() -> all(items, Descriptor.class).map(this::descriptors))
                .or(() -> all(items, Entry.class).map(entries -> FileDisplay.of(entries, width)))
                .or(() -> all(items, ImageFile.class)
                        .map(files -> FileDisplay.of(files.stream().map(ImageFile::getEntry).toList(), width)))
                .or(() -> all(items, Referrer.class).map(this::referrers))
                .or(() -> all(items, History.class).map(this::history))
                .or(() -> all(items, Step.class).map(this::steps))
                .or(() -> all(items, InstalledPackage.class).map(this::packages))
                .or(() -> all(items, ImageSize.class).map(this::sizes))
                .or(() -> all(items, SearchResult.class).map(this::found));
    }

    private static <T> Optional<List<T>> all(List<?> items, Class<T> type) {
        return items.stream().allMatch(type::isInstance) ? Optional.of(items.stream().map(type::cast).toList())
                : Optional.empty();
    }

    /** @param history of the image that has the layers; may be empty */
    List<String> layers(List<Layer> layers, List<History> history) {
        List<History> steps = history.stream().filter(step -> !step.isEmptyLayer()).toList();
        List<String> by = layers.size() == steps.size() ? steps.stream().map(step -> step.createdBy().orElse("")).toList()
                : layers.stream().map(layer -> layer.createdBy().orElse("")).toList();
        boolean known = by.stream().anyMatch(text -> !text.isEmpty());
        Table table = new Table(width, "rlrl").row("LAYER", "DIGEST", "SIZE", known ? "CREATED BY" : "TYPE");
        int number = 0;
        for (Layer layer : layers) {
            table.row(number, ImageDisplay.shortened(layer.digest()), Legible.size(layer.size()),
                    known ? by.get(number) : layer.mediaType());
            number++;
        }
        return table.lines();
    }

    List<String> descriptors(Collection<Descriptor> descriptors) {
        if (descriptors.isEmpty()) {
            return List.of();
        }
        Table table = new Table(width, "lrl").row("DIGEST", "SIZE", "TYPE");
        descriptors.forEach(d -> table.row(ImageDisplay.shortened(d.digest()), Legible.size(d.size()),
                d.artifactType().orElse(d.mediaType().toString()) + d.platform().map(p -> " " + p).orElse("")));
        return table.lines();
    }

    private List<String> history(List<History> history) {
        Table table = new Table(width, "lrl").row("CREATED", "LAYER", "CREATED BY");
        int layer = 0;
        for (History step : history) {
            table.row(step.created().orElse("-"), step.isEmptyLayer() ? "-" : layer++,
                    step.createdBy().or(step::comment).orElse(""));
        }
        return table.lines();
    }

    private List<String> steps(List<Step> steps) {
        Table table = new Table(width, "lrlrl").row("CREATED", "LAYER", "DIGEST", "SIZE", "CREATED BY");
        for (Step step : steps) {
            table.row(step.created().orElse("-"), step.number() < 0 ? "-" : step.number(),
                    step.digest().map(ImageDisplay::shortened).orElse("-"),
                    step.digest().isPresent() ? Legible.size(step.size()) : "-", step.createdBy().orElse(""));
        }
        return table.lines();
    }

    private List<String> packages(List<InstalledPackage> packages) {
        Table table = new Table(width, "llll");
        packages.forEach(item -> table.row(item.name(), item.version(), item.architecture(), item.kind()));
        return table.lines();
    }

    private List<String> sizes(List<ImageSize> sizes) {
        Table table = new Table(width, "llrr").row("IMAGE", "PLATFORM", "SIZE", "ADDED");
        sizes.forEach(image -> table.row(image.name(), image.platform().map(Platform::toString).orElse("-"),
                Legible.size(image.size()), Legible.size(image.added())));
        return table.lines();
    }

    private List<String> referrers(List<Referrer> referrers) {
        Table table = new Table(width, "lrll").row("DIGEST", "SIZE", "TYPE", "ANNOTATIONS");
        referrers.forEach(r -> table.row(ImageDisplay.shortened(r.getDigest()), Legible.size(r.getSize()),
                r.getArtifactType() == null ? r.getMediaType() : r.getArtifactType(),
                r.getAnnotations().entrySet().stream().map(Object::toString).collect(Collectors.joining(" "))));
        return table.lines();
    }

    /** What Docker Hub finds. */
    private List<String> found(List<SearchResult> results) {
        Table table = new Table(width, "llrrll").row("NAME", "KIND", "PULLS", "STARS", "UPDATED", "DESCRIPTION");
        for (SearchResult result : results) {
            table.row(result.name(), kind(result), result.pulls(), result.stars(), result.updated().replaceFirst("T.*", ""),
                    result.description());
        }
        return table.lines();
    }

    private static String kind(SearchResult result) {
        return switch (result.badge()) {
            case "verified_publisher" -> "verified";
            case "open_source" -> "sponsored";
            default -> result.badge();
        };
    }

    /** Tags, and what they say where they say it. */
    List<String> tags(List<?> tags) {
        Table table = new Table(width, "lllll").row("TAG", "VERSION", "DATE", "SYSTEM", "VARIANT");
        tags.stream().map(tag -> Tag.parse(tag.toString())).forEach(tag -> table.row(tag, tag.version().orElse(""),
                tag.date().map(Object::toString).orElse(""), tag.os().orElse(""), tag.variant().orElse("")));
        return table.lines();
    }
}
