package dev.davit.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands that come with Davit: each is a script {@code commands/NAME.groovy} in Davit's folder. */
final class Commands {

    static final String SUFFIX = ".groovy";

    private static final Map<String, String> ALIASES = Map.of("cp", "copy", "registry serve", "serve");

    private final Path folder;

    private Commands(Path folder) {
        this.folder = folder;
    }

    static Commands in(Path home) {
        return new Commands(home.resolve("commands"));
    }

    /** All names, in order, without aliases. */
    List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length())).sorted().toList();
        }
    }

    /** The names that somebody may have meant. */
    List<String> known() throws IOException {
        List<String> known = new ArrayList<>(names());
        known.addAll(ALIASES.keySet());
        return known;
    }

    /** Takes the name of a command, or its alias of one word or two, from the words; nothing if they begin with none. */
    Optional<String> take(Deque<String> words) {
        for (int length = Math.min(2, words.size()); length > 0; length--) {
            String said = words.stream().limit(length).collect(Collectors.joining(" "));
            String name = ALIASES.getOrDefault(said, said);
            if (!name.contains("/") && Files.isRegularFile(file(name))) {
                for (int i = 0; i < length; i++) {
                    words.remove();
                }
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
