package dev.davit.scripts;

import dev.davit.scripts.Commands.Command;
import dev.davit.scripts.Commands.Place;
import dev.davit.usage.ExitCode;
import dev.davit.usage.Help;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code davit help} prints. */
final class Overview {

    private Overview() {
    }

    static String of(Commands commands) throws IOException {
        StringBuilder text = new StringBuilder("""
                Davit, a crane for container images

                Usage: davit [OPTIONS] COMMAND [ARGUMENTS]
                       davit [OPTIONS] [run] FILE.groovy [ARGUMENTS]
                       davit [OPTIONS] -e 'EXPRESSION' [ARGUMENTS]
                """);
        for (Place place : commands.places()) {
            Map<String, List<Command>> groups = place.ours() ? Groups.of(commands.in(place), Command::name)
                    : Map.of("Commands in " + place.shown(), commands.in(place));
            Map<String, Map<String, String>> sections = new LinkedHashMap<>();
            for (Map.Entry<String, List<Command>> group : groups.entrySet()) {
                sections.put(group.getKey(), lines(group.getValue(), commands));
            }
            Help.sections(text, sections);
        }
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("FILE.groovy", "run a script; - reads it from standard input");
        lines.put("-e 'EXPRESSION'", "evaluate it and print its value");
        lines.put("--no-lock", "before a script: run it as if it had no lock");
        lines.put("--update[=REF]", "before a script: read a reference, or all, anew, and write the lock");
        lines.put("help COMMAND", "show what a command takes");
        lines.put("completion SHELL", "print a script by which bash, zsh or fish completes command lines");
        lines.put("--version", "show which Davit this is");
        Help.section(text, "Otherwise", lines);
        Help.section(text, "Common options, here or after the command", Help.common());
        Help.section(text, "Exit codes", ExitCode.meanings(List.of(ExitCode.values())));
        return text.toString();
    }

    private static Map<String, String> lines(List<Command> group, Commands commands) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        for (Command command : group) {
            lines.put(command.name(), commands.isHidden(command) ? "not used: its name is taken" : command.description());
        }
        return lines;
    }
}
