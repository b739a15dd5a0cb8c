package dev.davit.proof;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a recipe's folder. Where that is in a Git repository, links stand beside it for all else that the repository has,
 * so that a path such as {@code ../site} leads there.
 */
public final class WorkingCopy implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private boolean isPrivate;
    private boolean isReversed;
    private boolean isRetimed;
    private long retimed = Instant.parse("2001-02-03T04:05:06Z").getEpochSecond();
    private @Nullable Path original;
    private @Nullable Path root;

    /** Takes all rights on files from everybody but their owner. */
    void privately() {
        isPrivate = true;
    }

    /** Makes the entries of each directory in another order. */
    void inOtherOrder() {
        isReversed = true;
    }

    /** Gives each file another time. */
    void withOtherTimes() {
        isRetimed = true;
    }

    /** Makes the copy of a folder. @param target a folder that is not there yet */
    public void make(Path folder, Path target) throws IOException {
        Path top = folder;
        while (top.getParent() != null && !Files.exists(top.resolve(".git"))) {
            top = top.getParent();
        }
        original = Files.exists(top.resolve(".git")) ? top : folder;
        root = target;
        Files.createDirectories(target);
        Path ancestor = original;
        for (Path step : original.equals(folder) ? List.<Path>of() : original.relativize(folder)) {
            Path next = ancestor.resolve(step);
            for (Path other : children(ancestor)) {
                if (!other.equals(next)) {
                    Files.createSymbolicLink(of(other), other);
                }
            }
            Files.createDirectory(of(next));
            ancestor = next;
        }
        fill(folder, of(folder));
    }

    /** Where the copy has this; itself if it has it not. */
    public Path of(Path path) {
        return original != null && root != null && path.startsWith(original) ? root.resolve(original.relativize(path)) : path;
    }

    private List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        }
        Collections.sort(children);
        if (isReversed) {
            Collections.reverse(children);
        }
        return children;
    }

    private void fill(Path folder, Path target) throws IOException {
        for (Path child : children(folder)) {
            Path copy = target.resolve(child.getFileName());
            try {
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    if (child.endsWith(".git")) {
                        continue;
                    }
                    Files.createDirectory(copy);
                    fill(child, copy);
                } else if (Files.isSymbolicLink(child) || Files.isRegularFile(child)) {
                    Files.copy(child, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
            } catch (AccessDeniedException e) {
                continue; // then the recipe cannot read it either
            }
            if (!Files.isSymbolicLink(copy) && Files.exists(copy)) {
                change(child, copy);
            }
        }
    }

    private void change(Path file, Path copy) throws IOException {
        if (Files.getFileStore(copy).supportsFileAttributeView("posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (isPrivate) {
                permissions.retainAll(OWNER);
            }
            Files.setPosixFilePermissions(copy, permissions);
        }
        Files.setLastModifiedTime(copy, isRetimed ? FileTime.from(Instant.ofEpochSecond(retimed += 86_411))
                : Files.getLastModifiedTime(file));
    }

    /** Removes the copy. */
    @Override
    public void close() throws IOException {
        if (root != null) {
            remove(root);
        }
    }

    /** Removes a folder with all in it; follows no link. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
