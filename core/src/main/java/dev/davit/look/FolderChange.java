package dev.davit.look;

import dev.davit.blob.Legible;
import dev.davit.tar.Entry;
import dev.davit.tar.FileChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes of files in few lines: a directory that was added or removed stands for all that is in it. */
final class FolderChange {

    private final FileChange folder;
    private long files;
    private long bytes;

    private FolderChange(FileChange folder) {
        this.folder = folder;
    }

    /** Each change, or in the place of those in such a directory, what sums them up. */
    static List<Object> fold(List<FileChange> changes) {
        Map<String, FolderChange> folders = new LinkedHashMap<>();
        List<Object> folded = new ArrayList<>();
        for (FileChange change : changes) {
            boolean whole = change.isAdded() || change.isRemoved();
            FolderChange above = whole ? above(change, folders) : null;
            if (above != null) {
                above.files += change.entry().isDirectory() ? 0 : 1;
                above.bytes += change.entry().type() == Entry.Type.FILE ? change.entry().size() : 0;
            } else if (whole && change.entry().isDirectory()) {
                FolderChange folder = new FolderChange(change);
                folders.put(mark(change) + change.path(), folder);
                folded.add(folder);
            } else {
                folded.add(change);
            }
        }
        return folded;
    }

    private static @Nullable FolderChange above(FileChange change, Map<String, FolderChange> folders) {
        String path = change.path();
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            FolderChange folder = folders.get(mark(change) + path.substring(0, slash));
            if (folder != null) {
                return folder;
            }
        }
        return null;
    }

    private static String mark(FileChange change) {
        return change.isAdded() ? "+ " : "- ";
    }

    @Override
    public String toString() {
        return folder + " (" + files + (files == 1 ? " file, " : " files, ") + Legible.size(bytes) + ")";
    }
}
