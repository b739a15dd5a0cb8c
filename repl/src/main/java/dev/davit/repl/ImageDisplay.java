package dev.davit.repl;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.blob.Legible;
import dev.davit.dsl.Referrer;
import dev.davit.dsl.Sentence;
import dev.davit.dsl.Table;
import dev.davit.image.Config;
import dev.davit.image.Descriptor;
import dev.davit.image.History;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.image.Platform;
import dev.davit.look.ImageSize;
import dev.davit.look.InstalledPackage;
import dev.davit.look.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Images, indexes and layers as short tables. */
final class ImageDisplay {

    private static final int SHORT_DIGEST = 12;
    /** BuildKit's mark on an attestation. */
    private static final String ATTESTED = "vnd.docker.reference.digest";

    private final int width;

    ImageDisplay(int width) {
        this.width = width;
    }

    List<String> of(Image image) {
        Table facts = facts().exact("image", image.digest());
        origin(image, facts);
        facts.row("type", image.mediaType());
        List<String> lines;
        try {
            lines = image.isContainerImage() ? described(image, facts) : artifact(image, facts);
        } catch (IOException e) {
            facts.row("size", Legible.size(image.size())).row("config", "cannot be read: " + Sentence.of(e));
            lines = joined(facts.lines(), descriptors(image.layerDescriptors()));
        }
        return lines;
    }

    private Table facts() {
        return new Table(width, "ll");
    }

    /** The manifest's own place is not known to an image; that of its config is. */
    private static void origin(Image image, Table facts) {
        image.blobs().get(0).origin().ifPresent(origin -> facts.row("from", origin));
    }

    private List<String> described(Image image, Table facts) throws IOException {
        Config config = image.config();
        facts.row("platform", image.platform()).row("size", Legible.size(image.size()));
        config.created().ifPresent(time -> facts.row("created", time));
        config.author().ifPresent(author -> facts.row("author", author));
        text(facts, "user", config.user());
        text(facts, "workdir", config.workdir());
        words(facts, "entrypoint", config.entrypoint());
        words(facts, "cmd", config.cmd());
        text(facts, "ports", String.join(" ", config.ports()));
        text(facts, "volumes", String.join(" ", config.volumes()));
        keys(facts, "env", config.env());
        keys(facts, "labels", config.labels());
        keys(facts, "annotations", image.annotations());
        List<Layer> layers = image.layers();
        return layers.isEmpty() ? facts.lines() : joined(facts.lines(), layers(layers, config.history()));
    }

    private List<String> artifact(Image image, Table facts) {
        facts.row("artifact", image.manifest().text("artifactType").orElse(image.configDescriptor().mediaType().name()))
                .row("size", Legible.size(image.size()));
        keys(facts, "annotations", image.annotations());
        return joined(facts.lines(), descriptors(image.layerDescriptors()));
    }

    private static void text(Table facts, String name, String text) {
        if (!text.isEmpty()) {
            facts.row(name, text);
        }
    }

    private static void words(Table facts, String name, List<String> words) {
        text(facts, name, words.stream().map(ImageDisplay::quoted).collect(Collectors.joining(" ")));
    }

    /** As a shell would need it, so that one sees where a word ends. */
    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static void keys(Table facts, String name, Map<String, String> map) {
        if (!map.isEmpty()) {
            facts.row(name, map.size() + ": " + String.join(", ", map.keySet()));
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        if (second.isEmpty()) {
            return first;
        }
        List<String> lines = new ArrayList<>(first);
        lines.add("");
        lines.addAll(second);
        return lines;
    }

    List<String> of(Index index) {
        Table facts = facts().exact("index", index.digest()).row("type", index.mediaType());
        keys(facts, "annotations", index.annotations());
        Table entries = new Table(width, "lll").row("PLATFORM", "DIGEST", "TYPE");
        for (Descriptor entry : index.descriptors()) {
            String attested = entry.annotations().get(ATTESTED);
            if (attested == null) {
                entries.row(entry.platform().map(Platform::toString).orElse("-"), shortened(entry.digest()),
                        entry.artifactType().orElse(entry.mediaType().toString()));
            } else {
                entries.row("-", shortened(entry.digest()), "attestation of " + shortened(attested));
            }
        }
        return joined(facts.lines(), entries.lines());
    }

    List<String> of(Layer layer) {
        Table facts = facts().exact("layer", layer.digest()).exact("diff id", layer.diffId()).row("type", layer.mediaType())
                .row("size", Legible.size(layer.size()));
        layer.createdBy().ifPresent(by -> facts.row("created by", by));
        place(layer.blob(), facts);
        return facts.lines();
    }

    private static void place(Blob blob, Table facts) {
        blob.origin().ifPresent(origin -> facts.row("from", origin));
        blob.file().ifPresent(file -> facts.exact("file", file));
    }

    List<String> of(Descriptor descriptor) {
        Table facts = facts().exact("digest", descriptor.digest()).row("type", descriptor.mediaType())
                .row("size", Legible.size(descriptor.size()));
        descriptor.platform().ifPresent(platform -> facts.row("platform", platform));
        descriptor.artifactType().ifPresent(type -> facts.row("artifact", type));
        keys(facts, "annotations", descriptor.annotations());
        return facts.lines();
    }

    /** @param history of the image that has the layers; may be empty */
    List<String> layers(Collection<Layer> layers, List<History> history) {
        List<History> steps = history.stream().filter(step -> !step.isEmptyLayer()).toList();
        List<String> by = layers.size() == steps.size() ? steps.stream().map(step -> step.createdBy().orElse("")).toList()
                : layers.stream().map(layer -> layer.createdBy().orElse("")).toList();
        boolean known = by.stream().anyMatch(text -> !text.isEmpty());
        Table table = new Table(width, "rlrl").row("LAYER", "DIGEST", "SIZE", known ? "CREATED BY" : "TYPE");
        int number = 0;
        for (Layer layer : layers) {
            table.row(number, shortened(layer.digest()), Legible.size(layer.size()),
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
        descriptors.forEach(d -> table.row(shortened(d.digest()), Legible.size(d.size()),
                d.artifactType().orElse(d.mediaType().toString()) + d.platform().map(p -> " " + p).orElse("")));
        return table.lines();
    }

    List<String> steps(Collection<Step> steps) {
        Table table = new Table(width, "lrlrl").row("CREATED", "LAYER", "DIGEST", "SIZE", "CREATED BY");
        for (Step step : steps) {
            table.row(step.created().orElse("-"), step.number() < 0 ? "-" : step.number(),
                    step.digest().map(ImageDisplay::shortened).orElse("-"),
                    step.digest().isPresent() ? Legible.size(step.size()) : "-", step.createdBy().orElse(""));
        }
        return table.lines();
    }

    static List<String> packages(Collection<InstalledPackage> packages, int width) {
        Table table = new Table(width, "llll");
        packages.forEach(item -> table.row(item.name(), item.version(), item.architecture(), item.kind()));
        return table.lines();
    }

    static List<String> sizes(Collection<ImageSize> sizes, int width) {
        Table table = new Table(width, "llrr").row("IMAGE", "PLATFORM", "SIZE", "ADDED");
        sizes.forEach(image -> table.row(image.name(), image.platform().map(Platform::toString).orElse("-"),
                Legible.size(image.size()), Legible.size(image.added())));
        return table.lines();
    }

    List<String> referrers(Collection<Referrer> referrers) {
        Table table = new Table(width, "lrll").row("DIGEST", "SIZE", "TYPE", "ANNOTATIONS");
        referrers.forEach(r -> table.row(shortened(r.getDigest()), Legible.size(r.getSize()),
                r.getArtifactType() == null ? r.getMediaType() : r.getArtifactType(),
                r.getAnnotations().entrySet().stream().map(Object::toString).collect(Collectors.joining(" "))));
        return table.lines();
    }

    List<String> history(Collection<History> history) {
        Table table = new Table(width, "lrl").row("CREATED", "LAYER", "CREATED BY");
        int layer = 0;
        for (History step : history) {
            table.row(step.created().orElse("-"), step.isEmptyLayer() ? "-" : layer++,
                    step.createdBy().or(step::comment).orElse(""));
        }
        return table.lines();
    }

    static String shortened(Digest digest) {
        return digest.hex().substring(0, SHORT_DIGEST);
    }

    private static String shortened(String digest) {
        int colon = digest.indexOf(':') + 1;
        return digest.substring(colon, Math.min(digest.length(), colon + SHORT_DIGEST));
    }
}
