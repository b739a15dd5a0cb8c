package dev.davit.repl;

import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on to a stream, which may become another one. */
final class Relay extends OutputStream {

    private volatile OutputStream out;

    Relay(OutputStream out) {
        this.out = out;
    }

    void become(OutputStream other) {
        out = other;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
