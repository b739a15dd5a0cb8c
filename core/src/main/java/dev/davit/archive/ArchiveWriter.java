package dev.davit.archive;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Contents;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes an archive: the documents first, so that a reader of a stream knows what comes; then the blobs by digest. What is
 * sorted here is sorted so that the order of the images does not show in the bytes.
 */
final class ArchiveWriter {

    /** What {@code docker load} gets of an index: the same on every machine. */
    private static final Platform COMMON = Platform.of("linux", "amd64");

    private final SortedMap<Digest, Blob> blobs = new TreeMap<>();
    private final SortedMap<String, Descriptor> descriptors = new TreeMap<>();
    private final SortedMap<Digest, Image> images = new TreeMap<>();
    private final SortedMap<Digest, SortedSet<String>> repoTags = new TreeMap<>();

    /** Adds an image or index; empty text for one without a name. Reads manifests and configs. */
    Descriptor add(String name, Artifact artifact) throws IOException {
        for (Blob blob : Contents.of(artifact)) {
            blobs.putIfAbsent(blob.digest(), blob);
        }
        Descriptor descriptor = Names.name(Contents.entry(artifact), name);
        Descriptor other = descriptors.put(name.isEmpty() ? artifact.digest().toString() : name, descriptor);
        if (other != null && !other.equals(descriptor)) {
            throw new IllegalArgumentException("two images for one archive are called '" + name
                    + "': expected a name of its own for each");
        }
        Optional<Image> image = forDocker(artifact);
        if (image.isPresent()) {
            images.put(image.get().digest(), image.get());
            SortedSet<String> tags = repoTags.computeIfAbsent(image.get().digest(), digest -> new TreeSet<>());
            Names.repoTag(name).ifPresent(tags::add);
        }
        return descriptor;
    }

    private static Optional<Image> forDocker(Artifact artifact) throws IOException {
        Image chosen = null;
        for (Image image : artifact.images()) {
            boolean whole = image.layerDescriptors().stream().map(Descriptor::mediaType)
                    .allMatch(MediaType::isDistributable);
            if (image.isContainerImage() && whole && (chosen == null
                    || !chosen.platform().satisfies(COMMON) && image.platform().satisfies(COMMON))) {
                chosen = image;
            }
        }
        return Optional.ofNullable(chosen);
    }

    /** Writes the archive, and leaves the stream open. */
    void write(OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        document(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        document(tar, OciEntries.INDEX, index());
        document(tar, SavedEntry.FILE, saved());
        folder(tar, "blobs/");
        String last = "";
        for (Blob blob : blobs.values()) {
            String algorithm = blob.digest().algorithm();
            if (!algorithm.equals(last)) {
                folder(tar, "blobs/" + algorithm + "/");
                last = algorithm;
            }
            try (InputStream in = blob.open()) {
                file(tar, OciEntries.path(blob.digest()), blob.size(), in);
            }
        }
        tar.finish();
        tar.flush();
    }

    private byte[] index() {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaType.OCI_INDEX.name());
        index.put("manifests", descriptors.values().stream().map(Descriptor::tree).toList());
        return Json.write(index);
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

    private static void document(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        file(tar, name, bytes.length, new ByteArrayInputStream(bytes));
    }

    private static void file(TarArchiveOutputStream tar, String name, long size, InputStream in) throws IOException {
        put(tar, name, 0100644, size);
        in.transferTo(tar);
        tar.closeArchiveEntry();
    }

    private static void folder(TarArchiveOutputStream tar, String name) throws IOException {
        put(tar, name, 040755, 0);
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveOutputStream tar, String name, int mode, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize(size);
        entry.setModTime(0);
        entry.setUserName(""); // else that of whoever runs this
        tar.putArchiveEntry(entry);
    }
}
