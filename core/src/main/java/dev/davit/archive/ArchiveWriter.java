package dev.davit.archive;

import dev.davit.blob.Blob;
import dev.davit.blob.Convoy;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Contents;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.MediaType;
import dev.davit.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes an archive: the documents first, so that a reader of a stream knows what comes; then the blobs by digest. What is
 * sorted here is sorted so that the order of the images does not show in the bytes.
 */
final class ArchiveWriter implements ArchiveForm {

    private final SortedMap<Digest, Blob> blobs = new TreeMap<>();
    private final SortedMap<String, Descriptor> descriptors = new TreeMap<>();
    private final SortedMap<Digest, Image> images = new TreeMap<>();
    private final SortedMap<Digest, SortedSet<String>> repoTags = new TreeMap<>();

    /** The layers that somebody has in a repository already. */
    private final Map<String, Set<Digest>> earlier = new LinkedHashMap<>();
    private final Set<Digest> needed = new HashSet<>();

    /** Writes an archive without the layers that these have in the same repository: another may not see them. */
    static ArchiveWriter since(List<? extends Map<String, ? extends Artifact>> earlier) throws IOException {
        ArchiveWriter writer = new ArchiveWriter();
        for (Map<String, ? extends Artifact> images : earlier) {
            for (Map.Entry<String, ? extends Artifact> known : images.entrySet()) {
                Set<Digest> layers = writer.earlier.computeIfAbsent(Names.repository(known.getKey()), key -> new HashSet<>());
                for (Image image : known.getValue().images()) {
                    image.layerDescriptors().forEach(layer -> layers.add(layer.digest()));
                }
            }
        }
        return writer;
    }

    @Override
    public Descriptor add(String name, Artifact artifact) throws IOException {
        Set<Digest> known = earlier.getOrDefault(Names.repository(name), Set.of());
        for (Blob blob : Contents.of(artifact)) {
            blobs.putIfAbsent(blob.digest(), blob);
            if (!known.contains(blob.digest())) {
                needed.add(blob.digest());
            }
        }
        Descriptor descriptor = Names.name(Contents.entry(artifact), name);
        Descriptor other = descriptors.put(name.isEmpty() ? artifact.digest().toString() : name, descriptor);
        if (other != null && !other.equals(descriptor)) {
            throw new IllegalArgumentException("two images for one archive are called '" + name
                    + "': expected a name of its own for each");
        }
        Optional<Image> image = DockerImage.of(artifact);
        if (image.isPresent()) {
            images.put(image.get().digest(), image.get());
            SortedSet<String> tags = repoTags.computeIfAbsent(image.get().digest(), digest -> new TreeSet<>());
            Names.repoTag(name).ifPresent(tags::add);
        }
        return descriptor;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        TarOutput tar = new TarOutput(out);
        tar.document("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        tar.document(OciEntries.INDEX, index());
        if (isWhole()) {
            tar.document(SavedEntry.FILE, saved());
        }
        tar.folder("blobs/");
        String last = "";
        List<Blob> written = blobs.values().stream().filter(blob -> needed.contains(blob.digest())).toList();
        try (Convoy convoy = Convoy.of(written)) {
            for (Blob blob : written) {
                String algorithm = blob.digest().algorithm();
                if (!algorithm.equals(last)) {
                    tar.folder("blobs/" + algorithm + "/");
                    last = algorithm;
                }
                try (InputStream in = blob.open()) {
                    tar.file(OciEntries.path(blob.digest()), blob.size(), in);
                }
                convoy.arrived(blob);
            }
        }
        tar.finish();
    }

    private byte[] index() {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaType.OCI_INDEX.name());
        index.put("manifests", descriptors.values().stream().map(Descriptor::tree).toList());
        if (!isWhole()) {
            index.put("annotations", Map.of(OciEntries.PARTIAL, "true"));
        }
        return Json.write(index);
    }

    private boolean isWhole() {
        return needed.containsAll(blobs.keySet());
    }

    private byte[] saved() {
        return Json.write(images.values().stream().map(image -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("Config", OciEntries.path(image.configDescriptor().digest()));
            entry.put("RepoTags", List.copyOf(repoTags.getOrDefault(image.digest(), new TreeSet<>())));
            entry.put("Layers", image.layerDescriptors().stream().map(d -> OciEntries.path(d.digest())).toList());
            return entry;
        }).toList());
    }
}
