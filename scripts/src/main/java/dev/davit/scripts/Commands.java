package dev.davit.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands that come with Davit: {@code copy} is the script {@code commands/copy.groovy} in Davit's folder, and
 * {@code auth get} is {@code commands/auth/get.groovy}.
 */
final class Commands {

    static final String SUFFIX = ".groovy";

    private static final Map<String, String> ALIASES = aliases();

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+( [a-z0-9-]+)?");

    private final Path folder;

    private Commands(Path folder) {
        this.folder = folder;
    }

    static Commands in(Path home) {
        return new Commands(home.resolve("commands"));
    }

    private static Map<String, String> aliases() {
        Map<String, String> aliases = new LinkedHashMap<>();
        aliases.put("cp", "copy");
        aliases.put("registry serve", "serve");
        aliases.put("auth login", "login");
        aliases.put("auth logout", "logout");
        return aliases;
    }

    /** All names, in order, without aliases. */
    List<String> names() throws IOException {
        return names(folder).stream().map(name -> name.replace('/', ' ')).toList();
    }

    /** Without their suffix, the names of all scripts that a folder and its own folders hold. */
    static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(SUFFIX))
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
            if (NAME.matcher(name).matches() && Files.isRegularFile(file(name))) {
                for (int i = 0; i < length; i++) {
                    words.remove();
                }
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** The names that begin with this word and go on, aliases too; none if it is no such word. */
    List<String> startingWith(String word) throws IOException {
        return known().stream().filter(name -> name.startsWith(word + " ")).sorted().toList();
    }

    Path file(String name) {
        return folder.resolve(name.replace(' ', '/') + SUFFIX);
    }
}
