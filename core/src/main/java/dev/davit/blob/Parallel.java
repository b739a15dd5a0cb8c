package dev.davit.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.Set;

/** Does the same to several things, a few at once. The first failure ends the rest, and is what the caller gets. */
public final class Parallel {

    /** What is done to one thing. */
    @FunctionalInterface
    public interface Task<T, R> {
        R run(T item) throws IOException;
    }

    private static final long SECONDS_TO_END = 2;

    private final int width;
    private final Consumer<Thread> cancel;

    private Parallel(int width, Consumer<Thread> cancel) {
        if (width < 1) {
            throw new IllegalArgumentException("malformed number of parallel blobs " + width + ": expected 1 or more");
        }
        this.width = width;
        this.cancel = cancel;
    }

    /** @param width how many things at once */
    public static Parallel of(int width) {
        return of(width, thread -> { });
    }

    /** @param cancel ends what a thread waits for, beyond what an interrupt does */
    public static Parallel of(int width, Consumer<Thread> cancel) {
        return new Parallel(width, cancel);
    }

    /** The results, in the order of the items. A single item is done in the calling thread. */
    public <T, R> List<R> map(Collection<T> items, Task<T, R> task) throws IOException {
        if (items.size() < 2) {
            List<R> results = new ArrayList<>();
            for (T item : items) {
                results.add(task.run(item));
            }
            return results;
        }
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(width, items.size()), run -> {
            Thread thread = new Thread(run, "davit-parallel");
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
        try {
            CompletionService<R> finished = new ExecutorCompletionService<>(pool);
            List<Future<R>> futures = new ArrayList<>();
            for (T item : items) {
                futures.add(finished.submit(() -> task.run(item)));
            }
            for (int i = 0; i < futures.size(); i++) {
                result(finished.take());
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(result(future));
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            end(pool, threads);
        }
    }

    private static <R> R result(Future<R> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void end(ExecutorService pool, Set<Thread> threads) {
        pool.shutdownNow();
        threads.forEach(cancel);
        boolean interrupted = Thread.interrupted(); // they remove what is half written, and that is waited for
        try {
            pool.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
