package dev.davit.look;

import dev.davit.blob.Blob;
import dev.davit.blob.ContentStore;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import dev.davit.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How large one of several images is.
 *
 * @param name what the image, or the index that it is in, was called
 * @param platform empty for what is no container image
 * @param digest of the image
 * @param layers the base's first
 * @param size bytes of manifest, config and layers, as they are stored and moved
 * @param added those of them that no image before it has: what it costs where those are already
 * @param unpacked bytes of all layers unpacked, if they were read
 */
public record ImageSize(String name, Optional<Platform> platform, Digest digest, List<LayerSize> layers, long size,
        long added, OptionalLong unpacked) {

    /**
     * How large a layer is.
     *
     * @param size bytes as they are stored and moved
     * @param unpacked bytes of the tar archive, if the layer was read
     */
    public record LayerSize(Digest digest, long size, OptionalLong unpacked) { }

    /** Those of all images, in order; of an index, of each container image in it. Reads configs, and no layer. */
    public static List<ImageSize> of(Map<String, ? extends Artifact> artifacts) throws IOException {
        return all(artifacts, layer -> OptionalLong.empty());
    }

    /** The same, and what the layers are unpacked; reads each of them, once. */
    public static List<ImageSize> unpacked(Map<String, ? extends Artifact> artifacts, ContentStore store) throws IOException {
        Map<Digest, Long> known = new LinkedHashMap<>();
        return all(artifacts, layer -> {
            Long bytes = known.get(layer.diffId());
            if (bytes == null) {
                try (InputStream in = layer.withBlob(store.hold(layer.blob())).uncompressed()) {
                    bytes = in.transferTo(OutputStream.nullOutputStream());
                }
                known.put(layer.diffId(), bytes);
            }
            return OptionalLong.of(bytes);
        });
    }

    private interface Unpacked {
        OptionalLong bytes(Layer layer) throws IOException;
    }

    private static List<ImageSize> all(Map<String, ? extends Artifact> artifacts, Unpacked unpacked) throws IOException {
        List<ImageSize> sizes = new ArrayList<>();
        Set<Digest> counted = new LinkedHashSet<>();
        for (Map.Entry<String, ? extends Artifact> artifact : artifacts.entrySet()) {
            for (Image image : artifact.getValue().images()) {
                sizes.add(of(artifact.getKey(), image, counted, unpacked));
            }
        }
        return List.copyOf(sizes);
    }

    private static ImageSize of(String name, Image image, Set<Digest> counted, Unpacked unpacked) throws IOException {
        long added = counted.add(image.digest()) ? image.manifest().size() : 0;
        for (Blob blob : image.blobs()) {
            added += counted.add(blob.digest()) ? blob.size() : 0;
        }
        boolean container = image.isContainerImage();
        List<LayerSize> layers = new ArrayList<>();
        OptionalLong all = OptionalLong.empty();
        if (container) {
            for (Layer layer : image.layers()) {
                layers.add(new LayerSize(layer.digest(), layer.size(), unpacked.bytes(layer)));
            }
            if (layers.stream().allMatch(layer -> layer.unpacked.isPresent())) {
                all = OptionalLong.of(layers.stream().mapToLong(layer -> layer.unpacked.getAsLong()).sum());
            }
        } else {
            image.layerDescriptors().forEach(blob ->
                    layers.add(new LayerSize(blob.digest(), blob.size(), OptionalLong.empty())));
        }
        return new ImageSize(name, container ? Optional.of(image.platform()) : Optional.empty(), image.digest(),
                List.copyOf(layers), image.size(), added, all);
    }
}
