package dev.davit.server;

import dev.davit.blob.AtomicFile;
import dev.davit.blob.Digest;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the registry keeps, in a folder. Content is there once; what a repository has are small files that name it:
 *
 * <pre>
 * blobs/sha256/HEX                             blobs and manifests
 * repositories/NAME/_blobs/sha256/HEX          empty: the repository has the blob
 * repositories/NAME/_manifests/sha256/HEX      the media type of the manifest
 * repositories/NAME/_tags/TAG                  the digest of the manifest
 * repositories/NAME/_referrers/sha256/HEX/…    descriptors of what refers to HEX
 * uploads/ID                                   blobs on their way in
 * </pre>
 *
 * <p>No part of a repository's name begins with an underscore, so the names do not collide.
 */
final class Storage {

    private final Path folder;

    Storage(Path folder) {
        this.folder = folder;
    }

    /** Forgets uploads that did not come to their end, and makes the folder. */
    void prepare() throws IOException {
        deleteTree(uploads());
        Files.createDirectories(uploads());
    }

    Path uploads() {
        return folder.resolve("uploads");
    }

    /** Where content of this digest is, if it is there. */
    Path content(Digest digest) {
        return folder.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    }

    /** The file of a repository: {@code kind} is one of those above without its underscore. */
    Path entry(Repository repository, String kind, String... name) {
        return folder.resolve("repositories").resolve(repository.path()).resolve(Path.of("_" + kind, name));
    }

    Path entry(Repository repository, String kind, Digest digest) {
        return entry(repository, kind, digest.algorithm(), digest.hex());
    }

    /** The content of a blob that the repository has. */
    Optional<Path> blob(Repository repository, Digest digest) {
        Path content = content(digest);
        return Files.exists(entry(repository, "blobs", digest)) && Files.exists(content)
                ? Optional.of(content) : Optional.empty();
    }

    /** The media type of a manifest that the repository has. */
    Optional<String> mediaType(Repository repository, Digest digest) throws IOException {
        return read(entry(repository, "manifests", digest));
    }

    /** The digest of the manifest that a tag names. */
    Optional<Digest> tagged(Repository repository, String tag) throws IOException {
        return read(entry(repository, "tags", tag)).map(Digest::parse);
    }

    /** The tags of a repository, sorted. */
    List<String> tags(Repository repository) throws IOException {
        return names(entry(repository, "tags"));
    }

    /** Makes a finished file content, by a move. */
    void keep(Path file, Digest digest) throws IOException {
        Path content = content(digest);
        Files.createDirectories(content.getParent());
        Files.move(file, content, StandardCopyOption.ATOMIC_MOVE);
    }

    void keep(byte[] bytes, Digest digest) throws IOException {
        write(content(digest), bytes);
    }

    static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        AtomicFile.write(file, bytes);
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Names of the files in a folder, sorted; none if there is no such folder. */
    static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".")) // being written
                    .sorted().toList();
        }
    }

    /** Whether something was ever pushed under this name. */
    boolean has(Repository repository) {
        return Files.isDirectory(entry(repository, "manifests"));
    }

    /** Names of all repositories, sorted. */
    List<String> repositories() throws IOException {
        Path root = folder.resolve("repositories");
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(root)) {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    String name = visited.getFileName().toString();
                    if (name.equals("_manifests")) {
                        names.add(root.relativize(visited.getParent()).toString().replace('\\', '/'));
                    }
                    return name.startsWith("_") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }
            });
        }
        return names.stream().sorted().toList();
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
