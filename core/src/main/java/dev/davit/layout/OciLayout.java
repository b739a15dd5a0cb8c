package dev.davit.layout;

import dev.davit.blob.Blob;
import dev.davit.blob.Convoy;
import dev.davit.blob.Digest;
import dev.davit.blob.Parallel;
import dev.davit.image.Artifact;
import dev.davit.image.Contents;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Platform;
import dev.davit.image.Sink;
import dev.davit.image.Source;
import dev.davit.validate.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Images in a folder: blobs by their digest, and {@code index.json} with the names. Several processes may write at once:
 * a blob appears whole, and the index is replaced as a whole under a lock.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image layout</a>
 */
public final class OciLayout implements Source, Sink {

    private static final String NAME = "org.opencontainers.image.ref.name";
    private static final int USUAL_WIDTH = 4;
    private static final Listener NOBODY = new Listener() {
        @Override
        public void put(String name, Artifact artifact) { }

        @Override
        public void remove(List<Descriptor> entries) { }

        @Override
        public void collectGarbage() { }
    };

    private final Path folder;
    private final Parallel parallel;
    private final IndexFile index;
    private final BlobFolder blobs;
    private final Listener listener;

    /** Told of changes before they are made; what it throws ends them. */
    public interface Listener {

        /** Of what is to be listed by a name, empty text where by none. */
        void put(String name, Artifact artifact) throws IOException;

        /** Of what is to be listed no more. */
        void remove(List<Descriptor> entries) throws IOException;

        /** Of blobs that are to be removed, as nothing leads to them. */
        void collectGarbage() throws IOException;
    }

    private OciLayout(Path folder) {
        this(folder, Parallel.of(USUAL_WIDTH), new IndexFile(folder), new BlobFolder(folder), NOBODY);
    }

    private OciLayout(Path folder, Parallel parallel, IndexFile index, BlobFolder blobs, Listener listener) {
        this.folder = folder;
        this.parallel = parallel;
        this.index = index;
        this.blobs = blobs;
        this.listener = listener;
    }

    /**
     * The layout in this folder.
     *
     * @throws IOException if it is not one
     */
    public static OciLayout open(Path folder) throws IOException {
        OciLayout layout = new OciLayout(folder);
        layout.index.check();
        return layout;
    }

    /**
     * The layout in this folder; the folder and an empty layout are made where they are missing.
     *
     * @throws IOException also if something else is in the folder
     */
    public static OciLayout create(Path folder) throws IOException {
        OciLayout layout = new OciLayout(folder);
        layout.index.create();
        layout.blobs.create();
        return open(folder);
    }

    /** The same layout, to which so many blobs are written at once; 4 where nothing is said. */
    public OciLayout withParallel(int width) {
        return new OciLayout(folder, Parallel.of(width), index, blobs, listener);
    }

    /** The same layout, somebody being told of its changes. */
    public OciLayout withListener(Listener other) {
        return new OciLayout(folder, parallel, index, blobs, other);
    }

    /** The same layout, whose files stay as they are: what is changed is so for this one, and for those made of it. */
    public OciLayout rehearsed() {
        return new OciLayout(folder, parallel, new IndexFile(folder, new AtomicReference<>()),
                new BlobFolder(folder, new ConcurrentHashMap<>()), listener);
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
        return index.descriptors();
    }

    /** What the index lists under each name, in order. */
    public Map<String, List<Descriptor>> names() throws IOException {
        Map<String, List<Descriptor>> names = new LinkedHashMap<>();
        for (Descriptor descriptor : descriptors()) {
            name(descriptor).ifPresent(name -> names.computeIfAbsent(name, key -> new ArrayList<>()).add(descriptor));
        }
        return Collections.unmodifiableMap(names);
    }

    /** What the index of a layout calls what the descriptor refers to, if it has a name. */
    public static Optional<String> name(Descriptor descriptor) {
        return Optional.ofNullable(descriptor.annotations().get(NAME));
    }

    /** Whether somebody who says this name or digest means what the descriptor refers to; empty text means everything. */
    public static boolean isCalled(Descriptor descriptor, String name) {
        return name.isEmpty() || name(descriptor).filter(name::equals).isPresent()
                || descriptor.digest().toString().equals(name);
    }

    /** @param name a name in the index, or the digest of what it lists; empty text where it lists just one */
    @Override
    public Artifact get(String name) throws IOException {
        List<Descriptor> found = found(name);
        // The same image may have several names.
        if (found.stream().map(Descriptor::digest).distinct().count() > 1) {
            throw new IOException("layout " + folder + " has several images"
                    + (name.isEmpty() ? "" : " called " + name) + ": " + choices(found, name) + "; say which");
        }
        return Artifact.of(blobs.manifest(found.get(0)), blobs, folder + (name.isEmpty() ? "" : ":" + name));
    }

    /** The image for a platform of what has this name, be it one index or several images. */
    public Image get(String name, Platform platform) throws IOException {
        List<Descriptor> found = found(name);
        Artifact all = Artifact.of(index.read(), blobs, folder + (name.isEmpty() ? "" : ":" + name));
        if (!(all instanceof Index listed)) {
            throw new IOException(folder + ", index.json is not an index");
        }
        return listed.remove(descriptor -> !found.contains(descriptor)).platform(platform);
    }

    private List<Descriptor> found(String name) throws IOException {
        List<Descriptor> all = descriptors();
        if (all.isEmpty()) {
            throw new IOException("layout " + folder + " has no images");
        }
        List<Descriptor> found = all.stream().filter(descriptor -> isCalled(descriptor, name)).toList();
        if (found.isEmpty()) {
            throw new IOException("layout " + folder + " has no image " + name + "; it has " + choices(all, name));
        }
        return found;
    }

    private static String choices(List<Descriptor> choice, String name) {
        return choice.stream().map(d -> name(d).filter(n -> !n.equals(name)).orElse(d.digest().toString()))
                .collect(Collectors.joining(", "));
    }

    /**
     * {@inheritDoc}
     *
     * <p>All that the index lists under the name is replaced, and so is the same artifact without one. With empty text for a name, the index lists the artifact
     * without one, unless it has it already, under whatever name. Blobs from a registry are fetched a few at once.
     */
    @Override
    public Descriptor put(String name, Artifact artifact) throws IOException {
        return name.isEmpty() ? append(name, artifact) : replace(
                listed -> name(listed).map(name::equals).orElse(listed.digest().equals(artifact.digest())), name, artifact);
    }

    /** Puts an image or index beside what has the name already; what is listed by this name already stays as it is. */
    public Descriptor append(String name, Artifact artifact) throws IOException {
        List<String> known = descriptors().stream().filter(listed -> listed.digest().equals(artifact.digest()))
                .map(listed -> name(listed).orElse("")).toList();
        String kept = name.isEmpty() && !known.isEmpty() ? known.get(0) : name;
        return replace(listed -> listed.digest().equals(artifact.digest()) && name(listed).orElse("").equals(kept),
                kept, artifact);
    }

    /**
     * Puts an image or index in the place of the first entry of the index that matches, and takes the others that match
     * away; at the end where none does.
     */
    public Descriptor replace(Predicate<Descriptor> entries, String name, Artifact artifact) throws IOException {
        listener.put(name, artifact);
        List<Blob> needed = Contents.of(artifact, parallel);
        Descriptor plain = Contents.entry(artifact);
        Descriptor descriptor = name.isEmpty() ? plain : plain.withAnnotation(NAME, name);
        List<Blob> missing = missing(needed);
        do {
            // The largest first, so that no thread is left alone with it at the end.
            List<Blob> order = missing.stream().sorted(Comparator.comparingLong(Blob::size).reversed()).toList();
            try (Convoy convoy = Convoy.of(order)) {
                parallel.map(order, blob -> {
                    blobs.write(blob);
                    convoy.arrived(blob);
                    return blob;
                });
            }
            missing = index.locked(() -> {
                List<Blob> gone = missing(needed); // what another process took for garbage meanwhile
                if (gone.isEmpty()) {
                    list(entries, descriptor);
                }
                return gone;
            });
        } while (!missing.isEmpty());
        return descriptor;
    }

    private List<Blob> missing(List<Blob> needed) throws IOException {
        List<Blob> missing = new ArrayList<>();
        for (Blob blob : needed) {
            if (!blobs.has(blob)) {
                missing.add(blob);
            }
        }
        return missing;
    }

    private void list(Predicate<Descriptor> replaced, Descriptor descriptor) throws IOException {
        List<Descriptor> entries = new ArrayList<>();
        for (Descriptor entry : descriptors()) {
            if (!replaced.test(entry)) {
                entries.add(entry);
            } else if (!entries.contains(descriptor)) {
                entries.add(descriptor);
            }
        }
        if (!entries.contains(descriptor)) {
            entries.add(descriptor);
        }
        index.write(entries);
    }

    /** Takes entries from the index, and returns them. Their blobs stay until the garbage is collected. */
    public List<Descriptor> remove(Predicate<Descriptor> entries) throws IOException {
        return index.locked(() -> {
            List<Descriptor> all = descriptors();
            List<Descriptor> removed = all.stream().filter(entries).toList();
            listener.remove(removed);
            index.write(all.stream().filter(entries.negate()).toList());
            return removed;
        });
    }

    /**
     * Removes the blobs that nothing in the index leads to, also while another Davit writes.
     *
     * @return what was removed, with its bytes
     * @throws IOException also if a manifest cannot be read; nothing is removed then
     */
    public SortedMap<Digest, Long> collectGarbage() throws IOException {
        listener.collectGarbage();
        return index.locked(() -> Garbage.remove(blobs, index.read()));
    }
}
