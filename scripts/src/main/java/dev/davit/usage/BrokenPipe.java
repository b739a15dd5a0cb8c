package dev.davit.usage;

import java.io.IOException;

/** Nobody reads the results any more, which is no mistake of anybody: the run ends, and says nothing. */
public final class BrokenPipe extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BrokenPipe(IOException cause) {
        super(cause.getMessage(), cause, false, false);
    }
}
