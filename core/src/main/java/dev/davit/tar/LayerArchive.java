package dev.davit.tar;

import dev.davit.blob.Blob;
import dev.davit.blob.Compression;
import dev.davit.blob.ContentStore;
import dev.davit.blob.Digest;
import dev.davit.blob.DigestingOutputStream;
import dev.davit.image.Layer;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** An existing tar archive as a layer. */
public final class LayerArchive {

    private static final int BUFFER = 1 << 16;

    private LayerArchive() {
    }

    /**
     * The layer that a tar archive is, plain or packed with gzip or zstd. Packed bytes stay as they are, and so does
     * their digest; a plain archive is packed with gzip. The store has it once this returns. A pipe is read to its end.
     *
     * @throws IOException if it is no tar archive, or a damaged one
     */
    public static Layer of(ContentStore store, Path archive) throws IOException {
        if (!Files.exists(archive) || Files.isDirectory(archive)) {
            throw new NoSuchFileException(archive.toString(), null, "not a file, expected a tar archive");
        }
        boolean isFile = Files.isRegularFile(archive);
        // A pipe has no position, which the other stream would ask for.
        try (InputStream in = isFile ? Files.newInputStream(archive) : new FileInputStream(archive.toFile())) {
            return of(store, in, archive.toString());
        }
    }

    /**
     * The same for a stream, such as standard input; it is read once, to its end, and left open.
     *
     * @param place what is read, for messages
     */
    public static Layer of(ContentStore store, InputStream archive, String place) throws IOException {
        BufferedInputStream in = new BufferedInputStream(archive, BUFFER);
        Compression found = Compression.sniff(in);
        AtomicReference<Digest> diffId = new AtomicReference<>();
        Blob blob = store.add(out -> diffId.set(found == Compression.NONE ? pack(in, out, place)
                : copy(in, found, out, place)));
        Compression packed = found == Compression.NONE ? Compression.GZIP : found;
        return Layer.of(blob, diffId.get(), packed, "davit layer: tar archive");
    }

    private static Digest pack(InputStream in, OutputStream out, String place) throws IOException {
        try (OutputStream packed = Compression.GZIP.compress(new Unclosed(out))) {
            return check(new Tee(in, packed), place);
        }
    }

    private static Digest copy(InputStream in, Compression compression, OutputStream out, String place)
            throws IOException {
        Tee tee = new Tee(in, out);
        try {
            Digest diffId = check(compression.decompress(tee), place);
            tee.transferTo(OutputStream.nullOutputStream());
            return diffId;
        } catch (IOException e) {
            throw TarReader.located(e, place);
        }
    }

    /** Reads a tar archive to its end; the digest of its bytes. */
    private static Digest check(InputStream unpacked, String place) throws IOException {
        DigestingOutputStream digesting = new DigestingOutputStream(OutputStream.nullOutputStream());
        TarReader reader = new TarReader(new Tee(unpacked, digesting), place);
        while (reader.next().isPresent()) {
            continue;
        }
        if (digesting.count() == 0) {
            throw new IOException(place + ": empty, expected a tar archive");
        }
        return digesting.digest();
    }

    /** Copies what is read. */
    private static final class Tee extends FilterInputStream {

        private final OutputStream copy;

        Tee(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = in.read(buffer, offset, length);
            if (n > 0) {
                copy.write(buffer, offset, n);
            }
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            byte[] buffer = new byte[(int) Math.min(Math.max(n, 0), BUFFER)];
            return Math.max(0, read(buffer, 0, buffer.length));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** What packs closes what it writes to, but the store wants to go on. */
    static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
