package dev.davit.tar;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file of this machine into a layer, and fails if it is not as large as it was when it was named. */
final class SourceFile extends FilterInputStream {

    private final String statement;
    private final Path file;
    private final long size;
    private long count;

    SourceFile(String statement, Path file, long size) throws IOException {
        super(open(statement, file));
        this.statement = statement;
        this.file = file;
        this.size = size;
    }

    private static InputStream open(String statement, Path file) throws IOException {
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw new IOException("layer: " + statement + " was removed before it was read (" + file + ")", e);
        } catch (AccessDeniedException e) {
            throw new IOException("layer: " + statement + " may not be read (" + file + ")", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = in.read(buffer, offset, length);
        count += Math.max(n, 0);
        if (n < 0 && count < size || count > size) {
            throw new IOException("layer: " + statement + " changed while it was read (" + file + ")");
        }
        return n;
    }
}
