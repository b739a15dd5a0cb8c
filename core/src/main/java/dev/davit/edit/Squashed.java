package dev.davit.edit;

import dev.davit.blob.ContentStore;
import dev.davit.image.Layer;
import dev.davit.tar.Entry;
import dev.davit.tar.Entry.Type;
import dev.davit.tar.Excerpt;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layer that does to the lower layers what all upper ones do together. It follows from what the layers make up with
 * the upper ones and without them, and not from the upper ones alone: a name in those may lead through a symbolic link of
 * a lower one.
 */
final class Squashed {

    private final Overlay lower;
    private final Overlay all;
    private final int from;
    private final Instant created;

    Squashed(List<Layer> layers, int from, ContentStore store, Instant created) {
        this.lower = Overlay.of(layers.subList(0, from), store);
        this.all = Overlay.of(layers, store);
        this.from = from;
        this.created = created;
    }

    void writeTo(OutputStream tar) throws IOException {
        if (from == 0) {
            all.exportTo(tar);
        } else {
            excerpt().writeTo(tar);
        }
    }

    private Excerpt excerpt() throws IOException {
        Excerpt layer = Excerpt.of(all, created);
        Map<String, Entry> present = new LinkedHashMap<>();
        Map<String, String> lowerNames = new LinkedHashMap<>();
        for (Entry entry : all.entries()) {
            present.put(entry.path(), entry);
            if (!isNew(entry)) {
                lowerNames.putIfAbsent(file(entry), entry.path());
            }
        }
        Optional<Entry> root = all.find("/").filter(this::isNew);
        if (root.isPresent()) {
            layer.add(root.get(), "");
        }
        for (Entry entry : present.values()) {
            String lowerName = isLinkable(entry) ? lowerNames.get(file(entry)) : null;
            if (isNew(entry) && lowerName != null) {
                layer.link(entry, lowerName);
            } else if (isNew(entry)) {
                layer.add(entry, entry.path());
            }
        }
        for (Entry entry : lower.entries()) {
            if (!present.containsKey(entry.path()) && isDirectory(present, parent(entry))) {
                layer.remove(entry.path());
            }
        }
        return layer;
    }

    private boolean isNew(Entry entry) {
        return entry.layer() >= from;
    }

    private static boolean isLinkable(Entry entry) {
        return entry.isFile() || entry.type() == Type.HARD_LINK;
    }

    /** The first name of the file: all its names have the same. */
    private static String file(Entry entry) {
        return entry.type() == Type.HARD_LINK ? entry.target() : entry.path();
    }

    private static String parent(Entry entry) {
        return entry.path().substring(0, Math.max(0, entry.path().lastIndexOf('/')));
    }

    /** Whether it is there as a directory. What lies in something else is gone with it. */
    private static boolean isDirectory(Map<String, Entry> present, String path) {
        Entry entry = present.get(path);
        return path.isEmpty() || entry != null && entry.isDirectory();
    }
}
