package dev.davit.look;

import dev.davit.blob.Legible;
import dev.davit.tar.Entry;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A directory of an image with all that is in it, or a file.
 *
 * @param entry the directory or file
 * @param size bytes of content in all files here, each counted once however many names it has
 * @param children sorted bytewise
 */
public record FileTree(Entry entry, long size, List<FileTree> children) {

    /**
     * What a path leads to, with all that is in it. Reads all layers.
     *
     * @throws java.nio.file.NoSuchFileException if that is nothing
     */
    public static FileTree of(Overlay files, String path) throws IOException {
        Entry root = files.resolve(path);
        String prefix = root.path().isEmpty() ? "" : root.path() + "/";
        Map<String, List<Entry>> byFolder = new LinkedHashMap<>();
        for (Entry entry : files.entries()) {
            if (entry.path().startsWith(prefix)) {
                String folder = entry.path().substring(0, Math.max(0, entry.path().lastIndexOf('/')));
                byFolder.computeIfAbsent(folder, key -> new ArrayList<>()).add(entry);
            }
        }
        return of(root, byFolder);
    }

    private static FileTree of(Entry entry, Map<String, List<Entry>> byFolder) {
        List<FileTree> children = byFolder.getOrDefault(entry.path(), List.of()).stream()
                .map(child -> of(child, byFolder)).toList();
        long own = entry.isFile() ? entry.size() : 0;
        return new FileTree(entry, own + children.stream().mapToLong(FileTree::size).sum(), children);
    }

    /** The last part of the path; empty for the root. */
    public String name() {
        return entry.path().substring(entry.path().lastIndexOf('/') + 1);
    }

    /** The same without what lies deeper than so many directories; sizes stay. */
    public FileTree to(int depth) {
        return new FileTree(entry, size, depth <= 0 ? List.of() : children.stream().map(child -> child.to(depth - 1)).toList());
    }

    /** This and all that is in it, each directory before its content. */
    public Stream<FileTree> flat() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(FileTree::flat));
    }

    /** A line for each file, drawn as a tree, with sizes. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("/" + Legible.line(entry.path()) + " (" + Legible.size(size) + ")");
        draw("", lines);
        return String.join("\n", lines);
    }

    private void draw(String indent, List<String> lines) {
        for (FileTree child : children) {
            boolean last = child == children.get(children.size() - 1);
            String what = switch (child.entry.type()) {
                case DIRECTORY -> "/ (" + Legible.size(child.size) + ")";
                case SYMLINK -> " -> " + Legible.line(child.entry.target());
                case HARD_LINK -> " = /" + Legible.line(child.entry.target());
                case FILE -> " (" + Legible.size(child.size) + ")";
                default -> " (" + Legible.words(child.entry.type()) + ")";
            };
            lines.add(indent + (last ? "└── " : "├── ") + Legible.line(child.name()) + what);
            child.draw(indent + (last ? "    " : "│   "), lines);
        }
    }
}
