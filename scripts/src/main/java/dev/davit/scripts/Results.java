package dev.davit.scripts;

import dev.davit.usage.BrokenPipe;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Standard output. A {@link PrintStream} swallows the failure to write, would let a script work on for nothing and its caller
 * believe that all went well; these pass through it.
 */
public final class Results {

    private Results() {
    }

    /**
     * A stream of text in UTF-8, and of bytes, that throws a {@link BrokenPipe} when its reader has gone, and an
     * {@link UncheckedIOException} when it cannot be written otherwise.
     */
    public static PrintStream stream(OutputStream out) {
        return new PrintStream(new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                attempt(() -> out.write(bytes, offset, length));
            }

            @Override
            public void flush() {
                attempt(out::flush);
            }
        }, true, StandardCharsets.UTF_8);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void attempt(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            if ("Broken pipe".equals(e.getMessage())) {
                throw new BrokenPipe(e);
            }
            throw new UncheckedIOException(new IOException("standard output: " + e.getMessage(), e));
        }
    }
}
