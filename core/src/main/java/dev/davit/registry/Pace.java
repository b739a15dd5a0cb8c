package dev.davit.registry;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Spaces out the requests to a host, so that no more than so many begin in a second. */
final class Pace {

    private final long interval;
    private long next = System.nanoTime();

    /** @param perSecond 0 for no limit */
    Pace(double perSecond) {
        this.interval = perSecond == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    void await() throws InterruptedIOException {
        if (interval > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(reserve());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting, as the host may not be asked more often");
            }
        }
    }

    /** How long the request has to wait. */
    private synchronized long reserve() {
        long now = System.nanoTime();
        next = Math.max(next, now);
        long wait = next - now;
        next += interval;
        return wait;
    }
}
