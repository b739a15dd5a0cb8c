package dev.davit.scripts;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Nobody reads the results any more. A {@link PrintStream} swallows the failure and would let a script work on for
 * nothing; this passes through it.
 */
final class BrokenPipe extends RuntimeException {

    private static final long serialVersionUID = 1;

    private BrokenPipe(IOException cause) {
        super(cause.getMessage(), cause, false, false);
    }

    /** A stream of text in UTF-8, and of bytes, that throws this when its reader has gone. */
    static PrintStream detecting(OutputStream out) {
        return new PrintStream(new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                detect(() -> out.write(bytes, offset, length));
            }

            @Override
            public void flush() {
                detect(out::flush);
            }
        }, true, StandardCharsets.UTF_8);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void detect(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new BrokenPipe(e);
        }
    }
}
