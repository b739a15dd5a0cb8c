package dev.davit.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Whether the files of the user may be written. What Davit keeps for itself is not meant: content stores, and temporary files
 * that go at the end.
 */
public final class Disk {

    private static final InheritableThreadLocal<Boolean> READ_ONLY = new InheritableThreadLocal<>();

    private Disk() {
    }

    /** Runs code in which this thread, and those that it starts meanwhile, write no file of the user. */
    public static <T extends @Nullable Object> T readOnly(Callable<T> code) throws Exception {
        Boolean outer = READ_ONLY.get();
        READ_ONLY.set(true);
        try {
            return code.call();
        } finally {
            READ_ONLY.set(outer);
        }
    }

    /**
     * Goes before whatever makes, changes or deletes a file of the user.
     *
     * @throws IOException if that may not be
     */
    public static void check(Path target) throws IOException {
        if (Boolean.TRUE.equals(READ_ONLY.get())) {
            throw new IOException(target + ": not written, because here files may only be read");
        }
    }
}
