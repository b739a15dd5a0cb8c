package dev.davit.scripts;

/**
 * Ctrl-C, and the wish of the system that the process ends: interrupts the thread that works, so that it can remove what
 * is half written, and gives it a moment for that. The process ends with the status that the JVM has for the signal.
 */
final class Interruption extends Thread {

    private static final long MOMENT_MILLIS = 3_000;

    private final Thread worker = Thread.currentThread();
    private volatile boolean worked;
    private volatile boolean began;

    private Interruption() {
        super("interruption");
    }

    /** Watches over the work of the calling thread. */
    static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption);
        return interruption;
    }

    /** The work has ended: ends the process with this status, unless it is ending already. */
    void exit(int status) {
        worked = true;
        if (!began) {
            System.exit(status);
        }
    }

    @Override
    public void run() {
        began = true;
        if (worked) {
            return;
        }
        worker.interrupt();
        try {
            worker.join(MOMENT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
