package dev.davit.image;

import java.io.IOException;

/** A change: image in, image out. It changes what it is for and keeps everything else. */
@FunctionalInterface
public interface Edit {

    Image apply(Image image) throws IOException;

    /** This edit, and then the other. */
    default Edit then(Edit next) {
        return image -> next.apply(apply(image));
    }
}
