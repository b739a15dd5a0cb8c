package dev.davit.repl;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one thing after the other, each in a thread of its own that Ctrl-C interrupts. What does not heed it is left
 * alone at the second time, so that the shell always comes back.
 */
final class Foreground {

    private record Running(FutureTask<?> task, Thread thread) { }

    private final Consumer<Thread> stop;
    private @Nullable Running running;
    private int interrupts;

    /** @param stop makes a thread stop what it does */
    Foreground(Consumer<Thread> stop) {
        this.stop = stop;
    }

    /**
     * Waits for the end of the work.
     *
     * @throws CancellationException if it was left alone
     */
    <T> T run(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "line");
        thread.setDaemon(true);
        synchronized (this) {
            running = new Running(task, thread);
            interrupts = 0;
        }
        thread.start();
        try {
            return get(task);
        } finally {
            synchronized (this) {
                running = null;
            }
        }
    }

    private <T> T get(FutureTask<T> task) {
        while (true) {
            try {
                return task.get();
            } catch (InterruptedException e) {
                interrupt(); // meant for what is waited for
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** What Ctrl-C does: nothing if nothing runs. */
    synchronized void interrupt() {
        Running current = running;
        if (current == null) {
            return;
        }
        interrupts++;
        if (interrupts == 1) {
            stop.accept(current.thread);
        } else {
            current.task.cancel(true);
        }
    }

    /** Whether Ctrl-C came while the last thing ran. */
    synchronized boolean wasInterrupted() {
        return interrupts > 0;
    }
}
