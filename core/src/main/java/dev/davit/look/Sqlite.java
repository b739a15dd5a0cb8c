package dev.davit.look;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the rows of a table in an SQLite database, as far as this needs no query.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">SQLite database file format</a>
 */
final class Sqlite implements Closeable {

    private static final String MAGIC = "SQLite format 3\0";
    private static final int HEADER = 100;
    private static final int LEAF = 0x0d;
    private static final int INTERIOR = 0x05;
    /** Deeper than any table of a file that fits a disk. */
    private static final int DEEPEST = 20;
    /** Of one row; that of a package with very many files has some MB. */
    private static final int LARGEST = 64 << 20;

    /** What is done with the blob of a row. */
    interface Rows {
        void row(byte[] blob) throws IOException;
    }

    private interface Records {
        void row(List<Object> values) throws IOException;
    }

    private final FileChannel file;
    private final int pageSize;
    private final int usable;
    private long pagesLeft;

    private Sqlite(FileChannel file) throws IOException {
        this.file = file;
        ByteBuffer header = read(0, HEADER);
        if (!new String(header.array(), 0, MAGIC.length(), StandardCharsets.ISO_8859_1).equals(MAGIC)) {
            throw damaged("it does not begin like one");
        }
        int size = Short.toUnsignedInt(header.getShort(16));
        this.pageSize = size == 1 ? 1 << 16 : size;
        this.usable = pageSize - (header.get(20) & 0xff);
        if (pageSize < 512 || Integer.bitCount(pageSize) != 1 || usable < 480) {
            throw damaged("a page has " + pageSize + " bytes");
        }
    }

    static Sqlite open(Path database) throws IOException {
        FileChannel file = FileChannel.open(database);
        try {
            return new Sqlite(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Gives the first blob of each row of a table, in the order of their numbers. */
    void blobs(String table, Rows rows) throws IOException {
        pagesLeft = 2 * (file.size() / pageSize);
        try {
            read(table, rows);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
            throw new IOException("the SQLite database is damaged: something leads out of its page", e);
        }
    }

    private void read(String table, Rows rows) throws IOException {
        List<Long> roots = new ArrayList<>();
        walk(1, 0, schema -> {
            if (schema.size() > 3 && schema.get(0).equals("table") && schema.get(1).equals(table)
                    && schema.get(3) instanceof Long page) {
                roots.add(page);
            }
        });
        if (roots.isEmpty()) {
            throw damaged("it has no table " + table);
        }
        walk(roots.get(0), 0, values -> {
            for (Object value : values) {
                if (value instanceof byte[] blob) {
                    rows.row(blob);
                    return;
                }
            }
        });
    }

    private void walk(long number, int depth, Records records) throws IOException {
        if (depth > DEEPEST || pagesLeft-- == 0) {
            throw damaged("its tree has no end");
        }
        ByteBuffer page = page(number);
        int start = number == 1 ? HEADER : 0;
        int type = page.get(start);
        int cells = Short.toUnsignedInt(page.getShort(start + 3));
        if (type != LEAF && type != INTERIOR) {
            throw damaged("page " + number + " belongs to no table");
        }
        int pointers = start + (type == LEAF ? 8 : 12);
        for (int i = 0; i < cells; i++) {
            page.position(Short.toUnsignedInt(page.getShort(pointers + 2 * i)));
            if (type == LEAF) {
                records.row(record(payload(page)));
            } else {
                walk(Integer.toUnsignedLong(page.getInt()), depth + 1, records);
            }
        }
        if (type == INTERIOR) {
            walk(Integer.toUnsignedLong(page.getInt(start + 8)), depth + 1, records);
        }
    }

    /** The content of the cell that the page stands at; what does not fit the page goes on in others. */
    private ByteBuffer payload(ByteBuffer page) throws IOException {
        long length = varint(page);
        varint(page); // the number of the row
        if (length < 0 || length > LARGEST) {
            throw damaged("a row has " + length + " bytes");
        }
        int largest = usable - 35;
        int least = (usable - 12) * 32 / 255 - 23;
        int fitting = least + (int) ((length - least) % (usable - 4));
        int local = length <= largest ? (int) length : fitting <= largest ? fitting : least;
        ByteBuffer payload = ByteBuffer.allocate((int) length);
        payload.put(slice(page, local));
        while (payload.hasRemaining()) {
            page = page(Integer.toUnsignedLong(page.getInt()));
            ByteBuffer rest = page.duplicate().position(4);
            payload.put(slice(rest, Math.min(payload.remaining(), usable - 4)));
        }
        return payload.flip();
    }

    private static ByteBuffer slice(ByteBuffer page, int length) {
        ByteBuffer slice = page.slice(page.position(), length);
        page.position(page.position() + length);
        return slice;
    }

    private List<Object> record(ByteBuffer payload) throws IOException {
        int start = payload.position();
        int end = start + (int) varint(payload);
        List<Long> types = new ArrayList<>();
        while (payload.position() < end) {
            types.add(varint(payload));
        }
        List<Object> values = new ArrayList<>();
        for (long type : types) {
            values.add(value(type, payload));
        }
        return values;
    }

    /** Text, bytes or a whole number; empty text for what nobody needs here. */
    private Object value(long type, ByteBuffer payload) throws IOException {
        if (type >= 12) {
            long length = (type - 12) / 2;
            if (length > payload.remaining()) {
                throw damaged("a value is longer than its row");
            }
            byte[] bytes = new byte[(int) length];
            payload.get(bytes);
            return type % 2 == 0 ? bytes : new String(bytes, StandardCharsets.UTF_8);
        }
        int length = switch ((int) type) {
            case 1, 2, 3, 4 -> (int) type;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> 0;
        };
        long number = type == 9 ? 1 : 0;
        for (int i = 0; i < length; i++) {
            number = i == 0 ? payload.get() : number << 8 | payload.get() & 0xff;
        }
        return type == 0 || type == 7 ? "" : (Object) number;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte next = bytes.get();
            value = value << 7 | next & 0x7f;
            if (next >= 0) {
                return value;
            }
        }
        return value << 8 | bytes.get() & 0xff;
    }

    private ByteBuffer page(long number) throws IOException {
        if (number < 1) {
            throw damaged("it refers to page " + number);
        }
        return read((number - 1) * pageSize, pageSize);
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the SQLite database ends too early");
            }
        }
        return bytes.flip();
    }

    private static IOException damaged(String how) {
        return new IOException("the SQLite database is damaged: " + how);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
