package dev.davit.look;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The header of a package as rpm's database has it: big-endian, the numbers of index entries and of data bytes, the index,
 * the data.
 *
 * @see <a href="https://rpm-software-management.github.io/rpm/manual/format_header.html">RPM header format</a>
 */
final class RpmHeader {

    private static final int NAME = 1000;
    private static final int VERSION = 1001;
    private static final int RELEASE = 1002;
    private static final int EPOCH = 1003;
    private static final int ARCHITECTURE = 1022;
    private static final int INT32 = 4;
    private static final int STRING = 6;
    private static final int ENTRY = 16;

    private final ByteBuffer bytes;
    private final int entries;
    private final long data;

    private RpmHeader(ByteBuffer bytes) throws IOException {
        this.bytes = bytes;
        this.entries = bytes.remaining() < 8 ? -1 : bytes.getInt(0);
        this.data = 8 + (long) ENTRY * entries;
        if (entries < 0 || data > bytes.limit()) {
            throw new IOException("the header of an rpm package is damaged");
        }
    }

    static InstalledPackage parse(byte[] bytes) throws IOException {
        RpmHeader header = new RpmHeader(ByteBuffer.wrap(bytes));
        String epoch = header.value(EPOCH);
        return new InstalledPackage("rpm", header.value(NAME),
                (epoch.isEmpty() ? "" : epoch + ":") + header.value(VERSION) + "-" + header.value(RELEASE),
                header.value(ARCHITECTURE));
    }

    /** Text, or a number; empty if the header has none. */
    private String value(int tag) throws IOException {
        for (int i = 0; i < entries; i++) {
            int entry = 8 + ENTRY * i;
            if (bytes.getInt(entry) == tag) {
                int type = bytes.getInt(entry + 4);
                long offset = data + bytes.getInt(entry + 8);
                if (offset < data || offset > bytes.limit() - (type == INT32 ? 4 : 1)) {
                    throw new IOException("the header of an rpm package is damaged");
                }
                return type == INT32 ? Integer.toUnsignedString(bytes.getInt((int) offset))
                        : type == STRING ? text((int) offset) : "";
            }
        }
        return "";
    }

    private String text(int offset) {
        int end = offset;
        while (end < bytes.limit() && bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), offset, end - offset, StandardCharsets.UTF_8);
    }
}
