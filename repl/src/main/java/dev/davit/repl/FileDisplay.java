package dev.davit.repl;

import dev.davit.dsl.Table;
import dev.davit.tar.Entry;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;

/** Files of images as {@code ls -l} lists them; times are in UTC. */
final class FileDisplay {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final int SETUID = 04000;
    private static final int SETGID = 02000;
    private static final int STICKY = 01000;

    private FileDisplay() {
    }

    static List<String> of(Collection<Entry> entries, int width) {
        Table table = new Table(width, "llrll");
        for (Entry entry : entries) {
            table.row(mode(entry), owner(entry.owner()), entry.size(), TIME.format(entry.time()),
                    "/" + entry.path() + (entry.isDirectory() && !entry.path().isEmpty() ? "/" : "") + target(entry));
        }
        return table.lines();
    }

    private static String target(Entry entry) {
        return switch (entry.type()) {
            case SYMLINK -> " -> " + entry.target();
            case HARD_LINK -> " = /" + entry.target();
            default -> "";
        };
    }

    private static String owner(Entry.Owner owner) {
        String user = owner.user().isEmpty() ? String.valueOf(owner.uid()) : owner.user();
        return user + ":" + (owner.group().isEmpty() ? String.valueOf(owner.gid()) : owner.group());
    }

    private static String mode(Entry entry) {
        char type = switch (entry.type()) {
            case FILE, HARD_LINK -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
            case FIFO -> 'p';
        };
        int mode = entry.mode();
        return type + permissions(mode >> 6, (mode & SETUID) != 0, 's') + permissions(mode >> 3, (mode & SETGID) != 0, 's')
                + permissions(mode, (mode & STICKY) != 0, 't');
    }

    private static String permissions(int bits, boolean special, char mark) {
        boolean runs = (bits & 1) != 0;
        char last = special ? runs ? mark : Character.toUpperCase(mark) : runs ? 'x' : '-';
        return ((bits & 4) != 0 ? "r" : "-") + ((bits & 2) != 0 ? "w" : "-") + last;
    }
}
