package dev.davit.registry;

import dev.davit.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A blob, or a piece of it, as the body of a request: its bytes go from where they are straight to the registry. */
final class StreamedBody extends RequestBody {

    /** The bytes could not be read, which is nothing that the receiving registry did. */
    static final class SourceException extends IOException {
        private static final long serialVersionUID = 1;
        private final IOException failure;

        SourceException(IOException failure) {
            super(failure.getMessage(), failure);
            this.failure = failure;
        }

        IOException failure() {
            return failure;
        }
    }

    private static final int BUFFER = 1 << 16;

    private final @Nullable Blob blob;
    private final Blob.Opener opener;
    private final long length;
    private final boolean whole;
    private volatile @Nullable IOException sourceFailure;
    private long written;

    StreamedBody(Blob blob) {
        this(blob, blob::open, blob.size());
    }

    /** So many bytes of a blob, which come next; the stream stays open. */
    StreamedBody(InputStream in, long length) {
        this(null, () -> in, length);
    }

    private StreamedBody(@Nullable Blob blob, Blob.Opener opener, long length) {
        this.blob = blob;
        this.opener = opener;
        this.length = length;
        this.whole = blob != null;
    }

    /** The blob that this sends as a whole. */
    @Nullable Blob blob() {
        return blob;
    }

    @Override
    public @Nullable MediaType contentType() {
        return null; // the request's header says it
    }

    @Override
    public long contentLength() {
        return length;
    }

    /** Who uploads tries again, not OkHttp: it would read the blob anew behind the back of the retry limit. */
    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        if (!whole && written > 0) {
            throw new IOException("this piece is sent already"); // who sends it begins anew from where the registry stands
        }
        InputStream in = opened();
        try {
            byte[] buffer = new byte[BUFFER];
            long left = length;
            // A whole blob is read beyond its end, which is when it is known to be what it should be.
            for (int n = read(in, buffer, left); n >= 0; n = read(in, buffer, left)) {
                sink.write(buffer, 0, n);
                written += n;
                left -= n;
                if (left == 0 && !whole) {
                    return;
                }
            }
        } finally {
            if (whole) {
                in.close();
            }
        }
    }

    private InputStream opened() throws IOException {
        try {
            return opener.open();
        } catch (IOException e) {
            sourceFailure = e;
            throw e;
        }
    }

    private int read(InputStream in, byte[] buffer, long left) throws IOException {
        try {
            return in.read(buffer, 0, whole ? buffer.length : (int) Math.min(buffer.length, left));
        } catch (IOException e) {
            sourceFailure = e;
            throw e;
        }
    }

    /** Bytes so far, over all attempts to send this body. */
    long written() {
        return written;
    }

    @Nullable IOException sourceFailure() {
        return sourceFailure;
    }
}
