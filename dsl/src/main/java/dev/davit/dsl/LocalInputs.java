package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.blob.DigestingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/** The files and folders of this machine that a recipe has read, and what is in them: all that a layer takes over. */
final class LocalInputs {

    private final Path folder;
    private final Set<Path> paths = new ConcurrentSkipListSet<>();

    LocalInputs(Path folder) {
        this.folder = folder;
    }

    void add(Path path) {
        paths.add(path.toAbsolutePath().normalize());
    }

    /** By path from the folder: the hash of a file, and whether it is executable; where a symbolic link leads. */
    SortedMap<String, String> content() throws IOException {
        SortedMap<String, String> content = new TreeMap<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> all = Files.walk(path)) {
                    for (Path file : all.toList()) {
                        if (Files.isSymbolicLink(file)) {
                            content.put(name(file), "-> " + Files.readSymbolicLink(file));
                        } else if (Files.isRegularFile(file)) {
                            content.put(name(file), content(file));
                        }
                    }
                }
            } else if (Files.isRegularFile(path)) {
                content.put(name(path), content(path));
            }
        }
        return content;
    }

    private String name(Path file) {
        return (file.startsWith(folder) ? folder.relativize(file) : file).toString().replace('\\', '/');
    }

    private static String content(Path file) throws IOException {
        DigestingOutputStream out = new DigestingOutputStream(OutputStream.nullOutputStream());
        Files.copy(file, out);
        Digest digest = out.digest();
        return digest + (isExecutable(file) ? " executable" : "");
    }

    /** Whoever asks. */
    private static boolean isExecutable(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).contains("x");
    }

    /** How the content of some inputs differs from what was locked, in lines. */
    List<String> changesFrom(SortedMap<String, String> locked) throws IOException {
        SortedMap<String, String> now = content();
        SortedMap<String, String> lines = new TreeMap<>();
        now.forEach((name, content) -> {
            if (!content.equals(locked.get(name))) {
                lines.put(name, (locked.containsKey(name) ? "changed: " : "not in the lock: ") + name);
            }
        });
        for (String name : locked.keySet()) {
            if (!now.containsKey(name) && !Files.exists(folder.resolve(name))) {
                lines.put(name, "gone: " + name);
            }
        }
        return List.copyOf(lines.values());
    }
}
