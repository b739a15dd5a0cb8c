package dev.davit.registry;

import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many requests to a host run at once, downloads until their end. Nobody waits for ever, whatever is done with a
 * download that is open: one that nobody reads just now gives way after a moment, and at once to the thread that opened it.
 * A request that another one needs to go on, such as the download of what is being uploaded, never waits.
 */
final class Turns {

    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);
    /** Requests that this thread is sending, to any host. */
    private static final ThreadLocal<Integer> SENDING = ThreadLocal.withInitial(() -> 0);

    /** A request's turn, from before it is sent until its answer has been read or let go. */
    final class Turn {

        private final Thread owner = Thread.currentThread();
        private volatile boolean idle;
        private volatile long since;

        private Turn() {
        }

        void begin() {
            SENDING.set(SENDING.get() + 1);
        }

        /** The answer is there, and is read from now on. */
        void sent() {
            SENDING.set(SENDING.get() - 1);
            rest();
        }

        /** Nobody reads just now. */
        void rest() {
            since = System.nanoTime();
            idle = true;
        }

        void read() {
            idle = false;
        }

        void end() {
            synchronized (Turns.this) {
                running.remove(this);
                Turns.this.notifyAll();
            }
        }

        private boolean givesWay() {
            return idle && (owner == Thread.currentThread() || System.nanoTime() - since > PATIENCE);
        }
    }

    private final int width;
    private final Set<Turn> running = new LinkedHashSet<>();

    /** @param width 0 for no limit */
    Turns(int width) {
        this.width = width;
    }

    synchronized Turn take() throws InterruptedIOException {
        Turn turn = new Turn();
        while (width > 0 && SENDING.get() == 0 && running.size() >= width && !oneGivesWay()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, PATIENCE / 5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for other requests to the same host");
            }
        }
        running.add(turn);
        return turn;
    }

    private boolean oneGivesWay() {
        for (Iterator<Turn> turns = running.iterator(); turns.hasNext();) {
            if (turns.next().givesWay()) {
                turns.remove();
                return true;
            }
        }
        return false;
    }
}
