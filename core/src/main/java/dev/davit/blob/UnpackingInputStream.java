package dev.davit.blob;

import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads a decompressor's output, and says what was damaged where the decompressor does not. */
final class UnpackingInputStream extends InputStream {

    private final InputStream in;
    private final Compression compression;

    UnpackingInputStream(InputStream in, Compression compression) {
        this.in = in;
        this.compression = compression;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (EOFException | ZstdIOException e) {
            throw damaged(compression, e);
        }
    }

    static IOException damaged(Compression compression, IOException e) {
        String reason = e.getMessage() == null ? "it ends too early" : e.getMessage();
        return new IOException("the " + compression.toString().toLowerCase(Locale.ROOT) + " stream is damaged: " + reason, e);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
