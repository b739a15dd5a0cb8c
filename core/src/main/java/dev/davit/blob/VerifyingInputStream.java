package dev.davit.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Passes bytes on and fails, before it reports the end, unless they have the expected digest and size.
 * A stream that is closed early is not judged.
 */
public final class VerifyingInputStream extends FilterInputStream {

    private static final long UNKNOWN = -1;

    private final MessageDigest hash;
    private final Digest expected;
    private final long size;
    private final String place;
    private long count;
    private boolean finished;

    /** @param place where the bytes come from, for the message */
    public VerifyingInputStream(InputStream in, Digest expected, long size, String place) {
        super(in);
        this.hash = expected.hasher();
        this.expected = expected;
        this.size = size;
        this.place = place;
    }

    /** For bytes of unknown length. */
    public VerifyingInputStream(InputStream in, Digest expected, String place) {
        this(in, expected, UNKNOWN, place);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        if (n < 0) {
            finish();
            return n;
        }
        count += n;
        if (size != UNKNOWN && count > size) {
            throw new IOException(place + ": blob " + expected + " is longer than the " + size + " bytes it should have");
        }
        hash.update(buffer, offset, n);
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

    private void finish() throws IOException {
        if (finished) {
            return;
        }
        if (size != UNKNOWN && count < size) {
            throw new IOException(place + ": blob " + expected + " ends after " + count + " of " + size + " bytes");
        }
        Digest actual = Digest.of(expected.algorithm(), hash.digest());
        if (!actual.equals(expected)) {
            throw new IOException(place + ": blob " + expected + " has other content than its digest says: it is "
                    + actual);
        }
        finished = true;
    }
}
