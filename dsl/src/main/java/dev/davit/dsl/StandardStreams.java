package dev.davit.dsl;

import dev.davit.archive.Archive;
import dev.davit.blob.Transfers;
import dev.davit.registry.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Standard input, output and error of a script: results go to output, and all that is told besides to error. */
final class StandardStreams implements AutoCloseable {

    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private volatile boolean taken;
    private volatile boolean verbose;
    private volatile boolean quiet;
    private volatile Transfers transfers = Transfers.UNSEEN;
    private @Nullable Archive input;

    StandardStreams(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** The same, where nothing that is printed is a result. */
    StandardStreams withoutResults() {
        StandardStreams copy = new StandardStreams(environment, err, err);
        copy.verbose = verbose;
        copy.quiet = quiet;
        copy.transfers = transfers;
        return copy;
    }

    PrintStream out() {
        return taken ? err : out;
    }

    PrintStream err() {
        return quiet ? NOWHERE : err;
    }

    PrintStream failures() {
        return err;
    }

    /** Davit's launcher says so. */
    boolean isTerminal(int stream) {
        return environment.getOrDefault("DAVIT_TERMINAL", "").contains(String.valueOf(stream));
    }

    /**
     * Standard output, for one archive. What is printed after it goes where warnings go.
     *
     * @throws IllegalArgumentException if it is a terminal, or has one already
     */
    synchronized PrintStream take() {
        if (isTerminal(1)) {
            throw new IllegalArgumentException("standard output is a terminal: expected a file or a pipe for an archive");
        }
        if (taken) {
            throw new IllegalArgumentException("standard output has an archive already: expected only one");
        }
        taken = true;
        return out;
    }

    /** The archive on standard input, which is read once. */
    synchronized Archive archive(InputStream in) throws IOException {
        Archive read = input;
        if (read == null) {
            if (isTerminal(0)) {
                throw new IllegalArgumentException("standard input is a terminal: expected an archive");
            }
            read = Archive.read(in, "standard input");
            input = read;
        }
        return read;
    }

    void verbose() {
        verbose = true;
    }

    void quiet() {
        quiet = true;
        transfers = Transfers.UNSEEN;
    }

    void transfers(Transfers listener) {
        transfers = listener;
    }

    Transfers.Transfer begin(String name, long size) {
        return transfers.begin(name, size);
    }

    void tell(Exchange exchange) {
        if (verbose) {
            err.println(exchange);
        }
    }

    void warn(String message) {
        err().println("warning: " + message);
    }

    @Override
    public synchronized void close() throws IOException {
        if (input != null) {
            input.close();
        }
    }
}
