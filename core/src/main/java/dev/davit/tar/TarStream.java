package dev.davit.tar;

import dev.davit.blob.CountingInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/**
 * Commons Compress's reader, with what a layer needs beyond it: PAX records as bytes, a limit for headers, and a plain
 * word on what is no tar archive or ends too early.
 */
final class TarStream extends TarArchiveInputStream {

    /** Go's own limit, which is what container engines read with. */
    private static final int LARGEST_HEADER = 1 << 20;

    private final ByteArrayOutputStream global = new ByteArrayOutputStream();
    private final ByteArrayOutputStream local = new ByteArrayOutputStream();
    private final ByteArrayOutputStream longName = new ByteArrayOutputStream();
    private @Nullable TarArchiveEntry delivered;
    private boolean any;

    TarStream(InputStream in) {
        super(new CountingInputStream(in), "ISO-8859-1");
    }

    /** The next entry; {@code null} at the end. Commons Compress may call its own method again within itself. */
    @Nullable TarArchiveEntry next() throws IOException {
        local.reset();
        longName.reset();
        delivered = getCurrentEntry();
        delivered = getNextEntry();
        return delivered;
    }

    /** The PAX records of the current entry. */
    Map<String, String> records() throws IOException {
        Map<String, String> records = new LinkedHashMap<>(Pax.parse(global.toByteArray()));
        records.putAll(Pax.parse(local.toByteArray()));
        return records;
    }

    /** Commons Compress reads the content of a special entry, such as a PAX header, by this method. */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        TarArchiveEntry entry = getCurrentEntry();
        if (n > 0 && entry != null) {
            ByteArrayOutputStream special = special(entry);
            if (special != null) {
                special.write(buffer, offset, n);
                if (special.size() > LARGEST_HEADER) {
                    throw new IOException("a header is larger than " + LARGEST_HEADER + " bytes");
                }
            }
        }
        return n;
    }

    private @Nullable ByteArrayOutputStream special(TarArchiveEntry entry) {
        return entry.isPaxHeader() ? local : entry.isGlobalPaxHeader() ? global
                : entry.isGNULongNameEntry() || entry.isGNULongLinkEntry() ? longName : null;
    }

    @Override
    protected byte[] readRecord() throws IOException {
        byte[] block = super.readRecord();
        if (block == null) {
            if (((CountingInputStream) in).count() % getRecordSize() != 0) {
                throw new IOException(any ? "the tar archive ends within a header" : "not a tar archive");
            }
        } else if (!isEOFRecord(block) && !isSparseMap() && !hasChecksum(block)) {
            throw new IOException(any ? "the tar archive has a damaged header" : "not a tar archive");
        }
        any = true;
        return block;
    }

    private static boolean hasChecksum(byte[] block) {
        try {
            return TarUtils.verifyCheckSum(block);
        } catch (IllegalArgumentException e) {
            return false; // not even a number
        }
    }

    /** Whether the block to come goes on with the header of an old sparse file; such blocks have no checksum. */
    private boolean isSparseMap() {
        TarArchiveEntry entry = getCurrentEntry();
        return entry != null && entry != delivered && entry.isOldGNUSparse();
    }
}
