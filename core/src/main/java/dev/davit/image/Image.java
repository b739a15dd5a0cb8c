package dev.davit.image;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
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
        Descriptor config = Descriptor.parse(manifest.object("config"), place + ", config");
        List<Descriptor> layers = new ArrayList<>();
        for (Map<String, @Nullable Object> tree : manifest.objects("layers")) {
            layers.add(Descriptor.parse(tree, place + ", layer " + (layers.size() + 1)));
        }
        Map<Digest, Blob> blobs = new LinkedHashMap<>();
        blobs.put(config.digest(), config.data().orElseGet(() -> content.blob(config)));
        for (Descriptor layer : layers) {
            blobs.computeIfAbsent(layer.digest(), digest -> layer.data().orElseGet(() -> content.blob(layer)));
        }
        MediaType mediaType = manifest.text("mediaType").map(MediaType::new).orElse(MediaType.OCI_MANIFEST);
        return new Image(manifest, mediaType, config, Collections.unmodifiableList(layers),
                Collections.unmodifiableMap(blobs), place);
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

    /** Everything that the manifest refers to, each once: the config first, then the layers. */
    public List<Blob> blobs() {
        return List.copyOf(blobs.values());
    }

    /** Whether it is an image to run; false for signatures, charts and the like. */
    public boolean isContainerImage() {
        return configDescriptor.mediaType().isConfig();
    }

    /** The config; fetched when first asked for. */
    public Config config() throws IOException {
        Config known = config;
        if (known == null) {
            if (!isContainerImage()) {
                throw new IOException(place + " is not a container image but an artifact with the config "
                        + configDescriptor.mediaType());
            }
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
        return manifest.size() + configDescriptor.size()
                + layerDescriptors.stream().mapToLong(Descriptor::size).sum();
    }

    @Override
    public Descriptor descriptor() {
        Descriptor descriptor = Artifact.super.descriptor();
        Config known = config;
        // Only what is known already: a descriptor is no reason to fetch the config.
        return known == null || known.platform().isUnknown() ? descriptor : descriptor.withPlatform(known.platform());
    }

    @Override
    public List<Image> images() {
        return List.of(this);
    }

    @Override
    public Image platform(Platform wanted) throws IOException {
        if (!platform().satisfies(wanted)) {
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
        return edited == manifest ? this
                : new Image(edited, edited.text("mediaType").map(MediaType::new).orElse(mediaType), configDescriptor,
                        layerDescriptors, blobs, place).knowing(config);
    }

    /** The same image with changes in its config. The manifest changes only in what it says of the config. */
    public Image withConfig(Consumer<Document.Editor> block) throws IOException {
        Document before = config().document();
        Document after = before.edit(block);
        return after == before ? this : with(after, layerDescriptors, blobs, manifest);
    }

    /**
     * The same image with these layers and this history: manifest and config list them, all else stays.
     *
     * @param history every step, also those without a layer; empty if the image is to have none
     */
    public Image withLayers(List<Layer> layers, List<History> history) throws IOException {
        List<Descriptor> descriptors = layers.stream().map(Layer::descriptor).toList();
        Map<Digest, Blob> content = new LinkedHashMap<>(blobs);
        layers.forEach(layer -> content.put(layer.digest(), layer.blob()));
        Document edited = config().document().edit(tree -> {
            tree.set(layers.stream().map(layer -> layer.diffId().toString()).toList(), "rootfs", "diff_ids");
            if (!history.isEmpty() || tree.get("history").isPresent()) {
                tree.set(history.stream().map(History::tree).toList(), "history");
            }
        });
        Document listed = manifest.edit(tree -> tree.set(descriptors.stream().map(Descriptor::tree).toList(), "layers"));
        return with(edited, descriptors, content, listed);
    }

    private Image with(Document newConfig, List<Descriptor> layers, Map<Digest, Blob> content, Document newManifest) {
        Descriptor descriptor = configDescriptor.withContent(newConfig);
        Map<Digest, Blob> needed = new LinkedHashMap<>();
        needed.put(descriptor.digest(), newConfig.blob());
        layers.forEach(layer -> needed.put(layer.digest(), Objects.requireNonNull(content.get(layer.digest()))));
        Document referring = newManifest.edit(tree -> tree.set(descriptor.tree(), "config"));
        return new Image(referring, mediaType, descriptor, List.copyOf(layers), Collections.unmodifiableMap(needed), place)
                .knowing(new Config(newConfig));
    }

    private Image knowing(@Nullable Config known) {
        config = known;
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
