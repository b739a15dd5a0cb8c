package dev.davit.tar;

import java.io.IOException;

/** One entry of an archive is not as it should be; those behind it may well be. */
final class BadEntryException extends IOException {

    private static final long serialVersionUID = 1;

    BadEntryException(String message) {
        super(message);
    }
}
