package dev.davit.registry;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A download that goes on from where it stopped when the connection breaks. */
final class ResumingInputStream extends InputStream {

    /** Opens the download. */
    @FunctionalInterface
    interface Part {
        /** The bytes from this position on. */
        InputStream open(long position) throws IOException;
    }

    /** Turns a failure in the middle of the bytes into one that names the request. */
    @FunctionalInterface
    interface Naming {
        RegistryException name(IOException failure);
    }

    /** This much without a failure, and earlier failures no longer count: a large layer may meet many. */
    private static final long PROGRESS = 1 << 20;

    private final long size;
    private final Part part;
    private final Naming naming;
    private final Retries retries;
    private @Nullable InputStream current;
    private long position;
    private long lastFailure;
    private int failures;

    /** Opens the first part at once. */
    ResumingInputStream(long size, Part part, Naming naming, Retries retries) throws IOException {
        this.size = size;
        this.part = part;
        this.naming = naming;
        this.retries = retries;
        this.current = retries.run(() -> part.open(0));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            try {
                InputStream in = current;
                if (in == null) {
                    in = part.open(position);
                    current = in;
                }
                int n = read(in, buffer, offset, length);
                position += Math.max(n, 0);
                return n;
            } catch (RegistryException e) {
                recover(e);
            }
        }
    }

    private int read(InputStream in, byte[] buffer, int offset, int length) throws RegistryException {
        try {
            int n = in.read(buffer, offset, length);
            if (n < 0 && position < size) {
                throw new IOException("it ended after " + position + " of " + size + " bytes");
            }
            return n;
        } catch (IOException e) {
            throw naming.name(e);
        }
    }

    private void recover(RegistryException e) throws IOException {
        close();
        if (position - lastFailure >= PROGRESS) {
            failures = 0;
        }
        lastFailure = position;
        failures++;
        if (!retries.allows(failures, e)) {
            throw e;
        }
        retries.await(failures, e);
    }

    @Override
    public void close() throws IOException {
        InputStream in = current;
        current = null;
        if (in != null) {
            in.close();
        }
    }
}
