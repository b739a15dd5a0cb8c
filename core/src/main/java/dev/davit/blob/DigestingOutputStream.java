package dev.davit.blob;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/** Passes bytes on, and hashes and counts them with SHA-256 on the way. */
public final class DigestingOutputStream extends FilterOutputStream {

    private final MessageDigest hash = Digest.sha256();
    private final LongConsumer listener;
    private long count;

    public DigestingOutputStream(OutputStream out) {
        this(out, count -> { });
    }

    /** @param listener told of the count, after each write */
    DigestingOutputStream(OutputStream out, LongConsumer listener) {
        super(out);
        this.listener = listener;
    }

    /** The digest of all bytes written. Call it once, when nothing more is to come. */
    public Digest digest() {
        return Digest.of("sha256", hash.digest());
    }

    /** Bytes so far. */
    public long count() {
        return count;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        hash.update((byte) b);
        count++;
        listener.accept(count);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        hash.update(buffer, offset, length);
        count += length;
        listener.accept(count);
    }
}
