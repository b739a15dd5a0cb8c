package dev.davit.scripts;

import dev.davit.dsl.ScriptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands that there are: {@code copy} is the script {@code commands/copy.groovy} in Davit's folder, and
 * {@code auth get} is {@code commands/auth/get.groovy}. A user's own scripts are commands too, if no command before them
 * has their name: none of Davit's can be replaced, and none of the user's by what lies in the current folder.
 */
final class Commands {

    static final String SUFFIX = ".groovy";

    /** Other names of commands. */
    private static final Map<String, String> ALIASES = aliases();

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+( [a-z0-9-]+)?");

    private static final Pattern DESCRIPTION = Pattern.compile(
            "(?m)(?:^|[{;])\\s*description[\\s(]+(?:'((?:[^'\\\\\\n]|\\\\.)*)'|\"((?:[^\"\\\\\\n]|\\\\.)*)\")");

    /**
     * A folder of commands.
     *
     * @param shown what messages call it
     * @param ours whether they come with Davit
     */
    record Place(String shown, Path folder, boolean ours) {

        private Path file(String name) {
            return folder.resolve(name.replace(' ', '/') + SUFFIX);
        }
    }

    /** A command, and where it is. */
    record Command(String name, Place place) {

        Path file() {
            return place.file(name);
        }

        ScriptSource source() throws IOException {
            String path = place.folder.relativize(file()).toString();
            return ScriptSource.read(place.ours ? path : place.shown + "/" + path, file());
        }

        /** Its other names. */
        List<String> aliases() {
            return place.ours ? ALIASES.entrySet().stream().filter(alias -> alias.getValue().equals(name)).map(Map.Entry::getKey)
                    .toList() : List.of();
        }

        /** What it does, in one sentence: what its text says, which is not run; empty if it says nothing. */
        String description() throws IOException {
            Matcher said = DESCRIPTION.matcher(source().text());
            return said.find() ? (said.group(1) == null ? said.group(2) : said.group(1)).replaceAll("\\\\(.)", "$1") : "";
        }
    }

    private final List<Place> places;

    private Commands(List<Place> places) {
        this.places = places;
    }

    /**
     * Those of an installation, of a user, and of a folder.
     *
     * @param environment says where the user's are
     */
    static Commands of(Path home, Map<String, String> environment, Path folder) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path user = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        Path own = (config.isEmpty() ? user.resolve(".config") : Path.of(config)).resolve("davit/commands");
        return new Commands(List.of(new Place("", home.resolve("commands"), true),
                new Place(own.startsWith(user) ? "~/" + user.relativize(own) : own.toString(), own, false),
                new Place(".davit/commands", folder.resolve(".davit/commands"), false)));
    }

    private static Map<String, String> aliases() {
        Map<String, String> aliases = new LinkedHashMap<>();
        aliases.put("cp", "copy");
        aliases.put("registry serve", "serve");
        aliases.put("auth login", "login");
        aliases.put("auth logout", "logout");
        return Collections.unmodifiableMap(aliases);
    }

    List<Place> places() {
        return places;
    }

    /** All of a place, in the order of their names, also those that something before them hides. */
    List<Command> in(Place place) throws IOException {
        return names(place.folder).stream().map(name -> name.replace('/', ' '))
                .filter(name -> NAME.matcher(name).matches()).map(name -> new Command(name, place)).toList();
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
        List<String> known = new ArrayList<>();
        for (Place place : places) {
            in(place).forEach(command -> known.add(command.name()));
        }
        known.addAll(ALIASES.keySet());
        return known;
    }

    /** Takes the name of a command, or its alias of one word or two, from the words; nothing if they begin with none. */
    Optional<Command> take(Deque<String> words) {
        for (Place place : places) {
            for (int length = Math.min(2, words.size()); length > 0; length--) {
                String said = words.stream().limit(length).collect(Collectors.joining(" "));
                String name = place.ours ? ALIASES.getOrDefault(said, said) : said;
                if (NAME.matcher(name).matches() && Files.isRegularFile(place.file(name))) {
                    for (int i = 0; i < length; i++) {
                        words.remove();
                    }
                    return Optional.of(new Command(name, place));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether another command, or a word that Davit itself understands, comes before this one. */
    boolean isHidden(Command command) {
        Deque<String> words = new ArrayDeque<>(List.of(command.name().split(" ")));
        return Runner.WORDS.contains(words.element()) || !take(words).equals(Optional.of(command));
    }

    /** The names that begin with this word and go on, aliases too; none if it is no such word. */
    List<String> startingWith(String word) throws IOException {
        return known().stream().filter(name -> name.startsWith(word + " ")).distinct().sorted().toList();
    }
}
