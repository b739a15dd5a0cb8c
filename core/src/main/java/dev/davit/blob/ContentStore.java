package dev.davit.blob;

import dev.davit.blob.Transfers.Transfer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Blobs on disk by their digest: {@code FOLDER/sha256/ab/abcd…}. Layers that are built here and remote blobs that
 * somebody looks into are kept, so that they are made or fetched once. Safe for several processes at once: a blob
 * appears whole by a rename, and content never changes. A file that the disk has damaged fails when it is read, as any
 * blob does, and is removed, so that it is made or fetched anew the next time.
 */
public final class ContentStore {

    /** What was used this recently is never pruned: another process may be about to read it. */
    private static final Duration IN_USE = Duration.ofHours(1);

    private final Path folder;
    private final long limit;

    private ContentStore(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /**
     * A store in this folder, which is made when first needed.
     *
     * @param limit bytes that {@link #prune()} leaves at most
     */
    public static ContentStore at(Path folder, long limit) {
        return new ContentStore(folder, limit);
    }

    public Path folder() {
        return folder;
    }

    /** The blob, if the store has it; its bytes are not looked at. */
    public Optional<Blob> find(Digest digest) throws IOException {
        Path file = path(digest);
        try {
            long size = Files.size(file);
            touch(file);
            return Optional.of(blob(file, digest, size));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * The same blob on this machine: itself if it is local, else from the store, fetched and verified if need be.
     * Two that ask for the same blob at once may both fetch it.
     */
    public Blob hold(Blob blob) throws IOException {
        if (blob.isLocal()) {
            return blob;
        }
        // A file of another size is what a crash left of the blob; what is fetched now replaces it.
        Optional<Blob> held = find(blob.digest()).filter(found -> found.size() == blob.size());
        if (held.isPresent()) {
            return held.get();
        }
        try (AtomicFile file = temporary(); InputStream in = blob.open()) {
            in.transferTo(file);
            return keep(file, blob.digest(), blob.size());
        }
    }

    /** Writes bytes whose digest is known only at the end; the blob is in the store once this returns. */
    public Blob add(Content content) throws IOException {
        try (AtomicFile file = temporary(); Transfer transfer = Traffic.begin("new layer", -1)) {
            DigestingOutputStream out = new DigestingOutputStream(file, transfer::reached);
            content.writeTo(out);
            return keep(file, out.digest(), out.count());
        }
    }

    /** Bytes that are written when asked for. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything; leaves {@code out} open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Removes what was used longest ago until no more than the limit is left; returns the number of bytes removed.
     * What was used within the last hour stays.
     */
    public long prune() throws IOException {
        record Entry(Path file, long size, FileTime used) { }
        List<Entry> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                entries.add(new Entry(file, attributes.size(), attributes.lastModifiedTime()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // another process was faster
            }
        });
        entries.sort(Comparator.comparing(Entry::used));
        FileTime inUse = FileTime.from(Instant.now().minus(IN_USE));
        long total = entries.stream().mapToLong(Entry::size).sum();
        long removed = 0;
        for (Entry entry : entries) {
            if (total - removed <= limit || entry.used().compareTo(inUse) > 0) {
                break;
            }
            Files.deleteIfExists(entry.file());
            removed += entry.size();
        }
        return removed;
    }

    private static Blob blob(Path file, Digest digest, long size) {
        return Blob.of(file, digest, size, () -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // A store that cannot be written keeps the file, and every read of it goes on to fail.
            }
        });
    }

    private AtomicFile temporary() throws IOException {
        Files.createDirectories(folder);
        return AtomicFile.in(folder);
    }

    private Blob keep(AtomicFile file, Digest digest, long size) throws IOException {
        Path path = path(digest);
        Files.createDirectories(path.getParent());
        file.commit(path);
        return blob(path, digest, size);
    }

    private Path path(Digest digest) {
        return folder.resolve(digest.algorithm()).resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // The time is only a hint for prune; a store that cannot be written still serves reads.
        }
    }
}
