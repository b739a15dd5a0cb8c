package dev.davit.archive;

import dev.davit.blob.AtomicFile;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Sink;
import dev.davit.image.Source;
import dev.davit.validate.Findings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Images in one tar file.
 *
 * <p>What is written is at once an OCI layout and what {@code docker save} writes, so that {@code docker load},
 * {@code podman load} and OCI tools read it, and all digests stay. Of an index, {@code docker load} gets the image for
 * linux/amd64, or else the first; OCI tools get all of it. The bytes depend on nothing but the images and their names.
 * Layers that are to be fetched from where their owner serves them are left out.
 *
 * <p>What is read is that, an OCI archive, or what older versions of {@code docker save} wrote; plain, or packed by gzip
 * or zstd. An image that was read opens its layers in the file, which stays open until the archive is closed.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image layout</a>
 */
public final class Archive implements Source, AutoCloseable {

    private final TarEntries tar;
    private final List<Entry> entries;

    private Archive(TarEntries tar) throws IOException {
        this.tar = tar;
        if (tar.has(OciEntries.INDEX)) {
            this.entries = new OciEntries(tar).entries();
        } else if (tar.has(SavedEntry.FILE)) {
            this.entries = SavedEntry.all(tar).stream()
                    .map(saved -> new Entry(saved.repoTags(), saved.config(), "", () -> SavedImage.load(tar, saved)))
                    .toList();
        } else {
            throw new IOException(tar.place() + " is not an archive of images: it has no file " + OciEntries.INDEX
                    + " and no " + SavedEntry.FILE);
        }
    }

    /** Opens an archive. A packed one is unpacked to a temporary file, which goes when the archive is closed. */
    public static Archive open(Path file) throws IOException {
        return of(TarEntries.of(file));
    }

    /**
     * Reads an archive to its end, into a temporary file that goes when the archive is closed.
     *
     * @param place where it comes from, for messages
     */
    public static Archive read(InputStream in, String place) throws IOException {
        return of(TarEntries.of(in, place));
    }

    private static Archive of(TarEntries tar) throws IOException {
        try {
            return new Archive(tar);
        } catch (IOException | RuntimeException e) {
            tar.close();
            throw e;
        }
    }

    /**
     * What is wrong with an archive, and with all that is in it: its lists, what they lead to, whether the list for OCI
     * tools and the one for Docker agree, and blobs whose content has another digest than their name says. Notes tell of
     * blobs that nothing refers to.
     *
     * @param fast whether to leave the bytes of layers alone and only look whether they are there, and how many
     * @throws IOException only if the thread is interrupted
     */
    public static Findings validate(Path file, boolean fast) throws IOException {
        return ArchiveCheck.of(file, fast);
    }

    /** What the images are called, in order: names as people write them. */
    public List<String> names() {
        return entries.stream().flatMap(entry -> entry.names().stream()).toList();
    }

    /** All images and indexes, in order: under each of their names, or under the digest of what has none. */
    public Map<String, Artifact> all() throws IOException {
        Map<String, Artifact> all = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Artifact artifact = entry.loader().load();
            for (String name : entry.names().isEmpty() ? List.of(artifact.digest().toString()) : entry.names()) {
                all.put(name, artifact);
            }
        }
        return Collections.unmodifiableMap(all);
    }

    /** Whether something is called so; empty text means anything. */
    public boolean has(String name) {
        return entries.stream().anyMatch(entry -> name.isEmpty() || entry.isCalled(name));
    }

    /**
     * @param name as people write it or in full, a digest, or empty text where the archive holds just one image; of an
     *             archive without manifests, packed layers are read once, to find their digests
     */
    @Override
    public Artifact get(String name) throws IOException {
        List<Entry> found = entries.stream().filter(entry -> name.isEmpty() || entry.isCalled(name)).toList();
        // The same image may have several names.
        if (found.stream().map(Entry::id).distinct().count() == 1) {
            return found.get(0).loader().load();
        }
        if (entries.isEmpty()) {
            throw new IOException("archive " + tar.place() + " has no images");
        }
        String choices = (found.isEmpty() ? entries : found).stream().map(Entry::title).collect(Collectors.joining(", "));
        throw new IOException("archive " + tar.place() + (found.isEmpty() ? " has no image " + name + "; it has " + choices
                : " has several images" + (name.isEmpty() ? "" : " called " + name) + ": " + choices + "; say which"));
    }

    /** Closes the file; layers of its images can no longer be read. */
    @Override
    public void close() throws IOException {
        tar.close();
    }

    /**
     * The archive in this file as a place to put images: a name that is there is replaced, the others stay. Each put
     * writes the whole file anew; {@link #write} puts many at once.
     */
    public static Sink sink(Path file) {
        return (name, artifact) -> {
            ArchiveForm writer = new ArchiveWriter();
            Descriptor descriptor = writer.add(Names.checked(name), artifact);
            if (!Files.exists(file)) {
                write(file, writer);
                return descriptor;
            }
            try (Archive before = open(file)) {
                for (Entry entry : before.entries) {
                    before.keep(entry, name, writer);
                }
                write(file, writer);
                return descriptor;
            }
        };
    }

    /**
     * Writes an archive anew with another image in the place of the one that {@link #get} gives for this name: under this
     * name, or under all its names if it was found without one. The others stay.
     */
    public static Descriptor replace(Path file, String name, Artifact artifact) throws IOException {
        try (Archive before = open(file)) {
            before.get(name);
            if (before.entries.stream().flatMap(entry -> entry.names().stream()).anyMatch(own -> Entry.isSame(own, name))) {
                return sink(file).put(name, artifact);
            }
            ArchiveForm writer = new ArchiveWriter();
            Descriptor descriptor = artifact.descriptor();
            for (Entry entry : before.entries) {
                if (!name.isEmpty() && !entry.isCalled(name)) {
                    before.keep(entry, "", writer);
                    continue;
                }
                for (String own : entry.names().isEmpty() ? List.of("") : entry.names()) {
                    descriptor = writer.add(own, artifact);
                }
            }
            write(file, writer);
            return descriptor;
        }
    }

    private void keep(Entry entry, String replaced, ArchiveForm writer) throws IOException {
        if (entry.names().isEmpty()) {
            writer.add("", entry.loader().load());
        }
        for (String name : entry.names()) {
            if (!Entry.isSame(name, replaced)) {
                writer.add(name, entry.loader().load());
            }
        }
    }

    /**
     * Writes an archive of these images, by their names; empty text for one without. Blobs that they share are there once.
     *
     * @throws IllegalArgumentException if a name is not a reference, or two are the same
     */
    public static void write(Path file, Map<String, ? extends Artifact> images) throws IOException {
        write(file, filled(new ArchiveWriter(), images));
    }

    /** Writes an archive of these images as a stream, and leaves the stream open. */
    public static void write(OutputStream out, Map<String, ? extends Artifact> images) throws IOException {
        filled(new ArchiveWriter(), images).write(out);
    }

    /**
     * Writes an archive without the layers that earlier images of the same repositories have, by their names, for who has
     * those already. Where it leaves something out, engines cannot load it; what reads it here fails only if the layer is
     * asked for, and says why it is not there.
     */
    public static void writeSince(Path file, Map<String, ? extends Artifact> images,
            List<? extends Map<String, ? extends Artifact>> earlier) throws IOException {
        write(file, filled(ArchiveWriter.since(earlier), images));
    }

    /** Writes such an archive as a stream, and leaves the stream open. */
    public static void writeSince(OutputStream out, Map<String, ? extends Artifact> images,
            List<? extends Map<String, ? extends Artifact>> earlier) throws IOException {
        filled(ArchiveWriter.since(earlier), images).write(out);
    }

    /**
     * Writes an archive as {@code docker save} did before version 1.10, for engines of that age: a folder for each layer,
     * unpacked. Configs stay byte for byte, manifests and indexes are lost; of an index, only the image for linux/amd64,
     * or else the first, is there.
     *
     * @throws IllegalArgumentException also if something is no container image, or has no layers
     */
    public static void writeLegacy(Path file, Map<String, ? extends Artifact> images) throws IOException {
        write(file, filled(new LegacyWriter(), images));
    }

    /** Writes such an archive as a stream, and leaves the stream open. */
    public static void writeLegacy(OutputStream out, Map<String, ? extends Artifact> images) throws IOException {
        filled(new LegacyWriter(), images).write(out);
    }

    private static ArchiveForm filled(ArchiveForm form, Map<String, ? extends Artifact> images) throws IOException {
        for (Map.Entry<String, ? extends Artifact> image : images.entrySet()) {
            form.add(Names.checked(image.getKey()), image.getValue());
        }
        return form;
    }

    private static void write(Path file, ArchiveForm form) throws IOException {
        try (AtomicFile out = AtomicFile.create(file)) {
            OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
            form.write(buffered);
            buffered.flush();
            out.commit();
        }
    }
}
