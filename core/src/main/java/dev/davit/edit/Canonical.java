package dev.davit.edit;

import dev.davit.blob.ContentStore;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import java.io.IOException;
import java.time.Instant;

/**
 * Takes out of an image what differs from one build of the same thing to the next: the times, as {@link Retime} does it,
 * and what Docker's old builder told of itself, which is its version and the name and number of its container.
 */
public final class Canonical implements Edit {

    private final Retime retime;

    private Canonical(Retime retime) {
        this.retime = retime;
    }

    /** @param time what every time becomes */
    public static Canonical of(Instant time, ContentStore store) {
        return new Canonical(Retime.to(time, store));
    }

    @Override
    public Image apply(Image image) throws IOException {
        return retime.apply(image).withConfig(tree -> {
            tree.remove("docker_version");
            tree.remove("container");
            tree.remove("config", "Hostname");
            tree.remove("container_config", "Hostname");
        });
    }
}
