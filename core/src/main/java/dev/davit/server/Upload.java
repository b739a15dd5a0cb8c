package dev.davit.server;

import dev.davit.blob.Digest;
import dev.davit.blob.DigestingOutputStream;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;

/** A blob on its way in, in one request or several. What arrives goes to a file and is hashed on the way. */
final class Upload {

    private final String id;
    private final Repository repository;
    private final Path file;
    private final DigestingOutputStream out;
    private volatile long size;

    Upload(String id, Repository repository, Path file) throws IOException {
        this.id = id;
        this.repository = repository;
        this.file = file;
        this.out = new DigestingOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    }

    String id() {
        return id;
    }

    Repository repository() {
        return repository;
    }

    String path() {
        return "/v2/" + repository.path() + "/blobs/uploads/" + id;
    }

    /** Bytes that are here; does not wait for what is on its way. */
    long size() {
        return size;
    }

    /** What is here, as the {@code Range} header says it. */
    String range() {
        return "0-" + Math.max(0, size() - 1);
    }

    /** Adds all that the stream has. If it breaks off, what came until then stays. */
    synchronized void append(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            size = out.count();
        }
    }

    /** Ends the upload and moves the blob to where it stays. */
    synchronized void finish(Digest digest, Storage storage) throws IOException, Refusal {
        out.close();
        Digest actual = digest.algorithm().equals("sha256") ? out.digest() : hash(digest);
        if (!actual.equals(digest)) {
            Files.deleteIfExists(file);
            throw new Refusal(400, "DIGEST_INVALID", "the " + out.count() + " bytes have the digest " + actual
                    + ", not " + digest);
        }
        storage.keep(file, digest);
        Storage.write(storage.entry(repository, "blobs", digest), "");
    }

    private Digest hash(Digest expected) throws IOException {
        try (DigestOutputStream hash = new DigestOutputStream(OutputStream.nullOutputStream(), expected.hasher())) {
            Files.copy(file, hash);
            return Digest.of(expected.algorithm(), hash.getMessageDigest().digest());
        }
    }

    synchronized void cancel() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
