package dev.davit.repl;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.blob.Legible;
import dev.davit.dsl.Sentence;
import dev.davit.dsl.Table;
import dev.davit.image.Config;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An image, an index or a layer: what it is, and the parts that it has. */
final class ImageDisplay {

    private static final int SHORT_DIGEST = 12;
    /** BuildKit's mark on an attestation. */
    private static final String ATTESTED = "vnd.docker.reference.digest";

    private final int width;
    private final Tables tables;

    ImageDisplay(int width) {
        this.width = width;
        this.tables = new Tables(width);
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
            lines = joined(facts.lines(), tables.descriptors(image.layerDescriptors()));
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
        return layers.isEmpty() ? facts.lines() : joined(facts.lines(), tables.layers(layers, config.history()));
    }

    private List<String> artifact(Image image, Table facts) {
        facts.row("artifact", image.manifest().text("artifactType").orElse(image.configDescriptor().mediaType().name()))
                .row("size", Legible.size(image.size()));
        keys(facts, "annotations", image.annotations());
        return joined(facts.lines(), tables.descriptors(image.layerDescriptors()));
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

    static String shortened(Digest digest) {
        return digest.hex().substring(0, SHORT_DIGEST);
    }

    private static String shortened(String digest) {
        int colon = digest.indexOf(':') + 1;
        return digest.substring(colon, Math.min(digest.length(), colon + SHORT_DIGEST));
    }
}
