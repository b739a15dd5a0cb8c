package dev.davit.tar;

import dev.davit.blob.Blob;
import dev.davit.tar.Entry.Attributes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;

/** The entries of a layer in the making, and the whiteouts. */
final class LayerContent {

    private record Item(Entry entry, Blob.Opener opener) { }

    private final TreeMap<String, Item> items = new TreeMap<>(ByteNames.ORDER);
    private final Set<String> removed = new LinkedHashSet<>();
    private final Set<String> opaque = new LinkedHashSet<>();
    private final Attributes marker;

    LayerContent(Attributes marker) {
        this.marker = marker;
    }

    void add(Entry entry) {
        add(entry, InputStream::nullInputStream);
    }

    void add(Entry entry, Blob.Opener opener) {
        items.put(entry.path(), new Item(entry, opener));
        if (!entry.isDirectory()) {
            removed.remove(entry.path());
        }
    }

    /** A file of this machine; it is opened when the layer is written, and must then be as large as it is now. */
    void add(String statement, Path file, String path, Attributes attributes) throws IOException {
        long size = Files.size(file);
        add(Entry.file(path, size, attributes), () -> new SourceFile(statement, file, size));
    }

    void remove(String path) {
        items.keySet().removeIf(other -> isIn(path, other));
        removed.removeIf(other -> isIn(path, other));
        opaque.removeIf(other -> isIn(path, other));
        removed.add(path);
    }

    void opaque(String path) {
        opaque.add(path);
    }

    private static boolean isIn(String directory, String path) {
        return path.equals(directory) || path.startsWith(directory + "/");
    }

    void writeTo(OutputStream out) throws IOException {
        TreeMap<String, Item> all = withMarkers();
        TarWriter tar = new TarWriter(out);
        for (Item item : all.values()) {
            checkParents(item.entry, all);
            try (InputStream in = item.opener.open()) {
                tar.write(item.entry, in);
                in.transferTo(OutputStream.nullOutputStream()); // a file that has grown fails here
            }
        }
        tar.finish();
    }

    private TreeMap<String, Item> withMarkers() {
        TreeMap<String, Item> all = new TreeMap<>(items);
        for (String path : removed) {
            if (removed.stream().anyMatch(other -> !other.equals(path) && isIn(other, path))) {
                continue;
            }
            // Engines do not agree on a whiteout and new content of the same name; on an opaque directory they do.
            if (items.keySet().stream().anyMatch(other -> isIn(path, other))) {
                all.computeIfAbsent(path, name -> empty(Entry.directory(name, marker.withMode(0755))));
                mark(all, path + "/" + LayerPath.OPAQUE);
            } else {
                int slash = path.lastIndexOf('/') + 1;
                mark(all, path.substring(0, slash) + LayerPath.WHITEOUT + path.substring(slash));
            }
        }
        opaque.forEach(path -> mark(all, path.isEmpty() ? LayerPath.OPAQUE : path + "/" + LayerPath.OPAQUE));
        return all;
    }

    private void mark(TreeMap<String, Item> all, String path) {
        all.put(path, empty(Entry.file(path, 0, marker)));
    }

    private static Item empty(Entry entry) {
        return new Item(entry, InputStream::nullInputStream);
    }

    private static void checkParents(Entry entry, TreeMap<String, Item> all) {
        String path = entry.path();
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            Item parent = all.get(path.substring(0, slash));
            if (parent != null && !parent.entry.isDirectory()) {
                throw new IllegalArgumentException("layer: '/" + path + "' is to lie in '/" + parent.entry.path()
                        + "', which the same layer makes a " + (parent.entry.isSymlink() ? "symbolic link" : "file"));
            }
        }
    }
}
