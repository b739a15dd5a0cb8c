package dev.davit.layout;

import dev.davit.blob.Digest;
import dev.davit.image.Descriptor;
import dev.davit.image.MediaType;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Blobs that nothing in the index leads to. Whatever a JSON document calls a digest keeps a blob, so that nothing is lost
 * that a manifest of an unknown kind refers to.
 */
final class Garbage {

    private static final long LARGEST_DOCUMENT = 32 << 20;

    private final BlobFolder blobs;
    private final Set<Digest> used = new LinkedHashSet<>();
    private final Deque<Map<?, ?>> toRead = new ArrayDeque<>();

    private Garbage(BlobFolder blobs) {
        this.blobs = blobs;
    }

    /** Removes them; returns what was there, with its bytes. To be called under the lock. */
    static SortedMap<Digest, Long> remove(BlobFolder blobs, Document index) throws IOException {
        Garbage garbage = new Garbage(blobs);
        garbage.mark(index.tree());
        while (!garbage.toRead.isEmpty()) {
            garbage.read(garbage.toRead.pop());
        }
        SortedMap<Digest, Long> unused = blobs.list();
        unused.keySet().removeAll(garbage.used);
        for (Digest digest : unused.keySet()) {
            blobs.delete(digest);
        }
        return unused;
    }

    /** Notes every digest in it. */
    private void mark(Object value) {
        if (value instanceof Iterable<?> items) {
            items.forEach(this::markIfAny);
        } else if (value instanceof Map<?, ?> members) {
            if (members.get("digest") instanceof String text && BlobFolder.digest(text).filter(used::add).isPresent()) {
                toRead.push(members);
            }
            members.values().forEach(this::markIfAny);
        }
    }

    private void markIfAny(Object value) {
        if (value != null) {
            mark(value);
        }
    }

    private void read(Map<?, ?> members) throws IOException {
        Digest digest = Digest.parse(String.valueOf(members.get("digest")));
        MediaType type = new MediaType(String.valueOf(members.get("mediaType")));
        long size = blobs.size(digest);
        if (type.isLayer() || type.isConfig() || size > LARGEST_DOCUMENT || size < 0) {
            return;
        }
        byte[] bytes = blobs.blob(Descriptor.of(type, digest, size)).bytes();
        boolean isManifest = type.isManifest() || type.isIndex();
        if (isManifest || bytes.length > 0 && bytes[0] == '{') {
            try {
                mark(Document.parse(bytes, "manifest " + digest).tree());
            } catch (IOException e) {
                if (isManifest) {
                    throw e; // what it refers to is not known, so nothing may go
                }
            }
        }
    }
}
