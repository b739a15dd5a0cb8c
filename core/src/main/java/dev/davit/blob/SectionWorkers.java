package dev.davit.blob;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Who compresses sections. One pool serves all streams, so that many streams do not mean many more threads. */
record SectionWorkers(int threads, Executor executor) {

    /** Beyond sixteen, reading and hashing the input take longer than compressing it. */
    static final SectionWorkers SHARED = of(Math.min(16, Runtime.getRuntime().availableProcessors()));

    /**
     * This many daemon threads, which start when needed and end after a second without work, so that nobody has to
     * shut them down; for one, the thread that writes.
     */
    static SectionWorkers of(int threads) {
        if (threads == 1) {
            return new SectionWorkers(threads, Runnable::run);
        }
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "davit-gzip");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return new SectionWorkers(threads, pool);
    }
}
