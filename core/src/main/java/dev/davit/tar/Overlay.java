package dev.davit.tar;

import dev.davit.blob.ContentStore;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file system of an image: what its layers make up together, one over the other.
 *
 * <p>What the OCI specification leaves open is as umoci and containerd have it. A name that leads through a symbolic link
 * of a lower layer goes where the link leads inside the root: with {@code lib -> usr/lib} in the base, {@code lib/x} is
 * written to {@code usr/lib/x}. A directory that no layer describes has mode 0755, owner 0:0 and the time 0. A whiteout
 * affects lower layers only, wherever it stands in its layer. A hard link keeps its content when a later layer removes
 * or replaces the file that it was linked to.
 *
 * <p>Layers are read when first needed, the newest first, and only as many as the answer depends on; their headers stay
 * in memory, their content never does. A remote layer is fetched into the content store, and verified, before it is
 * looked into. Safe for use by several threads.
 *
 * <p>A tar archive that is damaged or whose names lead out of the root fails with an {@link IOException} that names the
 * layer.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">OCI layers</a>
 */
public final class Overlay {

    private final List<Layer> layers;
    private final List<String> places;
    private final ContentStore store;
    private final Deque<List<Entry>> headers = new ArrayDeque<>();
    private @Nullable Tree tree;

    private Overlay(List<Layer> layers, ContentStore store) {
        this.layers = List.copyOf(layers);
        this.places = layers.stream().map(layer -> "layer " + layer.digest()).toList();
        this.store = store;
    }

    /** The file system of an image; reads its config, and no layer yet. */
    public static Overlay of(Image image, ContentStore store) throws IOException {
        return of(image.layers(), store);
    }

    /** The file system of these layers, the base's first. */
    public static Overlay of(List<Layer> layers, ContentStore store) {
        return new Overlay(layers, store);
    }

    /** All files, directories and links but the root, sorted bytewise by path. Reads all layers at the first call. */
    public List<Entry> entries() throws IOException {
        return complete().items().stream().map(Tree.Item::entry).filter(entry -> !entry.path().isEmpty()).toList();
    }

    /** What has exactly this path; symbolic links are not followed. A slash at the beginning may be left out. */
    public Optional<Entry> find(String path) throws IOException {
        Tree known = tree();
        Node node = known.find(path);
        while (node == Tree.UNKNOWN) {
            known = deeper(known);
            node = known.find(path);
        }
        return node == null ? Optional.empty() : Optional.of(known.entry(node));
    }

    /**
     * What a path leads to by way of symbolic links, none of which leads out of the root.
     *
     * @throws NoSuchFileException if that is nothing
     */
    public Entry resolve(String path) throws IOException {
        return resolved(path, Tree::entry);
    }

    /**
     * The content of the file that a path leads to. Reads the layer up to the file. Close what you open.
     *
     * @throws NoSuchFileException if there is none
     */
    public InputStream open(String path) throws IOException {
        Node.Content content = resolved(path, (known, node) -> {
            if (node.content == null) {
                String kind = node.isDirectory() ? "a directory" : "no regular file";
                throw new FileNotFoundException("'" + path + "' is " + kind);
            }
            return node.content;
        });
        TarReader reader = reader(content.layer());
        try {
            for (int number = 0; number <= content.number(); number++) {
                reader.next();
            }
            return new FilterInputStream(reader.content()) {
                @Override
                public void close() throws IOException {
                    reader.close();
                }
            };
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /**
     * Writes the file system as one tar archive: sorted bytewise by path, a hard link after its file, no whiteouts. The
     * same layers give the same bytes everywhere. Content passes through a temporary file, because sorting needs access
     * in any order. Leaves the stream open.
     */
    public void exportTo(OutputStream tar) throws IOException {
        Export.write(this, complete().items(), tar);
    }

    /**
     * Unpacks the file system into a folder that is empty or does not exist; on failure that stays so. Nothing is ever
     * written outside the folder: symbolic links are made last, as they are, and none is followed.
     *
     * <p>Owners are set only if this process runs as root. Extended attributes are not set.
     *
     * @return what could not be made: devices and named pipes
     * @throws java.nio.file.FileAlreadyExistsException if the folder is not empty
     */
    public List<Entry> extractTo(Path folder) throws IOException {
        return Extraction.into(folder, this, complete().items());
    }

    /**
     * What another file system has that this one has not, and the other way round, and what is not the same in both; sorted
     * bytewise by path. Names of the same file count as files; the names of owners, and the mode of a symbolic link, count
     * for nothing. A layer that both have is read only where its files decide what changed, and content only where two
     * files of the same size may be the same.
     *
     * @param times whether a time that differs is a change
     */
    public List<FileChange> changesTo(Overlay other, boolean times) throws IOException {
        return Comparison.of(this, other, times);
    }

    /**
     * A layer that wrote or removed what has a certain path.
     *
     * @param layer its number; the base's is 0
     * @param entry what it wrote; empty if it removed the path
     */
    public record Trace(int layer, Optional<Entry> entry) { }

    /**
     * The layers that wrote what has exactly this path, or removed it, the base's first; none if no layer ever had it.
     * Symbolic links are not followed. Reads all layers.
     */
    public List<Trace> trace(String path) throws IOException {
        complete();
        List<Trace> traces = new ArrayList<>();
        Tree below = Tree.empty();
        boolean there = false;
        int layer = 0;
        for (List<Entry> entries : headers()) {
            below.apply(layer, entries);
            Node node = below.find(path);
            if (node != null && (node.layer == layer || !there)) {
                traces.add(new Trace(layer, Optional.of(node.toEntry())));
            } else if (node == null && there) {
                traces.add(new Trace(layer, Optional.empty()));
            }
            there = node != null;
            layer++;
        }
        return List.copyOf(traces);
    }

    private interface Answer<T> {
        T of(Tree tree, Node node) throws IOException;
    }

    private <T> T resolved(String path, Answer<T> answer) throws IOException {
        Tree known = tree();
        Node node = known.resolve(path);
        while (node == Tree.UNKNOWN) {
            known = deeper(known);
            node = known.resolve(path);
        }
        if (node == null) {
            Node link = known.find(path);
            boolean dangling = link != null && link.isSymlink();
            throw new NoSuchFileException(path, null, dangling ? "a symbolic link that leads to nothing in the image"
                    : "not in the image");
        }
        return answer.of(known, node);
    }

    /** What is done with the content of one file. */
    interface Visitor {
        void visit(Node.Content content, Entry entry, InputStream in) throws IOException;
    }

    /** Reads the layers once, as far as they have wanted content, and all of it to its end. */
    void visit(Set<Node.Content> wanted, Visitor visitor) throws IOException {
        TreeMap<Integer, List<Node.Content>> byLayer = new TreeMap<>();
        wanted.forEach(content -> byLayer.computeIfAbsent(content.layer(), layer -> new ArrayList<>()).add(content));
        for (int layer : byLayer.descendingKeySet()) {
            try (TarReader reader = reader(layer)) {
                Optional<Entry> entry = reader.next();
                for (int number = 0; entry.isPresent(); number++, entry = reader.next()) {
                    Node.Content content = new Node.Content(layer, number);
                    if (wanted.contains(content)) {
                        visitor.visit(content, entry.get(), reader.content());
                    }
                }
            }
        }
    }

    private synchronized Tree tree() throws IOException {
        return tree == null ? deeper(null) : tree;
    }

    /** The tree of all layers. */
    synchronized Tree complete() throws IOException {
        if (tree == null || headers.size() < layers.size()) {
            while (headers.size() < layers.size()) {
                readHeaders();
            }
            tree = known();
        }
        return tree;
    }

    /** How many layers both have at their base. */
    int sharedWith(Overlay other) {
        int shared = 0;
        while (shared < Math.min(layers.size(), other.layers.size())
                && layers.get(shared).diffId().equals(other.layers.get(shared).diffId())) {
            shared++;
        }
        return shared;
    }

    /** Whether content is the same because it is the same entry of the same layer. */
    boolean isSame(Node.Content content, Overlay other, Node.Content its) {
        return content.number() == its.number()
                && layers.get(content.layer()).diffId().equals(other.layers.get(its.layer()).diffId());
    }

    /** The tree of the layers from this one on. */
    synchronized Tree above(int lowest) throws IOException {
        if (lowest == 0) {
            return complete();
        }
        int wanted = layers.size() - lowest;
        while (headers.size() < wanted) {
            readHeaders();
        }
        return Tree.of(headers().subList(headers.size() - wanted, headers.size()), lowest, places);
    }

    private synchronized List<List<Entry>> headers() {
        return List.copyOf(headers);
    }

    /** The tree with one layer more than this one, which may be there already. */
    private synchronized Tree deeper(@Nullable Tree seen) throws IOException {
        if (tree == null || tree == seen) {
            if (!layers.isEmpty()) {
                readHeaders();
            }
            tree = known();
        }
        return tree;
    }

    private Tree known() throws IOException {
        return Tree.of(headers(), layers.size() - headers.size(), places);
    }

    private void readHeaders() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (TarReader reader = reader(layers.size() - headers.size() - 1)) {
            for (Optional<Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                entries.add(entry.get());
            }
        }
        headers.addFirst(entries);
    }

    private TarReader reader(int layer) throws IOException {
        Layer wanted = layers.get(layer);
        return TarReader.of(wanted.withBlob(store.hold(wanted.blob())));
    }
}
