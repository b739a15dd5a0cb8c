package dev.davit.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The body of a request, of known length or in chunks. Ends where the request ends; counts what was read. */
final class Body extends InputStream {

    /** Longest line of a request, and of the head as a whole. */
    static final int LONGEST_LINE = 1 << 16;

    private final InputStream in;
    private final boolean chunked;
    private long remaining;
    private boolean begun;
    private boolean ended;
    private long count;

    /** @param length number of bytes, or -1 for chunks */
    Body(InputStream in, long length) {
        this.in = in;
        this.chunked = length < 0;
        this.remaining = Math.max(0, length);
    }

    /** Bytes read so far. */
    long count() {
        return count;
    }

    /** Reads up to so many bytes that nobody wanted; tells whether that was all. */
    boolean drain(long limit) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long drained = 0; drained < limit; ) {
            int n = read(buffer, 0, buffer.length);
            if (n < 0) {
                return true;
            }
            drained += n;
        }
        return false;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (remaining == 0 && !nextChunk()) {
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, remaining));
        if (n < 0) {
            throw new EOFException("the request breaks off after " + count + " bytes of its body");
        }
        remaining -= n;
        count += n;
        return n;
    }

    private boolean nextChunk() throws IOException {
        if (!chunked || ended) {
            return false;
        }
        if (begun) {
            line(in); // the end of the line that the last chunk is
        }
        begun = true;
        String size = line(in).split(";")[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new IOException("malformed size of a chunk: '" + size + "'");
        }
        remaining = Long.parseLong(size, 16);
        if (remaining == 0) {
            ended = true;
            while (!line(in).isEmpty()) {
                continue; // trailers say nothing that matters here
            }
        }
        return !ended;
    }

    /** The next line without its end. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.length() == LONGEST_LINE) {
                throw new EOFException("a line of the request has no end");
            }
            line.append((char) b);
        }
        int end = line.length() - 1;
        if (end >= 0 && line.charAt(end) == '\r') {
            line.setLength(end);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
