package dev.davit.tar;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file, directory or link: what a tar archive says of it, without its content. Text stands for bytes that are mostly
 * UTF-8; a byte that is not is a lone surrogate, U+DC80 to U+DCFF.
 *
 * @param path from the root, without a slash at either end, such as {@code etc/passwd}; empty for the root
 * @param size bytes of content; of a hard link in an image, of the file that it is a name of
 * @param target of a symbolic link as it was written; of a hard link the path of the file; else empty
 * @param layer number of the layer in its image that wrote this name; the base's is 0
 */
public record Entry(String path, Type type, Attributes attributes, long size, String target, Device device, int layer) {

    /** What kind of file it is. */
    public enum Type { FILE, DIRECTORY, SYMLINK, HARD_LINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO }

    /** Numbers of a device; zero for all that is none. */
    public record Device(int major, int minor) {

        static final Device NONE = new Device(0, 0);
    }

    /** Numbers and names of user and group; the names may be empty. */
    public record Owner(long uid, long gid, String user, String group) {

        public static final Owner ROOT = of(0, 0);

        public static Owner of(long uid, long gid) {
            return new Owner(uid, gid, "", "");
        }
    }

    /**
     * What a file has beside its name and content.
     *
     * @param mode the twelve bits of {@code chmod}
     * @param records the PAX records that no other member stands for, sorted, such as {@code SCHILY.xattr.user.a}
     */
    public record Attributes(int mode, Owner owner, Instant time, Map<String, String> records) {

        public Attributes {
            Map<String, String> sorted = new TreeMap<>(ByteNames.ORDER);
            sorted.putAll(records);
            records = Collections.unmodifiableMap(sorted);
        }

        /** Of user and group 0, without records. */
        public static Attributes of(int mode, Instant time) {
            return new Attributes(mode, Owner.ROOT, time, Collections.emptyMap());
        }

        /** Those of the records that are extended attributes. */
        Map<String, String> xattrRecords() {
            Map<String, String> xattrs = new LinkedHashMap<>(records);
            xattrs.keySet().removeIf(key -> !key.startsWith(XATTR));
            return xattrs;
        }

        public Attributes withMode(int other) {
            return new Attributes(other, owner, time, records);
        }

        public Attributes withOwner(Owner other) {
            return new Attributes(mode, other, time, records);
        }

        public Attributes withTime(Instant other) {
            return new Attributes(mode, owner, other, records);
        }

        public Attributes withRecords(Map<String, String> other) {
            return new Attributes(mode, owner, time, other);
        }
    }

    private static final String XATTR = "SCHILY.xattr.";

    public static Entry file(String path, long size, Attributes attributes) {
        return new Entry(path, Type.FILE, attributes, size, "", Device.NONE, 0);
    }

    public static Entry directory(String path, Attributes attributes) {
        return new Entry(path, Type.DIRECTORY, attributes, 0, "", Device.NONE, 0);
    }

    public static Entry symlink(String path, String target, Attributes attributes) {
        return new Entry(path, Type.SYMLINK, attributes, 0, target, Device.NONE, 0);
    }

    public int mode() {
        return attributes.mode;
    }

    public Owner owner() {
        return attributes.owner;
    }

    /** When the content last changed. */
    public Instant time() {
        return attributes.time;
    }

    /** Extended attributes by their name, such as {@code security.capability}. */
    public Map<String, byte[]> xattrs() {
        Map<String, byte[]> xattrs = new LinkedHashMap<>();
        attributes.xattrRecords().forEach((key, value) -> xattrs.put(key.substring(XATTR.length()), ByteNames.encode(value)));
        return Collections.unmodifiableMap(xattrs);
    }

    public boolean isFile() {
        return type == Type.FILE;
    }

    public boolean isDirectory() {
        return type == Type.DIRECTORY;
    }

    public boolean isSymlink() {
        return type == Type.SYMLINK;
    }

    public Entry withPath(String other) {
        return new Entry(other, type, attributes, size, target, device, layer);
    }

    public Entry withAttributes(Attributes other) {
        return new Entry(path, type, other, size, target, device, layer);
    }

    public Entry withLayer(int other) {
        return new Entry(path, type, attributes, size, target, device, other);
    }

    public Entry withSize(long other) {
        return new Entry(path, type, attributes, other, target, device, layer);
    }

    /** Another name of the file at this path. */
    Entry linkedTo(String first) {
        return new Entry(path, Type.HARD_LINK, attributes, size, first, device, layer);
    }

    /** The mode as {@code ls -l} shows it, such as {@code drwxr-xr-x}. */
    public String permissions() {
        char[] letters = "?rwxrwxrwx".toCharArray();
        letters[0] = switch (type) {
            case FILE, HARD_LINK -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
            case FIFO -> 'p';
        };
        for (int bit = 0; bit < 9; bit++) {
            if ((mode() >> 8 - bit & 1) == 0) {
                letters[1 + bit] = '-';
            }
        }
        special(letters, 3, mode() & 04000, 's');
        special(letters, 6, mode() & 02000, 's');
        special(letters, 9, mode() & 01000, 't');
        return new String(letters);
    }

    private static void special(char[] letters, int place, int bit, char letter) {
        if (bit != 0) {
            letters[place] = letters[place] == 'x' ? letter : Character.toUpperCase(letter);
        }
    }

    /** Mode, owner, size, time and path in one line. */
    @Override
    public String toString() {
        return permissions() + " " + owner().uid() + ":" + owner().gid() + " " + size + " " + time() + " /" + path
                + (target.isEmpty() ? "" : (isSymlink() ? " -> " : " link to /") + target);
    }
}
