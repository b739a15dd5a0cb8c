package dev.davit.daemon;

import dev.davit.archive.Archive;
import dev.davit.image.Artifact;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** An archive of one image, without a name in it, as the body of a request: written while it is sent. */
final class LoadBody extends RequestBody {

    private static final int BUFFER = 1 << 16;

    private final Artifact artifact;
    private volatile @Nullable IOException sourceFailure;

    LoadBody(Artifact artifact) {
        this.artifact = artifact;
    }

    @Override
    public MediaType contentType() {
        return MediaType.get("application/x-tar");
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        Connection connection = new Connection(sink.outputStream());
        try {
            OutputStream out = new BufferedOutputStream(connection, BUFFER);
            Archive.write(out, Collections.singletonMap("", artifact));
            out.flush();
        } catch (IOException e) {
            sourceFailure = connection.broke ? null : e;
            throw e;
        }
    }

    /** Why the image could not be read to its end, which is nothing that the engine did. */
    @Nullable IOException sourceFailure() {
        return sourceFailure;
    }

    private static final class Connection extends FilterOutputStream {

        private boolean broke;

        Connection(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            try {
                out.write(buffer, offset, length);
            } catch (IOException e) {
                broke = true;
                throw e;
            }
        }
    }
}
