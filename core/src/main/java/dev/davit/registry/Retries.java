package dev.davit.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Tries again what may succeed later, after a wait that grows threefold. */
final class Retries {

    /** A registry that wants a longer rest than this gets this. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** One try. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    private final int retries;
    private final Duration firstWait;

    Retries(int retries, Duration firstWait) {
        this.retries = retries;
        this.firstWait = firstWait;
    }

    <T> T run(Attempt<T> attempt) throws IOException {
        for (int failed = 1; ; failed++) {
            try {
                return attempt.run();
            } catch (RegistryException e) {
                if (!allows(failed, e)) {
                    throw e;
                }
                await(failed, e);
            }
        }
    }

    boolean allows(int failed, RegistryException e) {
        return failed <= retries && e.retryable();
    }

    void await(int failed, RegistryException e) throws InterruptedIOException {
        try {
            Thread.sleep(wait(failed, e));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to try again: " + e.getMessage());
        }
    }

    private long wait(int failed, RegistryException e) {
        double grown = firstWait.toMillis() * Math.pow(3, failed - 1.0);
        double jittered = grown * ThreadLocalRandom.current().nextDouble(0.8, 1.2);
        long asked = e.retryAfter().map(Duration::toMillis).orElse(0L);
        return (long) Math.min(Math.max(jittered, asked), LONGEST_WAIT.toMillis());
    }
}
