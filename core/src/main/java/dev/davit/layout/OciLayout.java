package dev.davit.layout;

import dev.davit.blob.AtomicFile;
import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Contents;
import dev.davit.image.Descriptor;
import dev.davit.image.Sink;
import dev.davit.image.Source;
import dev.davit.json.Document;
import dev.davit.validate.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Images in a folder: blobs by their digest, and {@code index.json} with the names. Several processes may write at once:
 * a blob appears whole, and the index is replaced as a whole under a lock.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image layout</a>
 */
public final class OciLayout implements Source, Sink {

    private static final String NAME = "org.opencontainers.image.ref.name";
    private static final String VERSION = "{\"imageLayoutVersion\":\"1.0.0\"}";
    private static final String EMPTY =
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}";
    private static final int LARGEST_INDEX = 32 << 20;

    private final Path folder;

    private OciLayout(Path folder) {
        this.folder = folder;
    }

    /**
     * The layout in this folder.
     *
     * @throws IOException if it is not one
     */
    public static OciLayout open(Path folder) throws IOException {
        OciLayout layout = new OciLayout(folder);
        for (Path file : List.of(layout.version(), layout.index())) {
            if (!Files.isRegularFile(file)) {
                throw new IOException(folder + " is not an OCI layout: it has no file " + file.getFileName());
            }
        }
        String version = Document.parse(Files.readAllBytes(layout.version()), layout.version().toString())
                .text("imageLayoutVersion").orElse("");
        if (!version.startsWith("1.")) {
            throw new IOException(folder + " is an OCI layout of version '" + version + "', expected 1.0.0");
        }
        return layout;
    }

    /** The layout in this folder; the folder and an empty layout are made where they are missing. */
    public static OciLayout create(Path folder) throws IOException {
        OciLayout layout = new OciLayout(folder);
        Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
        layout.locked(() -> {
            if (!Files.exists(layout.index())) {
                AtomicFile.write(layout.index(), EMPTY.getBytes(StandardCharsets.UTF_8));
            }
        });
        return open(folder);
    }

    /**
     * What is wrong with the layout in this folder, and with all that is in it: its version and its index, whatever the
     * index leads to, and blobs whose content has another digest than their name says. Notes tell of blobs that nothing
     * refers to.
     *
     * @param fast whether to leave the bytes of layers alone and only ask whether they are there, and how many
     * @throws IOException only if the thread is interrupted
     */
    public static Findings validate(Path folder, boolean fast) throws IOException {
        return LayoutCheck.of(folder, fast);
    }

    public Path folder() {
        return folder;
    }

    /** What the index lists, in order; what has a name has it in its annotation {@code org.opencontainers.image.ref.name}. */
    public List<Descriptor> descriptors() throws IOException {
        List<Descriptor> descriptors = new ArrayList<>();
        for (Map<String, @Nullable Object> tree : readIndex().objects("manifests")) {
            descriptors.add(Descriptor.parse(tree, index() + ", manifest " + (descriptors.size() + 1)));
        }
        return Collections.unmodifiableList(descriptors);
    }

    /** What the index lists under a name, in order. */
    public Map<String, Descriptor> names() throws IOException {
        Map<String, Descriptor> names = new LinkedHashMap<>();
        for (Descriptor descriptor : descriptors()) {
            name(descriptor).ifPresent(name -> names.put(name, descriptor));
        }
        return Collections.unmodifiableMap(names);
    }

    private static Optional<String> name(Descriptor descriptor) {
        return Optional.ofNullable(descriptor.annotations().get(NAME));
    }

    /** @param name a name in the index, or the digest of what it lists; empty text where it lists just one */
    @Override
    public Artifact get(String name) throws IOException {
        List<Descriptor> all = descriptors();
        List<Descriptor> found = all.stream().filter(descriptor -> name.isEmpty()
                || name(descriptor).filter(name::equals).isPresent() || descriptor.digest().toString().equals(name)).toList();
        // The same image may have several names.
        if (found.stream().map(Descriptor::digest).distinct().count() != 1) {
            throw new IOException(complaint(name, all, found));
        }
        Stored stored = new Stored(folder);
        return Artifact.of(stored.manifest(found.get(0)), stored, folder + (name.isEmpty() ? "" : ":" + name));
    }

    private String complaint(String name, List<Descriptor> all, List<Descriptor> found) {
        if (all.isEmpty()) {
            return "layout " + folder + " has no images";
        }
        List<Descriptor> choice = found.isEmpty() ? all : found;
        String choices = choice.stream().map(d -> name(d).filter(n -> !n.equals(name)).orElse(d.digest().toString()))
                .collect(Collectors.joining(", "));
        if (found.isEmpty()) {
            return "layout " + folder + " has no image " + name + "; it has " + choices;
        }
        return "layout " + folder + " has several images" + (name.isEmpty() ? "" : " called " + name) + ": " + choices
                + "; say which";
    }

    /** How what the index lists finds what it refers to. */
    record Stored(Path folder) implements Artifact.Content {

        @Override
        public Blob blob(Descriptor descriptor) {
            return Blob.of(path(folder, descriptor.digest()), descriptor.digest(), descriptor.size());
        }

        @Override
        public Document manifest(Descriptor descriptor) throws IOException {
            return Document.parse(blob(descriptor).bytes(), folder + ", manifest " + descriptor.digest());
        }
    }

    private static Path path(Path folder, Digest digest) {
        return folder.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    }

    /**
     * {@inheritDoc}
     *
     * <p>With empty text for a name, the index lists the artifact without one.
     */
    @Override
    public Descriptor put(String name, Artifact artifact) throws IOException {
        for (Blob blob : Contents.of(artifact)) {
            write(blob);
        }
        Descriptor plain = Contents.entry(artifact);
        Descriptor descriptor = name.isEmpty() ? plain : plain.withAnnotation(NAME, name);
        locked(() -> list(descriptor));
        return descriptor;
    }

    private void write(Blob blob) throws IOException {
        Path path = path(folder, blob.digest());
        if (Files.isRegularFile(path) && Files.size(path) == blob.size()) {
            return;
        }
        Files.createDirectories(path.getParent());
        try (AtomicFile file = AtomicFile.create(path); InputStream in = blob.open()) {
            in.transferTo(file);
            file.commit();
        }
    }

    /** Lists it in the place of what has its name, or has its digest and no name either; else at the end. */
    private void list(Descriptor descriptor) throws IOException {
        List<Descriptor> entries = new ArrayList<>();
        boolean listed = false;
        for (Descriptor entry : descriptors()) {
            boolean same = name(entry).equals(name(descriptor))
                    && (name(entry).isPresent() || entry.digest().equals(descriptor.digest()));
            if (!same) {
                entries.add(entry);
            } else if (!listed) {
                entries.add(descriptor);
                listed = true;
            }
        }
        if (!listed) {
            entries.add(descriptor);
        }
        Document before = readIndex();
        Document after = before.edit(tree -> tree.set(entries.stream().map(Descriptor::tree).toList(), "manifests"));
        if (after != before) {
            AtomicFile.write(index(), after.bytes());
        }
    }

    @FunctionalInterface
    private interface Change {
        void run() throws IOException;
    }

    /**
     * Makes a change while no other process makes one. The lock is on the file with the version, which is there anyway
     * and, unlike the index, never replaced.
     */
    private void locked(Change change) throws IOException {
        synchronized (OciLayout.class) { // a process holds a lock as a whole
            try (FileChannel file = FileChannel.open(version(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.lock(); // until the file is closed
                if (file.size() == 0) {
                    file.write(ByteBuffer.wrap(VERSION.getBytes(StandardCharsets.UTF_8)));
                }
                change.run();
            }
        }
    }

    private Document readIndex() throws IOException {
        return read(index());
    }

    static Document read(Path document) throws IOException {
        if (Files.size(document) > LARGEST_INDEX) {
            throw new IOException(document + " is larger than " + LARGEST_INDEX + " bytes");
        }
        return Document.parse(Files.readAllBytes(document), document.toString());
    }

    private Path version() {
        return folder.resolve("oci-layout");
    }

    private Path index() {
        return folder.resolve("index.json");
    }
}
