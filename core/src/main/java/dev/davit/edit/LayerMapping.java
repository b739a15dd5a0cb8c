package dev.davit.edit;

import dev.davit.blob.Codec;
import dev.davit.blob.ContentStore;
import dev.davit.image.Layer;
import dev.davit.tar.Entry;
import dev.davit.tar.Entry.Type;
import dev.davit.tar.LayerWriter;
import dev.davit.tar.TarReader;
import dev.davit.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does what a block says to the entries of layers, from the base's on. A layer is read until the first change; only then
 * it is written, from its beginning, so that one without a change costs a reading and nothing else.
 */
final class LayerMapping {

    private final ContentStore store;
    private final FileEditor.Block block;
    /** Where hard links have to lead instead, and where they cannot lead any more. */
    private final Map<String, String> moved = new LinkedHashMap<>();
    private final Set<String> dropped = new LinkedHashSet<>();

    LayerMapping(ContentStore store, FileEditor.Block block) {
        this.store = store;
        this.block = block;
    }

    Layer map(Layer layer) throws IOException {
        Layer local = layer.withBlob(store.hold(layer.blob()));
        try (TarReader in = TarReader.of(local)) {
            int unchanged = 0;
            for (FileEditor file = next(in); file != null; file = next(in)) {
                if (file.isChanged()) {
                    return written(local, unchanged, file, in);
                }
                unchanged++;
            }
        }
        return layer;
    }

    private @Nullable FileEditor next(TarReader in) throws IOException {
        Optional<Entry> entry = in.next();
        if (entry.isEmpty()) {
            return null;
        }
        FileEditor file = new FileEditor(entry.get(), in.content());
        block.applyTo(file);
        follow(entry.get(), file);
        return file;
    }

    private void follow(Entry before, FileEditor file) {
        String target = before.target();
        if (before.type() == Type.HARD_LINK && !file.isDropped()) {
            if (dropped.contains(target)) {
                throw new IllegalArgumentException("'/" + target + "' cannot be dropped: '/" + before.path()
                        + "' is a hard link to it; drop both");
            }
            if (moved.containsKey(target)) {
                file.target(moved.get(target));
            }
        }
        dropped.remove(before.path());
        moved.remove(before.path());
        if (file.isDropped()) {
            dropped.add(before.path());
        } else if (!file.entry().path().equals(before.path())) {
            moved.put(before.path(), file.entry().path());
        }
    }

    private Layer written(Layer layer, int unchanged, FileEditor changed, TarReader rest) throws IOException {
        Layer written = LayerWriter.write(store, Codec.of(layer.mediaType().compression()), "", out -> {
            TarWriter tar = new TarWriter(out);
            copy(layer, unchanged, tar);
            for (FileEditor file = changed; file != null; file = next(rest)) {
                if (!file.isDropped()) {
                    try (InputStream content = file.open()) {
                        tar.write(file.entry(), content);
                    }
                }
            }
            tar.finish();
        });
        return layer.withContent(written.blob(), written.diffId());
    }

    private static void copy(Layer layer, int entries, TarWriter tar) throws IOException {
        try (TarReader in = TarReader.of(layer)) {
            for (int i = 0; i < entries; i++) {
                tar.write(in.next().orElseThrow(), in.content());
            }
        }
    }
}
