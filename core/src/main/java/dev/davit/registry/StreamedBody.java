package dev.davit.registry;

import dev.davit.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A blob as the body of a request: its bytes go from where they are straight to the registry. */
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

    private final Blob blob;
    private volatile @Nullable IOException sourceFailure;
    private long written;

    StreamedBody(Blob blob) {
        this.blob = blob;
    }

    @Override
    public @Nullable MediaType contentType() {
        return null; // the request's header says it
    }

    @Override
    public long contentLength() {
        return blob.size();
    }

    /** Who uploads tries again, not OkHttp: it would read the blob anew behind the back of the retry limit. */
    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (InputStream in = opened()) {
            byte[] buffer = new byte[BUFFER];
            for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
                sink.write(buffer, 0, n);
                written += n;
            }
        }
    }

    private InputStream opened() throws IOException {
        try {
            return blob.open();
        } catch (IOException e) {
            sourceFailure = e;
            throw e;
        }
    }

    private int read(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
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
