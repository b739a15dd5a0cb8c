package dev.davit.repl;

import dev.davit.dsl.Session;
import dev.davit.image.Image;
import dev.davit.repl.Completion.Proposal;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a path that is begun may go on. */
final class PathCompletion {

    private static final int MOST_FILES = 1000;

    private final Session session;

    PathCompletion(Session session) {
        this.session = session;
    }

    /** By the files of this machine. @param end what closes a path that is whole */
    List<Proposal> onDisk(String content, String end) {
        int slash = content.lastIndexOf('/') + 1;
        boolean hidden = content.startsWith(".", slash);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(session.resolve(content.substring(0, slash)))) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                if (names.size() < MOST_FILES && name.startsWith(".") == hidden) {
                    names.add(name + (Files.isDirectory(file) ? "/" : ""));
                }
            }
        } catch (IOException | InvalidPathException | DirectoryIteratorException e) {
            return List.of();
        }
        return proposals(names, content, end);
    }

    /** By the files of an image, if its layers have been read. */
    List<Proposal> inImage(Image image, String content, String end) {
        String path = content.startsWith("/") ? content.substring(1) : content;
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        try {
            List<String> names = session.knownFiles(image).orElse(List.of()).stream()
                    .filter(entry -> entry.path().startsWith(folder) && entry.path().length() > folder.length()
                            && entry.path().indexOf('/', folder.length()) < 0)
                    .map(entry -> entry.path().substring(folder.length()) + (entry.isDirectory() ? "/" : "")).toList();
            return proposals(names, content, end);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The names that go on from the last slash; a folder's ends with another one. */
    private static List<Proposal> proposals(List<String> names, String content, String end) {
        String folder = content.substring(0, content.lastIndexOf('/') + 1);
        return names.stream().sorted().map(name ->
                new Proposal(folder + name + (name.endsWith("/") ? "" : end), name, "")).toList();
    }
}
