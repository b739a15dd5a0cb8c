package dev.davit.tar;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What layers make up together, as an engine that unpacks them one onto the other would have it. It may be built of the
 * upper layers alone; then it knows which answers the layers below could still change.
 *
 * <p>A name that leads through a symbolic link is followed as it would be inside the root.
 */
final class Tree {

    /** The answer that depends on layers that the tree has not seen. */
    static final Node UNKNOWN = Node.root(false);

    private static final String METADATA = ".wh..wh.";
    private static final int MOST_LINKS = 40;

    private final Node root;
    private final Set<Node.Content> linked = new LinkedHashSet<>();
    /** A name leads through a directory that the layers seen do not describe: below, it may be a symbolic link. */
    private boolean uncertain;
    private @Nullable List<Item> items;

    private Tree(boolean complete) {
        this.root = Node.root(complete);
    }

    /**
     * The tree of the upper layers of an image.
     *
     * @param headers the entries of each layer, the deepest first
     * @param deepest the number of that layer; the tree is complete if it is 0
     * @param places what the layers are, for messages
     */
    static Tree of(List<List<Entry>> headers, int deepest, List<String> places) throws IOException {
        Tree tree = new Tree(deepest == 0);
        for (int i = 0; i < headers.size() && !tree.uncertain; i++) {
            int layer = deepest + i;
            try {
                tree.apply(layer, headers.get(i));
            } catch (IOException e) {
                throw new IOException(places.get(layer) + ": " + e.getMessage(), e);
            }
        }
        return tree;
    }

    /** A tree without layers yet. */
    static Tree empty() {
        return new Tree(true);
    }

    Node root() {
        return root;
    }

    /** Whether deeper layers decide where something is. */
    boolean isUncertain() {
        return uncertain;
    }

    /** Puts the next layer in. */
    void apply(int layer, List<Entry> entries) throws IOException {
        for (int number = 0; number < entries.size() && !uncertain; number++) {
            apply(layer, number, entries.get(number));
        }
    }

    /** Puts the next entry of the uppermost layer in; if that fails, the tree stays usable without the entry. */
    void apply(int layer, int number, Entry entry) throws IOException {
        String path = entry.path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String parent = path.substring(0, Math.max(0, path.length() - name.length() - 1));
        if (("/" + path).contains("/" + METADATA) && !name.equals(LayerPath.OPAQUE)) {
            return; // what AUFS kept for itself
        }
        if (("/" + parent).contains("/" + LayerPath.WHITEOUT)) {
            throw new IOException("entry '" + path + "' lies in a whiteout");
        }
        if (name.equals(LayerPath.OPAQUE)) {
            directory(parent, layer).hideChildrenBelow(layer);
        } else if (name.startsWith(LayerPath.WHITEOUT)) {
            remove(parent, name.substring(LayerPath.WHITEOUT.length()), layer, entry);
        } else {
            put(parent, name, layer, new Node.Content(layer, number), entry);
        }
    }

    private void remove(String parent, String name, int layer, Entry marker) throws IOException {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new IOException("entry '" + marker.path() + "' removes nothing that has a name");
        }
        Node directory = follow(parent, root, true);
        if (directory == UNKNOWN) {
            uncertain = true;
        } else if (directory != null && directory.isDirectory()) {
            Node node = directory.children().get(name);
            if (node == null && !directory.opaque) {
                directory.add(name, layer);
            } else if (node != null && !node.hideBelow(layer)) {
                directory.add(name, layer);
            }
        }
    }

    private void put(String parent, String name, int layer, Node.Content content, Entry entry) throws IOException {
        if (name.isEmpty()) {
            if (!entry.isDirectory()) {
                throw new IOException("an entry would replace the root by a " + entry.type());
            }
            root.entry = entry;
            root.layer = layer;
            return;
        }
        Node directory = directory(parent, layer);
        Node before = directory.children().get(name);
        switch (entry.type()) {
            case DIRECTORY -> {
                Node node = before != null && before.isDirectory() ? before : directory.addDirectory(name, layer);
                node.entry = entry;
                node.layer = layer;
            }
            case HARD_LINK -> link(directory, name, layer, entry);
            default -> {
                Node node = directory.add(name, layer);
                node.entry = entry;
                node.content = entry.isFile() ? content : null;
            }
        }
    }

    private void link(Node directory, String name, int layer, Entry entry) throws IOException {
        Node file = follow(entry.target(), root, false);
        if (file == UNKNOWN) {
            uncertain = true;
            return;
        }
        if (file == null || file.isDirectory()) {
            throw new IOException("entry '" + entry.path() + "' is a hard link to '" + entry.target() + "', which is "
                    + (file == null ? "not there" : "a directory"));
        }
        Node node = directory.add(name, layer);
        node.entry = file.entry;
        node.content = file.content;
        if (file.content != null) {
            linked.add(file.content);
        }
    }

    /** The directory at a path, made with its parents where it is missing or something else has its name. */
    private Node directory(String path, int layer) throws IOException {
        Node node = root;
        Deque<String> todo = parts(path);
        for (int links = 0; !todo.isEmpty();) {
            String name = todo.remove();
            Node child = node.children().get(name);
            if (name.equals("..")) {
                node = node.parent == null ? node : node.parent;
            } else if (child != null && child.isSymlink()) {
                node = start(child, node, todo);
                checkLinks(++links, path);
            } else if (child != null && child.isDirectory()) {
                node = child;
            } else {
                uncertain |= child == null && !node.opaque;
                node = node.addDirectory(name, layer);
            }
        }
        return node;
    }

    /** What is at a path, by way of symbolic links that never lead out of the root; {@code null} if there is nothing. */
    private @Nullable Node follow(String path, Node from, boolean last) throws IOException {
        Node node = from;
        Deque<String> todo = parts(path);
        for (int links = 0; !todo.isEmpty();) {
            String name = todo.remove();
            if (name.equals("..")) {
                node = node.parent == null ? node : node.parent;
                continue;
            }
            if (!node.isDirectory()) {
                return null;
            }
            Node child = node.children().get(name);
            if (child == null) {
                return node.opaque ? null : UNKNOWN;
            }
            if (child.isRemoved()) {
                return null;
            }
            if (child.isSymlink() && (last || !todo.isEmpty())) {
                node = start(child, node, todo);
                checkLinks(++links, path);
            } else {
                node = child;
            }
        }
        return node;
    }

    /** Puts the target of a link before what is left of a path; returns where it starts. */
    private Node start(Node link, Node directory, Deque<String> todo) {
        String target = link.entry == null ? "" : link.entry.target();
        List<String> parts = new ArrayList<>(parts(target));
        Collections.reverse(parts);
        parts.forEach(todo::addFirst);
        return target.startsWith("/") ? root : directory;
    }

    private static void checkLinks(int links, String path) throws IOException {
        if (links > MOST_LINKS) {
            throw new IOException("'" + path + "' leads through more than " + MOST_LINKS + " symbolic links");
        }
    }

    private static Deque<String> parts(String path) {
        Deque<String> parts = new ArrayDeque<>(Arrays.asList(path.split("/")));
        parts.removeIf(part -> part.isEmpty() || part.equals("."));
        return parts;
    }

    /** What has exactly this path; {@code null} if nothing has it. */
    @Nullable Node find(String path) {
        if (uncertain) {
            return UNKNOWN;
        }
        Node node = root;
        for (String name : parts(path)) {
            Node child = node.isDirectory() ? node.children().get(name) : null;
            if (child == null || child.isRemoved()) {
                return child != null || !node.isDirectory() || node.opaque ? null : UNKNOWN;
            }
            node = child;
        }
        return node;
    }

    /** What a path leads to; {@code null} if to nothing. */
    @Nullable Node resolve(String path) throws IOException {
        return uncertain ? UNKNOWN : follow(path, root, true);
    }

    /** The entry of a node; a file with several names is a hard link under all but the first. */
    Entry entry(Node node) {
        Entry entry = node.toEntry();
        if (node.content == null || !linked.contains(node.content)) {
            return entry;
        }
        return items().stream().map(Item::entry).filter(other -> other.path().equals(entry.path())).findFirst()
                .orElse(entry);
    }

    /** An entry and where its content is, if it has any. */
    record Item(Entry entry, Node.@Nullable Content content) { }

    /** All that is there, sorted bytewise by path; the root first, if a layer describes it. */
    synchronized List<Item> items() {
        if (items == null) {
            items = Collections.unmodifiableList(sorted());
        }
        return items;
    }

    private List<Item> sorted() {
        List<Item> found = new ArrayList<>();
        collect(root, found);
        found.sort(Comparator.comparing(item -> item.entry.path(), ByteNames.ORDER));
        Map<Node.Content, String> firsts = new LinkedHashMap<>();
        found.replaceAll(item -> {
            String first = item.content == null ? null : firsts.putIfAbsent(item.content, item.entry.path());
            return first == null ? item : new Item(item.entry.linkedTo(first), item.content);
        });
        return found;
    }

    private static void collect(Node node, List<Item> items) {
        if (node.parent != null && !node.isRemoved() || node.entry != null) {
            items.add(new Item(node.toEntry(), node.content));
        }
        if (node.children != null) {
            node.children.values().forEach(child -> collect(child, items));
        }
    }
}
