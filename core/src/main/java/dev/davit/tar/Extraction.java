package dev.davit.tar;

import dev.davit.blob.Disk;
import dev.davit.tar.Entry.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks an {@link Overlay}. The tree is flattened before, so that every parent is a directory made here: no symbolic
 * link is ever on the way to what is written.
 */
final class Extraction {

    private final Path root;
    private final boolean unix;
    private final boolean asRoot;

    private Extraction(Path root) throws IOException {
        this.root = root;
        this.unix = root.getFileSystem().supportedFileAttributeViews().contains("unix");
        this.asRoot = unix && Integer.valueOf(0).equals(Files.getAttribute(root, "unix:uid"));
    }

    static List<Entry> into(Path folder, Overlay overlay, List<Tree.Item> items) throws IOException {
        Disk.check(folder);
        boolean exists = Files.exists(folder);
        if (exists) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
                if (children.iterator().hasNext()) {
                    throw new FileAlreadyExistsException(folder.toString(), null, "the folder is not empty");
                }
            }
        }
        // An existing folder may be a mount point, which nothing can be renamed to: then its children are renamed.
        Path outer = exists ? folder : folder.toAbsolutePath().getParent();
        Files.createDirectories(outer);
        Path stage = Files.createDirectory(outer.resolve(".davit-" + UUID.randomUUID() + ".part"));
        try {
            Extraction extraction = new Extraction(stage);
            List<Entry> skipped = extraction.fill(overlay, items);
            if (exists) {
                extraction.moveChildrenTo(folder);
                new Extraction(folder).finishDirectories(items);
            } else {
                extraction.finishDirectories(items);
                Files.move(stage, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            return skipped;
        } finally {
            delete(stage);
        }
    }

    private List<Entry> fill(Overlay overlay, List<Tree.Item> items) throws IOException {
        Map<Node.Content, Entry> files = new LinkedHashMap<>();
        List<Entry> skipped = new ArrayList<>();
        for (Tree.Item item : items) {
            Entry entry = item.entry();
            switch (entry.type()) {
                case DIRECTORY -> Files.createDirectories(path(entry.path()));
                case FILE -> files.put(item.content(), entry);
                case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> skipped.add(entry);
                default -> { }
            }
        }
        overlay.visit(files.keySet(), (content, header, in) -> {
            Path file = path(files.get(content).path());
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                in.transferTo(out);
            }
            finish(files.get(content), file);
        });
        for (Tree.Item item : items) {
            Entry entry = item.entry();
            if (entry.type() == Type.HARD_LINK) {
                Files.createLink(path(entry.path()), path(entry.target()));
            }
        }
        for (Tree.Item item : items) {
            Entry entry = item.entry();
            if (entry.isSymlink()) {
                Path link = path(entry.path());
                Files.createSymbolicLink(link, ByteNames.path(entry.target()));
                finish(entry, link);
            }
        }
        return skipped;
    }

    private Path path(String name) {
        return name.isEmpty() ? root : ByteNames.in(root, name);
    }

    /** Children before their parents: a change in a directory moves its time, and one without write permission is last. */
    private void finishDirectories(List<Tree.Item> items) throws IOException {
        List<Tree.Item> reversed = new ArrayList<>(items);
        Collections.reverse(reversed);
        for (Tree.Item item : reversed) {
            // The root stays as the user has it: the folder is his.
            if (item.entry().isDirectory() && !item.entry().path().isEmpty()) {
                finish(item.entry(), path(item.entry().path()));
            }
        }
    }

    private void finish(Entry entry, Path file) throws IOException {
        if (asRoot) {
            Files.setAttribute(file, "unix:uid", (int) entry.owner().uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", (int) entry.owner().gid(), LinkOption.NOFOLLOW_LINKS);
        }
        FileTime time = FileTime.from(entry.time());
        try {
            Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(time, null, null);
        } catch (IOException e) {
            if (!entry.isSymlink()) {
                throw e;
            } // not every JDK can set the time of a symbolic link
        }
        // Last: a mode may deny what is done above, and a new owner clears bits of it.
        if (unix && !entry.isSymlink()) {
            Files.setAttribute(file, "unix:mode", entry.mode(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    private void moveChildrenTo(Path folder) throws IOException {
        List<Path> moved = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
            for (Path child : children) {
                moved.add(Files.move(child, folder.resolve(child.getFileName()), StandardCopyOption.ATOMIC_MOVE));
            }
        } catch (IOException e) {
            for (Path path : moved) {
                delete(path);
            }
            throw e;
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                directory.toFile().setWritable(true);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
