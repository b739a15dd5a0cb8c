package dev.davit.tar;

import dev.davit.tar.Entry.Attributes;
import dev.davit.tar.Entry.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A layer made of what a file system holds: some of its files and directories, under their own names or others, with
 * their owners, modes, times, extended attributes and hard links; and whiteouts. Sorted by the bytes of the path.
 */
public final class Excerpt {

    private final Overlay files;
    private final Attributes marker;
    private final TreeMap<String, Tree.Item> items = new TreeMap<>(ByteNames.ORDER);

    private Excerpt(Overlay files, Instant created) {
        this.files = files;
        this.marker = Attributes.of(0644, Instant.ofEpochSecond(created.getEpochSecond()));
    }

    /** @param created the time of whiteouts; whole seconds count */
    public static Excerpt of(Overlay files, Instant created) {
        return new Excerpt(files, created);
    }

    /** Adds a file, directory or link of the file system by another path, which may be its own. */
    public void add(Entry entry, String path) throws IOException {
        Node node = files.complete().find(entry.path());
        put(entry.withPath(path), node == null ? null : node.content);
    }

    /** Adds a hard link to a file that lower layers have. */
    public void link(Entry entry, String file) {
        put(entry.linkedTo(file), null);
    }

    /** Removes what lower layers have at this path. */
    public void remove(String path) {
        int name = path.lastIndexOf('/') + 1;
        put(Entry.file(path.substring(0, name) + LayerPath.WHITEOUT + path.substring(name), 0, marker), null);
    }

    /** Hides what lower layers have in this directory. */
    public void opaque(String path) {
        put(Entry.file(path.isEmpty() ? LayerPath.OPAQUE : path + "/" + LayerPath.OPAQUE, 0, marker), null);
    }

    private void put(Entry entry, Node.@Nullable Content content) {
        items.put(entry.path(), new Tree.Item(entry, content));
    }

    /** Writes the tar archive; content passes through a temporary file. Leaves the stream open. */
    public void writeTo(OutputStream tar) throws IOException {
        Map<Node.Content, String> firsts = new LinkedHashMap<>();
        List<Tree.Item> linked = items.values().stream().map(item -> linked(item, firsts)).toList();
        Export.write(files, linked, tar);
    }

    /** The first name of a file has its content, the others are links to it, whatever they are in the file system. */
    private static Tree.Item linked(Tree.Item item, Map<Node.Content, String> firsts) {
        if (item.content() == null) {
            return item;
        }
        Entry entry = item.entry();
        String first = firsts.putIfAbsent(item.content(), entry.path());
        return new Tree.Item(first == null ? new Entry(entry.path(), Type.FILE, entry.attributes(), entry.size(), "",
                entry.device(), entry.layer()) : entry.linkedTo(first), item.content());
    }
}
