package dev.davit.validate;

import dev.davit.blob.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes bytes on, hashes and counts them, and remembers how reading failed. */
final class HashedInputStream extends InputStream {

    private final InputStream in;
    private final Digest like;
    private final MessageDigest hash;
    private final long most;
    private long count;
    private @Nullable IOException failure;

    /**
     * @param like of the algorithm to hash with
     * @param most bytes to pass on before it pretends to be at the end
     */
    HashedInputStream(InputStream in, Digest like, long most) {
        this.in = in;
        this.like = like;
        this.hash = like.hasher();
        this.most = most;
    }

    /** Of all bytes; call it once, at the end. */
    Digest digest() {
        return Digest.of(like.algorithm(), hash.digest());
    }

    long count() {
        return count;
    }

    /** Whether there may have been more than it was to pass on. */
    boolean isCut() {
        return count == most;
    }

    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (count == most && length > 0) {
            return -1;
        }
        try {
            int n = in.read(buffer, offset, (int) Math.min(length, most - count));
            if (n > 0) {
                hash.update(buffer, offset, n);
                count += n;
            }
            return n;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
