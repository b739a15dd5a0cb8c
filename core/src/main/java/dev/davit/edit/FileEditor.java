package dev.davit.edit;

import dev.davit.blob.Blob;
import dev.davit.tar.Entry;
import dev.davit.tar.Entry.Attributes;
import dev.davit.tar.Entry.Owner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a layer, while the block of {@link MapFiles} looks at it: what it is, and what is to become of it. What
 * the block does not say stays as it is.
 */
public final class FileEditor {

    /** What the block may do with one entry. */
    @FunctionalInterface
    public interface Block {
        void applyTo(FileEditor file) throws IOException;
    }

    private static final int LARGEST_IN_MEMORY = 32 << 20;
    private static final String WHITEOUT = ".wh.";
    private static final List<String> OTHER_TIMES = List.of("atime", "ctime", "LIBARCHIVE.creationtime");

    private final Entry before;
    private final InputStream content;
    private Entry entry;
    private byte @Nullable [] read;
    private Blob.@Nullable Opener replaced;
    private boolean dropped;

    FileEditor(Entry entry, InputStream content) {
        this.before = entry;
        this.entry = entry;
        this.content = content;
    }

    /** What the entry is by now. */
    public Entry entry() {
        return entry;
    }

    /** Whether it is a file with content, and not the mark of a removal. */
    public boolean isFile() {
        return before.isFile() && !isWhiteout();
    }

    public boolean isDirectory() {
        return before.isDirectory();
    }

    public boolean isSymlink() {
        return before.isSymlink();
    }

    /** Whether it only says that something of a lower layer is removed. It is an entry like others, but has no content. */
    public boolean isWhiteout() {
        return name(before.path()).startsWith(WHITEOUT);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * The content as it was.
     *
     * @throws IOException also if it is larger than 32 MiB, or if this is no file
     */
    public byte[] bytes() throws IOException {
        checkFile();
        if (read == null) {
            if (before.size() > LARGEST_IN_MEMORY) {
                throw new IOException("'" + before.path() + "' has " + before.size() + " bytes: too large to be read at "
                        + "once, the limit is " + LARGEST_IN_MEMORY);
            }
            read = content.readAllBytes();
        }
        return read.clone();
    }

    /** The content as it was, as UTF-8. */
    public String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The twelve bits of {@code chmod}, such as {@code 0644}. */
    public void mode(int bits) {
        if (bits < 0 || bits > 07777) {
            throw new IllegalArgumentException("mode " + Integer.toOctalString(bits)
                    + " (octal) is out of range: expected 0 to 07777, such as 0644");
        }
        attributes(entry.attributes().withMode(bits));
    }

    /** Numbers of user and group; their names are forgotten. */
    public void owner(long uid, long gid) {
        if (uid < 0 || gid < 0) {
            throw new IllegalArgumentException("owner " + uid + ":" + gid + " is negative");
        }
        attributes(entry.attributes().withOwner(Owner.of(uid, gid)));
    }

    /** When it last changed. Other times that the entry may say, such as that of the last access, are removed. */
    public void time(Instant time) {
        Map<String, String> records = new LinkedHashMap<>(entry.attributes().records());
        records.keySet().removeAll(OTHER_TIMES);
        attributes(entry.attributes().withTime(time).withRecords(records));
    }

    private void attributes(Attributes attributes) {
        entry = entry.withAttributes(attributes);
    }

    /**
     * Another path, from the root. Hard links to the file go with it; what lies in a directory has a path of its own and
     * does not.
     */
    public void path(String path) {
        List<String> parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty() && !part.equals(".")).toList();
        if (parts.isEmpty() || parts.contains("..") || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("malformed path '" + path
                    + "': expected a path from the root of the image, such as /etc/motd");
        }
        if (before.path().isEmpty() || name(String.join("/", parts)).startsWith(WHITEOUT) != isWhiteout()) {
            throw new IllegalArgumentException("'/" + before.path() + "' cannot become '" + path + "': "
                    + (before.path().isEmpty() ? "it is the root" : "one of the two is a whiteout"));
        }
        entry = entry.withPath(String.join("/", parts));
    }

    /** Other content, as UTF-8. */
    public void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Other content. */
    public void bytes(byte[] bytes) {
        byte[] kept = bytes.clone();
        if (read == null || !Arrays.equals(read, kept)) {
            content(kept.length, () -> new ByteArrayInputStream(kept));
        }
    }

    /** Other content, opened once the layer is written: at least as many bytes as are said here. */
    public void content(long size, Blob.Opener opener) {
        checkFile();
        entry = entry.withSize(size);
        replaced = opener;
    }

    private void checkFile() {
        if (!isFile()) {
            throw new IllegalArgumentException("'/" + before.path() + "' has no content: it is "
                    + (isWhiteout() ? "a whiteout" : "a " + before.type()));
        }
    }

    /** Leaves it out. What a lower layer has at its path shows again, if it is not dropped there as well. */
    public void drop() {
        dropped = true;
    }

    boolean isDropped() {
        return dropped;
    }

    boolean isChanged() {
        return dropped || replaced != null || !entry.equals(before);
    }

    /** Makes a hard link one to this path. */
    void target(String path) {
        entry = new Entry(entry.path(), entry.type(), entry.attributes(), entry.size(), path, entry.device(), entry.layer());
    }

    InputStream open() throws IOException {
        if (replaced != null) {
            return replaced.open();
        }
        return read == null ? content : new ByteArrayInputStream(read);
    }
}
