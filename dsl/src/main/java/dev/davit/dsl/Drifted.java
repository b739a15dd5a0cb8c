package dev.davit.dsl;

import java.io.IOException;

/** What a recipe reads or hands on is not what its lock has; nothing of it is written. */
public final class Drifted extends IOException {

    private static final long serialVersionUID = 1;

    Drifted(String message) {
        super(message);
    }
}
