package dev.davit.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tar file whose bytes depend on nothing but the names and contents of its files. */
final class TarOutput {

    private final TarArchiveOutputStream tar;

    TarOutput(OutputStream out) {
        tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    void document(String name, byte[] bytes) throws IOException {
        file(name, bytes.length, new ByteArrayInputStream(bytes));
    }

    void file(String name, long size, InputStream in) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        put(entry, 0100644);
        in.transferTo(tar);
        tar.closeArchiveEntry();
    }

    /** @param name with a slash at its end */
    void folder(String name) throws IOException {
        put(new TarArchiveEntry(name), 040755);
        tar.closeArchiveEntry();
    }

    void symlink(String name, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        put(entry, 0120777);
        tar.closeArchiveEntry();
    }

    private void put(TarArchiveEntry entry, int mode) throws IOException {
        entry.setMode(mode);
        entry.setModTime(0);
        entry.setUserName(""); // else that of whoever runs this
        tar.putArchiveEntry(entry);
    }

    /** Ends the archive, and leaves the stream open. */
    void finish() throws IOException {
        tar.finish();
        tar.flush();
    }
}
