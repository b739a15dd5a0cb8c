package dev.davit.tar;

import dev.davit.image.Layer;
import dev.davit.tar.Entry.Attributes;
import dev.davit.tar.Entry.Device;
import dev.davit.tar.Entry.Owner;
import dev.davit.tar.Entry.Type;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Reads an unpacked layer entry by entry, in its order, as it is written: whiteouts are entries like any other. Paths
 * are normal: {@code /a}, {@code ./a} and {@code a//b/} become {@code a} and {@code a/b}.
 *
 * <p>Every failure is an {@link IOException} that begins with the place that the reader was made with.
 */
public final class TarReader implements Closeable {

    /** What other members of an {@link Entry} stand for. */
    private static final Set<String> KNOWN = Set.of("path", "linkpath", "size", "uid", "gid", "uname", "gname", "mtime",
            "hdrcharset", "SCHILY.devmajor", "SCHILY.devminor", "SCHILY.realsize");

    private final InputStream in;
    private final TarStream tar;
    private final String place;

    /**
     * A reader of unpacked bytes; closing it closes them.
     *
     * @param place what is read, such as {@code layer sha256:…}, for messages
     */
    public TarReader(InputStream in, String place) {
        this.in = in;
        this.tar = new TarStream(in);
        this.place = place;
    }

    /** A reader of a layer; closing it closes the layer's bytes. */
    public static TarReader of(Layer layer) throws IOException {
        String place = "layer " + layer.digest();
        try {
            return new TarReader(layer.uncompressed(), place);
        } catch (IOException e) {
            throw located(e, place);
        }
    }

    /**
     * The next entry; empty at the end, once all bytes behind the archive are read too, so that a verifying stream has
     * judged them.
     */
    public Optional<Entry> next() throws IOException {
        try {
            return read();
        } catch (IOException | IllegalArgumentException e) {
            throw located(e, place);
        }
    }

    /** The same, where failures do not say the place; after a {@link BadEntryException} one can read on. */
    Optional<Entry> read() throws IOException {
        TarArchiveEntry header = tar.next();
        if (header == null) {
            in.transferTo(OutputStream.nullOutputStream());
            return Optional.empty();
        }
        return Optional.of(entry(header, tar.records()));
    }

    /** The content of the entry that {@link #next} gave last, until it is called again. Closing it does nothing. */
    public InputStream content() {
        return new Content();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static Entry entry(TarArchiveEntry header, Map<String, String> records) throws IOException {
        String name = text(records, records.containsKey("GNU.sparse.name") ? "GNU.sparse.name" : "path", header.getName());
        Type type = type(header, name);
        Owner owner = new Owner(header.getLongUserId(), header.getLongGroupId(),
                text(records, "uname", header.getUserName()), text(records, "gname", header.getGroupName()));
        String link = text(records, "linkpath", header.getLinkName());
        String target = switch (type) {
            case SYMLINK -> link;
            case HARD_LINK -> normal(link, "the target of hard link '" + name + "'");
            default -> "";
        };
        Map<String, String> others = new LinkedHashMap<>(records);
        others.keySet().removeIf(key -> KNOWN.contains(key) || key.startsWith("GNU.sparse."));
        Attributes attributes = new Attributes(header.getMode() & 07777, owner,
                header.getLastModifiedTime().toInstant(), others);
        Device device = type == Type.CHARACTER_DEVICE || type == Type.BLOCK_DEVICE
                ? new Device(header.getDevMajor(), header.getDevMinor()) : Device.NONE;
        return new Entry(normal(name, "entry"), type, attributes, type == Type.FILE ? header.getRealSize() : 0, target,
                device, 0);
    }

    /** A PAX record, or else a field that was read as ISO 8859-1, which keeps its bytes. */
    private static String text(Map<String, String> records, String key, String field) {
        String record = records.get(key);
        return record != null ? record : ByteNames.decode(field.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Type type(TarArchiveEntry header, String name) throws IOException {
        return switch (header.getLinkFlag()) {
            case 0 -> name.endsWith("/") ? Type.DIRECTORY : Type.FILE;
            case '0', '7', 'S' -> Type.FILE;
            case '1' -> Type.HARD_LINK;
            case '2' -> Type.SYMLINK;
            case '3' -> Type.CHARACTER_DEVICE;
            case '4' -> Type.BLOCK_DEVICE;
            case '5' -> Type.DIRECTORY;
            case '6' -> Type.FIFO;
            default -> throw new BadEntryException("entry '" + name + "' has the unknown type '"
                    + (char) header.getLinkFlag() + "'");
        };
    }

    private static String normal(String name, String what) throws IOException {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    throw new BadEntryException(what + " '" + name + "' leads out of the root");
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (name.indexOf('\0') >= 0) {
            throw new BadEntryException(what + " '" + name.replace('\0', '?') + "' has a zero byte in its name");
        }
        return String.join("/", parts);
    }

    static IOException located(Exception e, String place) {
        String message = message(e);
        return e instanceof IOException known && message.startsWith(place)
                ? known : new IOException(place + ": " + message, e);
    }

    /** What is wrong with an archive that cannot be read. */
    static String message(Exception e) {
        if (e instanceof EOFException) {
            return "ends too early";
        }
        return e.getMessage() == null ? "unreadable (" + e.getClass().getSimpleName() + ")" : e.getMessage();
    }

    private final class Content extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return tar.read(buffer, offset, length);
            } catch (IOException e) {
                throw located(e, place);
            }
        }
    }
}
