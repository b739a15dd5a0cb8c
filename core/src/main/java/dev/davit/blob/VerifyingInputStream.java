package dev.davit.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Passes bytes on and fails, before it reports the end, unless they have the expected digest and size. Where the size is
 * known, it fails before it hands out the last byte. After a failure every read fails. A stream that is closed early is
 * not judged.
 */
public final class VerifyingInputStream extends FilterInputStream {

    private static final long UNKNOWN = -1;

    private final MessageDigest hash;
    private final Digest expected;
    private final long size;
    private final String place;
    private final Runnable remedy;
    private long count;
    private boolean verified;
    private @Nullable String failure;

    /** @param place where the bytes come from, for the message */
    public VerifyingInputStream(InputStream in, Digest expected, long size, String place) {
        this(in, expected, size, place, () -> { });
    }

    /** For bytes of unknown length. */
    public VerifyingInputStream(InputStream in, Digest expected, String place) {
        this(in, expected, UNKNOWN, place, () -> { });
    }

    /** @param remedy what is to be done once the bytes turn out to be wrong */
    VerifyingInputStream(InputStream in, Digest expected, long size, String place, Runnable remedy) {
        super(in);
        this.hash = expected.hasher();
        this.expected = expected;
        this.size = size;
        this.place = place;
        this.remedy = remedy;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
        int n = super.read(buffer, offset, length);
        if (n < 0) {
            if (count < size) {
                throw fail("ends after " + count + " of " + size + " bytes");
            }
            verify();
            return n;
        }
        count += n;
        if (size != UNKNOWN && count > size) {
            throw fail("is longer than the " + size + " bytes it should have");
        }
        hash.update(buffer, offset, n);
        if (count == size) {
            verify();
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] buffer = new byte[(int) Math.min(Math.max(n, 0), 8192)];
        long skipped = 0;
        while (skipped < n) {
            int got = read(buffer, 0, (int) Math.min(buffer.length, n - skipped));
            if (got < 0) {
                break;
            }
            skipped += got;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void mark(int limit) {
        // Not supported: reset() would pass bytes on twice.
    }

    @Override
    public void reset() throws IOException {
        throw new IOException("mark and reset are not supported");
    }

    private void verify() throws IOException {
        if (!verified) {
            Digest actual = Digest.of(expected.algorithm(), hash.digest());
            if (!actual.equals(expected)) {
                throw fail("has other content than its digest says: it is " + actual);
            }
            verified = true;
        }
    }

    private IOException fail(String what) {
        failure = place + ": blob " + expected + " " + what;
        remedy.run();
        return new IOException(failure);
    }
}
