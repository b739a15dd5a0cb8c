package dev.davit.blob;

/** Told by {@link Traffic} of content while it moves. Called from several threads at once. */
@FunctionalInterface
public interface Transfers {

    /** Nobody who wants to know. */
    Transfers UNSEEN = (name, size) -> position -> { };

    /** Something that moves, or waits for its turn; it ends when it is closed, whether or not all of it has moved. */
    @FunctionalInterface
    interface Transfer extends AutoCloseable {

        /** So many bytes of it have moved; fewer than before where it begins anew. */
        void reached(long position);

        @Override
        default void close() { }
    }

    /**
     * Something is about to move.
     *
     * @param name its digest where that is known, else what it is; what is announced before it moves has two transfers of
     *             one name
     * @param size in bytes; -1 if only its end tells
     */
    Transfer begin(String name, long size);
}
