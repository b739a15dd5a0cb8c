package dev.davit.archive;

import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Contents;
import dev.davit.image.Descriptor;
import dev.davit.image.History;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import dev.davit.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive as {@code docker save} did before Docker knew digests: a folder for each layer, named by an id that
 * stands for the layer and all below it, and {@code repositories} with the names. For newer readers there is
 * {@code manifest.json} over the same files. Layers are unpacked.
 */
final class LegacyWriter implements ArchiveForm {

    private final SortedMap<Digest, Image> images = new TreeMap<>();
    private final SortedMap<String, Digest> names = new TreeMap<>();

    @Override
    public Descriptor add(String name, Artifact artifact) throws IOException {
        Image image = DockerImage.of(artifact).filter(found -> !found.layerDescriptors().isEmpty())
                .orElseThrow(() -> new IllegalArgumentException((name.isEmpty() ? artifact.digest() : name)
                        + " cannot be in a legacy archive: expected a container image with layers, all of them its own"));
        images.put(image.digest(), image);
        Digest other = Names.repoTag(name).map(tag -> names.put(tag, image.digest())).orElse(image.digest());
        if (!other.equals(image.digest())) {
            throw new IllegalArgumentException("two images for one archive are called '" + name
                    + "': expected a name of its own for each");
        }
        return Names.name(Contents.entry(image), name);
    }

    @Override
    public void write(OutputStream out) throws IOException {
        Map<String, Folder> folders = new LinkedHashMap<>();
        Map<Digest, String> paths = new LinkedHashMap<>();
        Map<Digest, String> tops = new LinkedHashMap<>();
        List<Object> saved = new ArrayList<>();
        for (Image image : images.values()) {
            List<Layer> layers = image.layers();
            String id = "";
            for (int i = 0; i < layers.size(); i++) {
                Folder folder = folder(image, layers, i, id);
                id = folder.id;
                folders.putIfAbsent(id, folder);
                paths.putIfAbsent(folder.layer.diffId(), id + "/layer.tar");
            }
            tops.put(image.digest(), id);
            saved.add(entry(image, layers, paths));
        }
        TarOutput tar = new TarOutput(out);
        tar.document(SavedEntry.FILE, Json.write(saved));
        if (!names.isEmpty()) {
            tar.document("repositories", Json.write(repositories(tops)));
        }
        SortedSet<String> written = new TreeSet<>();
        for (Image image : images.values()) {
            if (written.add(config(image))) {
                tar.document(config(image), image.config().document().bytes());
            }
        }
        for (Folder folder : folders.values()) {
            folder.write(tar, paths);
        }
        tar.finish();
    }

    private static String config(Image image) {
        return image.configDescriptor().digest().hex() + ".json";
    }

    private Object entry(Image image, List<Layer> layers, Map<Digest, String> paths) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("Config", config(image));
        entry.put("RepoTags", names.entrySet().stream().filter(name -> name.getValue().equals(image.digest()))
                .map(Map.Entry::getKey).toList());
        entry.put("Layers", layers.stream().map(layer -> paths.get(layer.diffId())).toList());
        return entry;
    }

    /** Of each repository, the tags and the ids of their topmost layers. */
    private Object repositories(Map<Digest, String> tops) {
        SortedMap<String, SortedMap<String, Object>> repositories = new TreeMap<>();
        names.forEach((name, image) -> {
            int colon = name.lastIndexOf(':');
            repositories.computeIfAbsent(name.substring(0, colon), repository -> new TreeMap<>())
                    .put(name.substring(colon + 1), tops.get(image));
        });
        return repositories;
    }

    /** Only the top's folder has the image's config, so only its id depends on that. */
    private static Folder folder(Image image, List<Layer> layers, int i, String parent) throws IOException {
        boolean top = i == layers.size() - 1;
        String seed = parent + " " + layers.get(i).diffId() + (top ? " " + image.configDescriptor().digest() : "");
        String id = Digest.of(seed.getBytes(StandardCharsets.UTF_8)).hex();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id);
        if (!parent.isEmpty()) {
            json.put("parent", parent);
        }
        if (top) {
            image.config().document().tree().forEach(json::putIfAbsent);
            json.keySet().removeAll(List.of("rootfs", "history"));
        } else {
            List<History> steps = image.config().history().stream().filter(step -> !step.isEmptyLayer()).toList();
            History step = new History(steps.size() == layers.size() ? steps.get(i).tree() : new LinkedHashMap<>());
            json.put("created", step.created().orElse("1970-01-01T00:00:00Z"));
            json.put("container_config", Map.of("Cmd", List.of(step.createdBy().orElse(""))));
        }
        return new Folder(id, Json.write(json), layers.get(i));
    }

    private record Folder(String id, byte[] json, Layer layer) {

        void write(TarOutput tar, Map<Digest, String> paths) throws IOException {
            tar.folder(id + "/");
            tar.document(id + "/VERSION", "1.0".getBytes(StandardCharsets.UTF_8));
            tar.document(id + "/json", json);
            String path = id + "/layer.tar";
            if (!path.equals(paths.get(layer.diffId()))) {
                tar.symlink(path, "../" + paths.get(layer.diffId()));
            } else if (layer.digest().equals(layer.diffId())) {
                try (InputStream in = layer.blob().open()) {
                    tar.file(path, layer.size(), in);
                }
            } else {
                unpack(tar, path);
            }
        }

        /** By way of a temporary file, as the size comes before the bytes. */
        private void unpack(TarOutput tar, String path) throws IOException {
            Path file = Files.createTempFile("davit-", ".layer");
            try {
                try (InputStream in = layer.uncompressed(); OutputStream out = Files.newOutputStream(file)) {
                    in.transferTo(out);
                }
                try (InputStream in = Files.newInputStream(file)) {
                    tar.file(path, Files.size(file), in);
                }
            } finally {
                Files.delete(file);
            }
        }
    }
}
