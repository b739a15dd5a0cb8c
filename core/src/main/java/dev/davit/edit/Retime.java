package dev.davit.edit;

import dev.davit.blob.ContentStore;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives everything in an image the same time: all entries of all layers, the config's {@code created}, and each entry of
 * the history that says a time. All else stays; a layer whose entries have this time already keeps its bytes.
 */
public final class Retime implements Edit {

    private final ContentStore store;
    private final Instant time;

    private Retime(ContentStore store, Instant time) {
        this.store = store;
        this.time = time;
    }

    public static Retime to(Instant time, ContentStore store) {
        return new Retime(store, time);
    }

    @Override
    public Image apply(Image image) throws IOException {
        return MapFiles.of(store, file -> file.time(time)).apply(image).withConfig(tree -> {
            tree.set(time.toString(), "created");
            List<@Nullable Object> history = tree.list("history");
            if (!history.isEmpty()) {
                history.forEach(this::retime);
                tree.set(history, "history");
            }
        });
    }

    @SuppressWarnings("unchecked")
    private void retime(@Nullable Object step) {
        if (step instanceof Map<?, ?> members && members.containsKey("created")) {
            ((Map<String, @Nullable Object>) members).put("created", time.toString());
        }
    }
}
