package dev.davit.blob;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How the bytes of a layer or an archive are packed. */
public enum Compression {
    NONE, GZIP, ZSTD;

    private static final int BUFFER = 1 << 16;

    /** Tells the compression from the first bytes; four are enough. */
    public static Compression of(byte[] head) {
        if (head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
            return GZIP;
        }
        if (head.length >= 4) {
            int magic = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
            // A zstd stream may begin with frames to skip, which have sixteen marks of their own.
            if (magic == 0xfd2fb528 || (magic & 0xfffffff0) == 0x184d2a50) {
                return ZSTD;
            }
        }
        return NONE;
    }

    /** The compression of what a stream holds; the stream must support {@code mark} and stays where it is. */
    public static Compression sniff(InputStream in) throws IOException {
        in.mark(4);
        byte[] head = in.readNBytes(4);
        in.reset();
        return of(head);
    }

    /** The unpacked bytes, whatever the stream holds. Closing the result closes the stream, and so does a failure here. */
    public static InputStream unpack(InputStream in) throws IOException {
        try {
            BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
            return sniff(buffered).decompress(buffered);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * The unpacked bytes of a stream packed this way; several gzip members or zstd frames read as one. Reading fails
     * where the stream ends too early or is not packed this way.
     */
    public InputStream decompress(InputStream in) throws IOException {
        try {
            return switch (this) {
                case NONE -> in;
                // Not the JDK's reader: between two members it asks available(), and a network stream may say 0.
                case GZIP -> new UnpackingInputStream(GzipCompressorInputStream.builder().setInputStream(in)
                        .setDecompressConcatenated(true).setBufferSize(BUFFER).get(), this);
                case ZSTD -> new UnpackingInputStream(new ZstdInputStreamNoFinalizer(in), this);
            };
        } catch (EOFException e) {
            throw UnpackingInputStream.damaged(this, e);
        }
    }

    /** Packs what is written. The same input gives the same bytes on every machine. Closing closes {@code out}. */
    public OutputStream compress(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> Gzip.compress(out);
            case ZSTD -> new ZstdOutputStreamNoFinalizer(out);
        };
    }
}
