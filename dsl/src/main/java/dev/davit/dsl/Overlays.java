package dev.davit.dsl;

import dev.davit.blob.Blob;
import dev.davit.blob.ContentStore;
import dev.davit.image.Image;
import dev.davit.tar.Entry;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file systems of images; those of the last few are remembered. */
final class Overlays {

    private static final int REMEMBERED = 8;

    private final ContentStore store;
    private final Map<Image, Overlay> last = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Image, Overlay> eldest) {
            return size() > REMEMBERED;
        }
    };

    Overlays(ContentStore store) {
        this.store = store;
    }

    synchronized Overlay of(Image image) throws IOException {
        Overlay overlay = last.get(image);
        if (overlay == null) {
            overlay = Overlay.of(image, store);
            last.put(image, overlay);
        }
        return overlay;
    }

    /** The files of an image, if they can be told without asking a registry. */
    Optional<List<Entry>> known(Image image) throws IOException {
        boolean known;
        synchronized (this) {
            known = last.containsKey(image); // and so is its config
        }
        List<Blob> blobs = image.blobs();
        for (Blob blob : blobs) {
            boolean isKnownConfig = known && blob == blobs.get(0);
            if (!isKnownConfig && !blob.isLocal() && store.find(blob.digest()).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(of(image).entries());
    }
}
