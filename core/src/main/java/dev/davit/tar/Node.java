package dev.davit.tar;

import dev.davit.tar.Entry.Attributes;
import java.io.IOException;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A name in the {@link Tree}. */
final class Node {

    /** The file itself: an entry of a layer, by its number. Two names of the same file are hard links. */
    record Content(int layer, int number) { }

    /** A directory that no layer describes; container engines make it this way. */
    private static final Attributes IMPLIED = Attributes.of(0755, Instant.EPOCH);

    /** What a path of Linux may have at most; links could lead deeper, and deeper than a stack. */
    private static final int DEEPEST = 2048;

    final String name;
    final @Nullable Node parent;
    private final int depth;
    /** None for a directory that is only implied, and for a name that was removed. */
    @Nullable Entry entry;
    @Nullable Content content;
    /** None for what is not a directory. */
    @Nullable TreeMap<String, Node> children;
    /** The layer that wrote the name last. */
    int layer;
    /** Whether nothing of deeper layers shows through here. */
    boolean opaque;

    private Node(String name, @Nullable Node parent, int layer) {
        this.name = name;
        this.parent = parent;
        this.layer = layer;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    static Node root(boolean opaque) {
        Node root = new Node("", null, 0);
        root.children = new TreeMap<>();
        root.opaque = opaque;
        return root;
    }

    /** A directory in the place of what had this name before, if anything had. */
    Node addDirectory(String child, int byLayer) throws IOException {
        Node node = add(child, byLayer);
        node.children = new TreeMap<>();
        return node;
    }

    /** A name in the place of what had this name before; it is a removed one until it gets an entry. */
    Node add(String child, int byLayer) throws IOException {
        if (depth == DEEPEST) {
            throw new IOException("an entry lies in more than " + DEEPEST + " directories");
        }
        Node node = new Node(child, this, byLayer);
        Node before = children().put(child, node);
        node.opaque = opaque || before != null;
        return node;
    }

    TreeMap<String, Node> children() {
        if (children == null) {
            throw new IllegalStateException(path() + " is not a directory");
        }
        return children;
    }

    boolean isDirectory() {
        return children != null;
    }

    boolean isRemoved() {
        return children == null && entry == null;
    }

    boolean isSymlink() {
        return entry != null && entry.isSymlink();
    }

    String path() {
        return parent == null ? "" : parent.parent == null ? name : parent.path() + "/" + name;
    }

    /** What is here, by the name that it has here. */
    Entry toEntry() {
        Entry known = entry != null ? entry : Entry.directory("", IMPLIED);
        return known.withPath(path()).withLayer(layer);
    }

    /**
     * Hides what layers below this one have here: removes it, and keeps what the layer itself wrote, wherever in the
     * layer that stands.
     *
     * @return whether the layer wrote something here
     */
    boolean hideBelow(int byLayer) {
        if (isRemoved()) {
            return false;
        }
        boolean kept = children != null && hideChildrenBelow(byLayer);
        if (layer != byLayer) {
            entry = null;
            layer = byLayer;
            return kept;
        }
        return true;
    }

    /** The same for all that is in a directory. */
    boolean hideChildrenBelow(int byLayer) {
        opaque = true;
        children().values().removeIf(child -> !child.hideBelow(byLayer));
        return !children().isEmpty();
    }
}
