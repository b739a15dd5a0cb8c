package dev.davit.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes tar archives: plain ustar headers, and a PAX header only for what those cannot say. The bytes depend on the
 * entries and nothing else, which is why the layout is spelt out here and not left to a library.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06">ustar</a>
 */
public final class TarWriter {

    private static final int BLOCK = 512;

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes an entry without content. */
    public void write(Entry entry) throws IOException {
        write(entry, InputStream.nullInputStream());
    }

    /**
     * Writes an entry, and if it is a file as many bytes as its size says.
     *
     * @throws EOFException if the content is shorter
     */
    public void write(Entry entry, InputStream content) throws IOException {
        Map<String, String> records = new TreeMap<>(ByteNames.ORDER);
        records.putAll(entry.attributes().records());
        byte[] header = header(entry, records);
        if (!records.isEmpty()) {
            byte[] pax = Pax.format(records);
            out.write(paxHeader(pax.length));
            out.write(pax);
            pad(pax.length);
        }
        out.write(header);
        if (entry.isFile()) {
            copy(entry, content);
            pad(entry.size());
        }
    }

    /** Ends the archive, and leaves the stream open. */
    public void finish() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private void copy(Entry entry, InputStream content) throws IOException {
        long left = entry.size();
        while (left > 0) {
            int n = content.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                throw new EOFException("the content of '" + entry.path() + "' ends after " + (entry.size() - left)
                        + " of " + entry.size() + " bytes");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) (-size & BLOCK - 1)]);
    }

    private static byte[] header(Entry entry, Map<String, String> records) {
        Header header = new Header(records);
        String path = entry.path().isEmpty() ? "." : entry.path();
        header.text(0, 100, entry.isDirectory() ? path + "/" : path, "path");
        header.number(100, 8, entry.mode(), "");
        header.number(108, 8, entry.owner().uid(), "uid");
        header.number(116, 8, entry.owner().gid(), "gid");
        header.number(124, 12, entry.isFile() ? entry.size() : 0, "size");
        header.number(136, 12, entry.time().getEpochSecond(), "mtime");
        if (entry.time().getNano() != 0) {
            records.put("mtime", seconds(entry));
        }
        header.bytes[156] = flag(entry.type());
        header.text(157, 100, entry.target(), "linkpath");
        header.text(265, 31, entry.owner().user(), "uname");
        header.text(297, 31, entry.owner().group(), "gname");
        header.number(329, 8, entry.device().major(), "SCHILY.devmajor");
        header.number(337, 8, entry.device().minor(), "SCHILY.devminor");
        return header.finished();
    }

    private static byte[] paxHeader(int size) {
        Header header = new Header(new TreeMap<>());
        header.text(0, 100, "././@PaxHeader", "");
        header.number(100, 8, 0644, "");
        header.number(108, 8, 0, "");
        header.number(116, 8, 0, "");
        header.number(124, 12, size, "");
        header.number(136, 12, 0, "");
        header.bytes[156] = 'x';
        return header.finished();
    }

    /** Seconds with nine decimals at most; a time before 1970 counts down from its next second. */
    private static String seconds(Entry entry) {
        return new BigDecimal(entry.time().getEpochSecond())
                .add(BigDecimal.valueOf(entry.time().getNano(), 9)).stripTrailingZeros().toPlainString();
    }

    private static byte flag(Entry.Type type) {
        return (byte) switch (type) {
            case FILE -> '0';
            case HARD_LINK -> '1';
            case SYMLINK -> '2';
            case CHARACTER_DEVICE -> '3';
            case BLOCK_DEVICE -> '4';
            case DIRECTORY -> '5';
            case FIFO -> '6';
        };
    }

    /** One ustar header; what does not fit goes to the PAX records. */
    private static final class Header {

        private static final int CHECKSUM = 148;

        private final byte[] bytes = new byte[BLOCK];
        private final Map<String, String> records;

        Header(Map<String, String> records) {
            this.records = records;
        }

        void text(int offset, int length, String text, String record) {
            byte[] encoded = ByteNames.encode(text);
            System.arraycopy(encoded, 0, bytes, offset, Math.min(encoded.length, length));
            boolean utf8 = ByteNames.isUtf8(text);
            if (encoded.length > length || utf8 && !ByteNames.isAscii(text)) {
                records.put(record, text);
                if (!utf8) {
                    records.put("hdrcharset", "BINARY");
                }
            }
        }

        void number(int offset, int length, long number, String record) {
            boolean fits = number >= 0 && number >> 3 * (length - 1) == 0;
            if (!fits) {
                records.put(record, String.valueOf(number));
            }
            octal(offset, length - 1, fits ? number : 0);
        }

        private void octal(int offset, int digits, long number) {
            for (int i = offset + digits - 1; i >= offset; i--) {
                bytes[i] = (byte) ('0' + (number & 7));
                number >>= 3;
            }
        }

        byte[] finished() {
            System.arraycopy(ByteNames.encode("ustar\0" + "00"), 0, bytes, 257, 8);
            Arrays.fill(bytes, CHECKSUM, CHECKSUM + 8, (byte) ' ');
            int sum = 0;
            for (byte b : bytes) {
                sum += b & 0xff;
            }
            octal(CHECKSUM, 6, sum);
            bytes[CHECKSUM + 6] = 0;
            return bytes;
        }
    }
}
