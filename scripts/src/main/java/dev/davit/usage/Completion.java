package dev.davit.usage;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a shell completes a command line of Davit by: a script that is made from what the commands take. */
public abstract class Completion {

    /** The shells that there is a script for. */
    public static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    final List<Described> commands;

    Completion(List<Described> commands) {
        this.commands = commands;
    }

    /** The script for a shell. */
    public static String of(String shell, List<Described> commands) {
        return switch (shell) {
            case "bash" -> new BashCompletion(commands).script();
            case "zsh" -> new ZshCompletion(commands).script();
            case "fish" -> new FishCompletion(commands).script();
            default -> throw new UsageException("there is no completion for '" + shell + "': expected "
                    + String.join(", ", SHELLS));
        };
    }

    abstract String script();

    /** What may follow these words, with what it means; for the empty text what may come first. */
    final Map<String, String> next(String said) {
        Map<String, String> next = new LinkedHashMap<>();
        for (Described command : commands) {
            if (said.isEmpty() || command.name().startsWith(said + " ")) {
                String word = (said.isEmpty() ? command.name() : command.name().substring(said.length() + 1)).split(" ")[0];
                boolean isWhole = command.name().equals(said.isEmpty() ? word : said + " " + word);
                next.merge(word, isWhole ? command.parameters().description() : "", (a, b) -> a + b);
            }
        }
        if (said.isEmpty()) {
            next.put("help", "Shows what a command takes");
            next.put("run", "Runs a script");
            next.put("completion", "Prints a script by which a shell completes command lines");
        }
        return next;
    }

    /** What may stand before the last word of a command's name: nothing, or a first word. */
    final Set<String> beginnings() {
        Set<String> beginnings = new LinkedHashSet<>(List.of(""));
        commands.stream().map(Described::name).filter(name -> name.contains(" "))
                .forEach(name -> beginnings.add(name.split(" ")[0]));
        return beginnings;
    }

    /** All names of commands, with the command that each means. */
    final Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        commands.forEach(command -> names.put(command.name(), command.name()));
        commands.forEach(command -> command.aliases().forEach(alias -> names.put(alias, command.name())));
        return names;
    }

    /** The first words that are no command by themselves. */
    final Set<String> groups() {
        Set<String> groups = new LinkedHashSet<>();
        names().keySet().stream().filter(name -> name.contains(" ")).forEach(name -> groups.add(name.split(" ")[0]));
        groups.removeAll(names().keySet());
        return groups;
    }

    /** The cases of bash and zsh for the words that have been said: what command they name, or that more may come. */
    final String naming() {
        String indent = " ".repeat(12);
        StringBuilder cases = new StringBuilder();
        names().forEach((name, command) -> cases.append(indent).append(quoted(name)).append(") command=")
                .append(quoted(command)).append(" ;;\n"));
        groups().forEach(group -> cases.append(indent).append(group).append(") ;;\n"));
        return cases.append(indent).append("help) said= ;;\n").append(indent).append("*) break ;;\n").toString();
    }

    /** A text as one word for bash and zsh. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
