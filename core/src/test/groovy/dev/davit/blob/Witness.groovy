package dev.davit.blob

import java.util.concurrent.CopyOnWriteArrayList

/** Remembers what it is told of content while it moves. */
class Witness implements Transfers {

    List<Told> told = new CopyOnWriteArrayList<>()

    static final class Told implements Transfers.Transfer {
        String name
        long size
        List<Long> positions = [].asSynchronized()
        int closed

        @Override
        void reached(long position) {
            positions << position
        }

        @Override
        void close() {
            closed++
        }

        /** Whether somebody said that it would move, and it did not. */
        boolean isIdle() {
            closed > 0 && positions.empty
        }

        boolean isWhole() {
            closed > 0 && !positions.empty && positions.last() == size && positions == positions.toSorted()
        }
    }

    @Override
    Transfers.Transfer begin(String name, long size) {
        def one = new Told(name: name, size: size)
        told << one
        one
    }

    /** Runs code and remembers what moves meanwhile. */
    def <T> T observe(Closure<T> code) {
        Traffic.observed(this, code)
    }

    /** What was told of the blob, in order. */
    List<Told> of(Blob blob) {
        told.findAll { it.name == blob.digest().toString() }
    }
}
