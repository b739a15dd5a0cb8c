package dev.davit.policy;

import java.io.IOException;

/** One thing that an image must be. */
interface Rule {

    /** Reports what of the image is otherwise. */
    void check(Subject image) throws IOException;
}
