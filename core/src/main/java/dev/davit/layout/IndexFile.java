package dev.davit.layout;

import dev.davit.blob.AtomicFile;
import dev.davit.blob.Disk;
import dev.davit.image.Descriptor;
import dev.davit.json.Document;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files {@code index.json} and {@code oci-layout} of a layout, and the lock on it.
 *
 * @param rehearsed has the index in the place of the file, once it was written; nothing where the file is written
 */
record IndexFile(Path layout, @Nullable AtomicReference<@Nullable Document> rehearsed) {

    private static final String VERSION = "{\"imageLayoutVersion\":\"1.0.0\"}";
    private static final String EMPTY =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}";
    private static final int LARGEST = 32 << 20;

    IndexFile(Path layout) {
        this(layout, null);
    }

    Path version() {
        return layout.resolve("oci-layout");
    }

    Path index() {
        return layout.resolve("index.json");
    }

    /** Fails if the folder is no layout. */
    void check() throws IOException {
        if (!Files.isDirectory(layout)) {
            throw new IOException("there is no folder " + layout);
        }
        for (Path file : List.of(version(), index())) {
            if (!Files.isRegularFile(file)) {
                throw new IOException(layout + " is not an OCI layout: it has no file " + file.getFileName());
            }
        }
        String version = readVersion().text("imageLayoutVersion").orElse("");
        if (!version.startsWith("1.")) {
            throw new IOException(layout + " is an OCI layout of version '" + version + "', expected 1.0.0");
        }
    }

    /** Makes an empty list where there is none, in a folder that has nothing in it yet. */
    void create() throws IOException {
        Disk.check(index());
        Files.createDirectories(layout);
        if (!Files.exists(version())) { // which comes before all else
            try (Stream<Path> files = Files.list(layout)) {
                if (files.findAny().isPresent()) {
                    throw new IOException(layout + " is not an OCI layout, and not empty: expected a layout, or a folder "
                            + "that is new or empty");
                }
            }
        }
        locked(() -> {
            if (!Files.exists(index())) {
                AtomicFile.write(index(), EMPTY.getBytes(StandardCharsets.UTF_8));
            }
            return layout;
        });
    }

    Document readVersion() throws IOException {
        synchronized (IndexFile.class) { // else a lock that another thread holds would go when the file is closed
            return read(version());
        }
    }

    Document read() throws IOException {
        Document written = rehearsed == null ? null : rehearsed.get();
        return written == null ? read(index()) : written;
    }

    private static Document read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than " + LARGEST + " bytes");
        }
        return Document.parse(Files.readAllBytes(file), file.toString());
    }

    List<Descriptor> descriptors() throws IOException {
        List<Descriptor> descriptors = new ArrayList<>();
        for (Map<String, @Nullable Object> tree : read().objects("manifests")) {
            descriptors.add(Descriptor.parse(tree, index() + ", manifest " + (descriptors.size() + 1)));
        }
        return Collections.unmodifiableList(descriptors);
    }

    /** Lists these and nothing else; to be called under the lock. */
    void write(List<Descriptor> descriptors) throws IOException {
        Document before = read();
        Document after = before.edit(tree -> tree.set(descriptors.stream().map(Descriptor::tree).toList(), "manifests"));
        if (rehearsed != null) {
            rehearsed.set(after);
        } else if (after != before) {
            AtomicFile.write(index(), after.bytes());
        }
    }

    /** What is done under the lock. */
    @FunctionalInterface
    interface Change<T> {
        T run() throws IOException;
    }

    /**
     * Makes a change while no other process makes one. The lock is on the file with the version, which is there anyway
     * and, unlike the index, never replaced.
     */
    <T> T locked(Change<T> change) throws IOException {
        if (rehearsed != null) {
            synchronized (rehearsed) {
                return change.run();
            }
        }
        Disk.check(index());
        synchronized (IndexFile.class) { // a process holds a lock as a whole
            try (FileChannel file = FileChannel.open(version(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.lock(); // until the file is closed
                if (file.size() == 0) {
                    file.write(ByteBuffer.wrap(VERSION.getBytes(StandardCharsets.UTF_8)));
                }
                return change.run();
            }
        }
    }
}
