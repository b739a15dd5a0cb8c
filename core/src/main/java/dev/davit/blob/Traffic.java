package dev.davit.blob;

import dev.davit.blob.Transfers.Transfer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Who is told of content while it moves. Whatever opens a {@link Blob} moves it, wherever it comes from and goes to. */
public final class Traffic {

    private static final InheritableThreadLocal<@Nullable Transfers> LISTENER = new InheritableThreadLocal<>();

    private Traffic() {
    }

    /** Runs code that tells this listener, and no other, of all that this thread and those that it starts meanwhile move. */
    public static <T extends @Nullable Object> T observed(Transfers listener, Callable<T> code) throws Exception {
        Transfers outer = LISTENER.get();
        LISTENER.set(listener);
        try {
            return code.call();
        } finally {
            LISTENER.set(outer);
        }
    }

    /** Tells who wants to know; see {@link Transfers#begin}. */
    public static Transfer begin(String name, long size) {
        Transfers listener = LISTENER.get();
        return (listener == null ? Transfers.UNSEEN : listener).begin(name, size);
    }
}
