package dev.davit.image;

import java.io.IOException;

/** A change: image in, image out. It changes what it is for and keeps everything else. */
@FunctionalInterface
public interface Edit {

    Image apply(Image image) throws IOException;

    /** What changes in an index itself once its images are changed; in most edits nothing. */
    default Index finish(Index index) throws IOException {
        return index;
    }

    /** This edit, and then the other. */
    default Edit then(Edit next) {
        Edit first = this;
        return new Edit() {
            @Override
            public Image apply(Image image) throws IOException {
                return next.apply(first.apply(image));
            }

            @Override
            public Index finish(Index index) throws IOException {
                return next.finish(first.finish(index));
            }
        };
    }
}
