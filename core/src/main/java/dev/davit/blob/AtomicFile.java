package dev.davit.blob;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A file that appears whole or not at all: bytes go to a temporary file beside the target, and {@link #commit()} renames
 * it. Closing without a commit removes the temporary file and leaves the target as it was. Writes are not buffered.
 *
 * <p>Where the target is a symbolic link, the file that it points to is replaced. A pipe or a device such as
 * {@code /dev/null} is never replaced: bytes go straight to it.
 */
public final class AtomicFile extends FilterOutputStream {

    private final Path temporary;
    private final Path target;
    private boolean closed;
    private boolean committed;

    private AtomicFile(OutputStream out, Path temporary, Path target) {
        super(out);
        this.temporary = temporary;
        this.target = target;
    }

    /**
     * Starts to write.
     *
     * @throws IOException if its folder does not exist, the target is a folder, or {@link Disk} does not let it
     */
    public static AtomicFile create(Path target) throws IOException {
        return create(target, new FileAttribute<?>[0]);
    }

    private static AtomicFile create(Path target, FileAttribute<?>... attributes) throws IOException {
        Disk.check(target);
        if (Files.isDirectory(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "it is a folder");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            return new AtomicFile(Files.newOutputStream(target), target, target);
        }
        Path file = Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        return create(file.getParent(), file, attributes);
    }

    /** Starts to write a file whose name is known only at the end; see {@link #commit(Path)}. */
    public static AtomicFile in(Path folder) throws IOException {
        return create(folder, folder);
    }

    private static AtomicFile create(Path folder, Path target, FileAttribute<?>... attributes) throws IOException {
        Path temporary = folder.resolve(".davit-" + UUID.randomUUID() + ".part");
        try {
            // Not Files.createTempFile: that gives mode 0600, and the file is to have the mode that the umask grants.
            OutputStream out = Channels.newOutputStream(Files.newByteChannel(temporary,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes));
            return new AtomicFile(out, temporary, target);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(target.toString(), null, Files.isDirectory(folder)
                    ? "the folder " + folder + " takes no new files" : "the folder " + folder + " does not exist");
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(target.toString());
        } catch (FileSystemException e) {
            throw new FileSystemException(target.toString(), null,
                    Files.isDirectory(folder) ? e.getReason() : folder + " is not a folder");
        }
    }

    /** Writes these bytes as the whole file. */
    public static void write(Path target, byte[] bytes) throws IOException {
        try (AtomicFile file = create(target)) {
            file.write(bytes);
            file.commit();
        }
    }

    /** The same for a file that only its owner can read, where the file system knows owners. */
    public static void writePrivately(Path target, byte[] bytes) throws IOException {
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rw-------"))} : new FileAttribute<?>[0];
        try (AtomicFile file = create(target, mode)) {
            file.write(bytes);
            file.commit();
        }
    }

    /** Finishes the file under its name. */
    public void commit() throws IOException {
        commit(target);
    }

    /** Finishes the file under this name, in the same file system. */
    public void commit(Path name) throws IOException {
        closeStream();
        if (!isDirect()) {
            Files.move(temporary, name, StandardCopyOption.ATOMIC_MOVE);
        }
        committed = true;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        try {
            out.write(buffer, offset, length);
        } catch (IOException e) {
            // The system does not say where there is no space left.
            throw e.getClass() == IOException.class ? new IOException(target + ": " + e.getMessage(), e) : e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeStream();
        } finally {
            if (!committed && !isDirect()) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private boolean isDirect() {
        return temporary.equals(target);
    }

    private void closeStream() throws IOException {
        if (!closed) {
            closed = true;
            out.close();
        }
    }
}
