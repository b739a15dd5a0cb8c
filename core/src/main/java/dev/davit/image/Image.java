package dev.davit.image;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A container image, or another artifact with a manifest, a config and blobs. Where it came from shows only in how its
 * blobs open.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI image manifest</a>
 */
public final class Image implements Artifact {

    private final Document manifest;
    private final MediaType mediaType;
    private final Descriptor configDescriptor;
    private final List<Descriptor> layerDescriptors;
    private final Map<Digest, Blob> blobs;
    private final String place;
    private volatile @Nullable Config config;

    private Image(Document manifest, MediaType mediaType, Descriptor configDescriptor,
            List<Descriptor> layerDescriptors, Map<Digest, Blob> blobs, String place) {
        this.manifest = manifest;
        this.mediaType = mediaType;
        this.configDescriptor = configDescriptor;
        this.layerDescriptors = layerDescriptors;
        this.blobs = blobs;
        this.place = place;
    }

    static Image of(Document manifest, Content content, String place) throws IOException {
        return of(manifest, content::blob, place);
    }

    private static Image of(Document manifest, Function<Descriptor, Blob> content, String place) throws IOException {
        Descriptor config = Descriptor.parse(manifest.object("config"), place + ", config");
        List<Descriptor> layers = Descriptor.parseAll(manifest, "layers", place);
        Map<Digest, Blob> blobs = new LinkedHashMap<>();
        blobs.put(config.digest(), config.data().orElseGet(() -> content.apply(config)));
        for (Descriptor layer : layers) {
            blobs.computeIfAbsent(layer.digest(), digest -> layer.data().orElseGet(() -> content.apply(layer)));
        }
        MediaType mediaType = manifest.text("mediaType").map(MediaType::new).orElse(MediaType.OCI_MANIFEST);
        return new Image(manifest, mediaType, config, layers, Collections.unmodifiableMap(blobs), place);
    }

    /** An OCI image for this platform with no layers. */
    public static Image scratch(Platform platform) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>(platform.tree());
        config.put("config", new LinkedHashMap<>());
        Map<String, @Nullable Object> rootfs = new LinkedHashMap<>();
        rootfs.put("type", "layers");
        rootfs.put("diff_ids", List.of());
        config.put("rootfs", rootfs);
        config.put("history", List.of());
        Document document = Document.of(config);
        Descriptor descriptor = Descriptor.of(MediaType.OCI_CONFIG, document.digest(), document.size());
        Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MediaType.OCI_MANIFEST.name());
        manifest.put("config", descriptor.tree());
        manifest.put("layers", List.of());
        Map<Digest, Blob> blobs = Map.of(document.digest(), document.blob());
        return new Image(Document.of(manifest), MediaType.OCI_MANIFEST, descriptor, List.of(), blobs, "scratch");
    }

    /**
     * An artifact of this type with no content yet: a manifest with an empty config, for what is no container image.
     *
     * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidelines-for-artifact-usage">
     *     Guidelines for artifact usage</a>
     */
    public static Image artifact(String artifactType) {
        Document empty = Document.of(new LinkedHashMap<>());
        Map<String, @Nullable Object> config = new LinkedHashMap<>(
                Descriptor.of(MediaType.OCI_EMPTY, empty.digest(), empty.size()).tree());
        config.put("data", Base64.getEncoder().encodeToString(empty.bytes()));
        Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MediaType.OCI_MANIFEST.name());
        manifest.put("artifactType", artifactType);
        manifest.put("config", config);
        manifest.put("layers", List.of());
        try {
            return of(Document.of(manifest), descriptor -> empty.blob(), "the artifact");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Document manifest() {
        return manifest;
    }

    @Override
    public MediaType mediaType() {
        return mediaType;
    }

    /** What the manifest says of the config. */
    public Descriptor configDescriptor() {
        return configDescriptor;
    }

    /** What the manifest says of the layers, or of an artifact's blobs. */
    public List<Descriptor> layerDescriptors() {
        return layerDescriptors;
    }

    /** The layers as files, for what is no container image. */
    public List<Part> parts() {
        return Part.of(layerDescriptors, layerDescriptors.stream().map(this::blob).toList());
    }

    /** Everything that the manifest refers to, each once: the config first, then the layers. */
    public List<Blob> blobs() {
        return List.copyOf(blobs.values());
    }

    /** Whether it is an image to run; false for signatures, charts and the like. */
    public boolean isContainerImage() {
        return configDescriptor.mediaType().isConfig();
    }

    /**
     * The config; fetched when first asked for.
     *
     * @throws IOException also if it is not a container image
     */
    public Config config() throws IOException {
        if (!isContainerImage()) {
            throw new IOException(place + " is not a container image but an artifact with the config "
                    + configDescriptor.mediaType());
        }
        Config known = config;
        if (known == null) {
            byte[] bytes = blob(configDescriptor).bytes();
            known = new Config(Document.parse(bytes, place + ", config " + configDescriptor.digest()));
            config = known;
        }
        return known;
    }

    /** The layers, the base's first. Reads the config for the diff ids, and no layer. */
    public List<Layer> layers() throws IOException {
        List<Digest> diffIds = config().diffIds();
        if (diffIds.size() != layerDescriptors.size()) {
            throw new IOException(place + ": the manifest lists " + layerDescriptors.size()
                    + " layers, but the config has " + diffIds.size() + " diff ids");
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            Descriptor descriptor = layerDescriptors.get(i);
            layers.add(Layer.of(descriptor, diffIds.get(i), blob(descriptor)));
        }
        return Collections.unmodifiableList(layers);
    }

    private Blob blob(Descriptor descriptor) {
        return Objects.requireNonNull(blobs.get(descriptor.digest()));
    }

    public Platform platform() throws IOException {
        return config().platform();
    }

    @Override
    public long size() {
        return manifest.size() + blobs.values().stream().mapToLong(Blob::size).sum();
    }

    @Override
    public List<Image> images() {
        return List.of(this);
    }

    @Override
    public Image platform(Platform wanted) throws IOException {
        if (!new PlatformChoice(wanted).accepts(platform())) {
            throw new IllegalArgumentException(place + " is an image for " + platform() + ", not for " + wanted);
        }
        return this;
    }

    @Override
    public Image apply(Edit edit) throws IOException {
        return edit.apply(this);
    }

    @Override
    public Image withManifest(Consumer<Document.Editor> block) {
        Document edited = manifest.edit(block);
        try {
            return edited == manifest ? this : of(edited, known(blobs), place).knowing(config);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Function<Descriptor, Blob> known(Map<Digest, Blob> content) {
        return descriptor -> Optional.ofNullable(content.get(descriptor.digest())).orElseThrow(() ->
                new IllegalArgumentException(place + " has no blob " + descriptor.digest() + " to refer to"));
    }

    /** The same image with changes in its config. The manifest changes only in what it says of the config. */
    public Image withConfig(Consumer<Document.Editor> block) throws IOException {
        Document before = config().document();
        Document after = before.edit(block);
        return after == before ? this : with(after, manifest, blobs);
    }

    /**
     * The same image with these layers and this history: manifest and config list them, all else stays.
     *
     * @param history every step, also those without a layer; empty if the image is to have none
     */
    public Image withLayers(List<Layer> layers, List<History> history) throws IOException {
        Map<Digest, Blob> content = new LinkedHashMap<>(blobs);
        layers.forEach(layer -> content.put(layer.digest(), layer.blob()));
        Document edited = config().document().edit(tree -> {
            if (tree.get("rootfs", "type").isEmpty()) {
                tree.set("layers", "rootfs", "type");
            }
            tree.set(layers.stream().map(layer -> layer.diffId().toString()).toList(), "rootfs", "diff_ids");
            if (!history.isEmpty() || tree.get("history").isPresent()) {
                tree.set(history.stream().map(History::tree).toList(), "history");
            }
        });
        Document listed = manifest.edit(tree ->
                tree.set(layers.stream().map(layer -> layer.descriptor().tree()).toList(), "layers"));
        return with(edited, listed, content);
    }

    /** The same artifact with more at the end of what it lists as layers; the config, whatever it is, stays. */
    public Image withMoreLayers(List<Layer> more) throws IOException {
        Map<Digest, Blob> content = new LinkedHashMap<>(blobs);
        more.forEach(layer -> content.put(layer.digest(), layer.blob()));
        Document listed = manifest.edit(tree -> {
            List<@Nullable Object> layers = tree.list("layers");
            more.forEach(layer -> layers.add(layer.descriptor().tree()));
            tree.set(layers, "layers");
        });
        return of(listed, known(content), place).knowing(config);
    }

    private Image with(Document newConfig, Document newManifest, Map<Digest, Blob> content) throws IOException {
        Map<Digest, Blob> all = new LinkedHashMap<>(content);
        all.put(newConfig.digest(), newConfig.blob());
        Document referring = newManifest.edit(tree -> tree.set(configDescriptor.withContent(newConfig).tree(), "config"));
        return of(referring, known(all), place).knowing(new Config(newConfig));
    }

    /** Spares a fetch of the config, if it is this one. */
    private Image knowing(@Nullable Config known) {
        if (known != null && known.document().digest().equals(configDescriptor.digest())) {
            config = known;
        }
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Image image && manifest.equals(image.manifest);
    }

    @Override
    public int hashCode() {
        return manifest.hashCode();
    }

    @Override
    public String toString() {
        return "image " + digest();
    }
}
