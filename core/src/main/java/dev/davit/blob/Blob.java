package dev.davit.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Content with a known digest and size, whose bytes are read only when somebody opens it.
 *
 * <p>Bytes that come from outside this process are verified while they are read: {@link #open()} fails, before it
 * reports the end of the stream, when size or digest differ from what they should be.
 */
public final class Blob {

    /** Opens the bytes anew at each call; whoever opens closes. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;

        /** See {@link Blob#stored()}; reads all of it, where the opener does not know better. */
        default OptionalLong stored() throws IOException {
            try (InputStream in = open()) {
                return OptionalLong.of(in.transferTo(OutputStream.nullOutputStream()));
            } catch (NoSuchFileException e) {
                return OptionalLong.empty();
            }
        }
    }

    /** What becomes of bytes before somebody reads them. */
    @FunctionalInterface
    private interface Verification {
        InputStream verified(InputStream bytes);
    }

    private static final int LARGEST_IN_MEMORY = 32 << 20;

    private final Digest digest;
    private final long size;
    private final Opener opener;
    private final Verification verification;
    private final @Nullable Path file;
    private final @Nullable Origin origin;
    private final boolean local;

    private Blob(Digest digest, long size, Opener opener, Verification verification, @Nullable Path file,
            @Nullable Origin origin, boolean local) {
        if (size < 0) {
            throw new IllegalArgumentException("blob " + digest + " has the size " + size + ": expected 0 or more");
        }
        this.digest = digest;
        this.size = size;
        this.opener = opener;
        this.verification = verification;
        this.file = file;
        this.origin = origin;
        this.local = local;
    }

    /** A blob in memory. The array is not copied; do not change it afterwards. */
    public static Blob of(byte[] bytes) {
        return new Blob(Digest.of(bytes), bytes.length, () -> new ByteArrayInputStream(bytes), in -> in, null, null, true);
    }

    /** A blob that is a file; the file is not read until the blob is opened. */
    public static Blob of(Path file, Digest digest, long size) {
        return of(file, digest, size, () -> { });
    }

    /** @param remedy what is to be done once the file turns out to be something else */
    static Blob of(Path file, Digest digest, long size, Runnable remedy) {
        Verification verification = in -> new VerifyingInputStream(in, digest, size, file.toString(), remedy);
        return new Blob(digest, size, new Stored(file), verification, file, null, true);
    }

    /** A blob on this machine but not in a file of its own, such as an entry of an archive. */
    public static Blob of(Digest digest, long size, String place, Opener opener) {
        return new Blob(digest, size, opener, in -> new VerifyingInputStream(in, digest, size, place), null, null, true);
    }

    /** A blob that a registry keeps; opening it costs a download. */
    public static Blob of(Digest digest, long size, Origin origin, Opener opener) {
        return new Blob(digest, size, opener, in -> new VerifyingInputStream(in, digest, size, origin.toString()), null,
                origin, false);
    }

    private record Stored(Path file) implements Opener {

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public OptionalLong stored() throws IOException {
            return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        }
    }

    public Digest digest() {
        return digest;
    }

    /** Number of bytes. */
    public long size() {
        return size;
    }

    /** The file that is to hold exactly these bytes, if there is one; only {@link #open()} verifies that it does. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** The repository that the blob comes from, if it comes from a registry. */
    public Optional<Origin> origin() {
        return Optional.ofNullable(origin);
    }

    /** Whether opening it reads this machine only. */
    public boolean isLocal() {
        return local;
    }

    /** The bytes from their beginning, verified while they are read. Each call opens anew; close what you open. */
    public InputStream open() throws IOException {
        return observed(verification.verified(opener.open()));
    }

    /** The bytes as they are, whether or not digest and size are right: for somebody who judges that. */
    public InputStream openUnverified() throws IOException {
        return observed(opener.open());
    }

    private InputStream observed(InputStream in) {
        return new ObservedInputStream(in, Traffic.begin(digest.toString(), size));
    }

    /** Bytes that are there, without reading them; empty if it is not there. Costs a HEAD request at a registry. */
    public OptionalLong stored() throws IOException {
        return opener.stored();
    }

    /**
     * All bytes at once; for documents, not for layers.
     *
     * @throws IOException also if the blob is larger than 32 MiB
     */
    public byte[] bytes() throws IOException {
        if (size > LARGEST_IN_MEMORY) {
            throw new IOException("blob " + digest + " has " + size + " bytes: too large for a document, the limit is "
                    + LARGEST_IN_MEMORY);
        }
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Blob blob && digest.equals(blob.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return digest + " (" + size + " bytes)";
    }
}
