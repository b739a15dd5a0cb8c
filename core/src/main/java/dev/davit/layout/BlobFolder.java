package dev.davit.layout;

import dev.davit.blob.AtomicFile;
import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.blob.Disk;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.json.Document;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The blobs of a layout, and how what its index lists finds what it refers to.
 *
 * @param rehearsed gets the blobs that are written, in the place of the folder; nothing where that gets them
 */
record BlobFolder(Path layout, @Nullable Map<Digest, Blob> rehearsed) implements Artifact.Content {

    BlobFolder(Path layout) {
        this(layout, null);
    }

    private Path folder() {
        return layout.resolve("blobs");
    }

    void create() throws IOException {
        Disk.check(layout);
        Files.createDirectories(folder().resolve("sha256"));
    }

    private Path path(Digest digest) {
        return folder().resolve(digest.algorithm()).resolve(digest.hex());
    }

    @Override
    public Blob blob(Descriptor descriptor) {
        Blob written = rehearsed == null ? null : rehearsed.get(descriptor.digest());
        return written == null ? Blob.of(path(descriptor.digest()), descriptor.digest(), descriptor.size()) : written;
    }

    @Override
    public Document manifest(Descriptor descriptor) throws IOException {
        return Document.parse(blob(descriptor).bytes(), layout + ", manifest " + descriptor.digest());
    }

    /** Whether the blob is there; one of another size is what a crash left of it. */
    boolean has(Blob blob) throws IOException {
        return rehearsed != null && rehearsed.containsKey(blob.digest()) || size(blob.digest()) == blob.size();
    }

    /** Bytes of this blob; -1 if it is not there. */
    long size(Digest digest) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path(digest), BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.size() : -1;
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    void write(Blob blob) throws IOException {
        if (rehearsed != null) {
            rehearsed.put(blob.digest(), blob);
            return;
        }
        Path path = path(blob.digest());
        Files.createDirectories(path.getParent());
        try (AtomicFile file = AtomicFile.create(path); InputStream in = blob.open()) {
            in.transferTo(file);
            file.commit();
        }
    }

    /** What is there, with its bytes. */
    SortedMap<Digest, Long> list() throws IOException {
        SortedMap<Digest, Long> sizes = new TreeMap<>();
        try (DirectoryStream<Path> algorithms = Files.newDirectoryStream(folder(), Files::isDirectory)) {
            for (Path algorithm : algorithms) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(algorithm)) {
                    for (Path file : files) {
                        Optional<Digest> digest = digest(algorithm.getFileName() + ":" + file.getFileName());
                        if (digest.isPresent()) { // else it is being written
                            sizes.put(digest.get(), Files.size(file));
                        }
                    }
                }
            }
        }
        return sizes;
    }

    /** The digest that this text is, if it is one. */
    static Optional<Digest> digest(String text) {
        try {
            return Optional.of(Digest.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void delete(Digest digest) throws IOException {
        if (rehearsed == null) {
            Files.deleteIfExists(path(digest));
        }
    }
}
