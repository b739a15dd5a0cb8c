package dev.davit.scripts;

import dev.davit.scripts.Commands.Command;
import dev.davit.scripts.Commands.Place;
import dev.davit.scripts.Parameter.Kind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --help} prints. */
final class Help {

    private Help() {
    }

    /** The help of a script. @param name what its command line begins with */
    static String of(String name, Parameters parameters) {
        StringBuilder text = new StringBuilder("Usage: ").append(name).append(" [OPTIONS]");
        Map<String, String> arguments = new LinkedHashMap<>();
        for (Parameter argument : parameters.all(Kind.ARGUMENT)) {
            String label = argument.label() + (argument.many() ? "..." : "");
            text.append(' ').append(argument.required() ? label : "[" + label + "]");
            arguments.put(argument.label(), argument.description());
        }
        text.append('\n');
        if (!parameters.description().isEmpty()) {
            text.append('\n').append(parameters.description()).append('\n');
        }
        Map<String, String> options = new LinkedHashMap<>();
        parameters.options().forEach(option -> options.put(form(option), meaning(option)));
        section(text, "Arguments", arguments);
        section(text, "Options", options);
        section(text, "Common options", common(parameters.common()));
        if (!parameters.examples().isEmpty()) {
            text.append("\nExamples:\n");
            parameters.examples().forEach((line, meaning) -> text.append("  ").append(line).append("\n      ")
                    .append(meaning).append('\n'));
        }
        return text.toString();
    }

    /** The help of Davit as a whole. */
    static String overview(Commands commands) throws IOException {
        StringBuilder text = new StringBuilder("""
                Davit, a crane for container images

                Usage: davit [OPTIONS] COMMAND [ARGUMENTS]
                       davit [OPTIONS] [run] FILE.groovy [ARGUMENTS]
                       davit [OPTIONS] -e 'EXPRESSION' [ARGUMENTS]
                """);
        for (Place place : commands.places()) {
            Map<String, String> lines = new LinkedHashMap<>();
            for (Command command : commands.in(place)) {
                lines.put(command.name(), commands.isHidden(command) ? "not used: its name is taken"
                        : command.description());
            }
            section(text, place.ours() ? "Commands" : "Commands in " + place.shown(), lines);
        }
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("FILE.groovy", "run a script; - reads it from standard input");
        lines.put("-e 'EXPRESSION'", "evaluate it and print its value");
        lines.put("--no-lock", "before a script: run it as if it had no lock");
        lines.put("--update[=REF]", "before a script: read a reference, or all, anew, and write the lock");
        lines.put("help COMMAND", "show what a command takes");
        lines.put("completion SHELL", "print a script by which bash, zsh or fish completes command lines");
        lines.put("--version", "show which Davit this is");
        section(text, "Otherwise", lines);
        section(text, "Common options, here or after the command", common(CommonOptions.ALL));
        lines.clear();
        for (ExitCode code : ExitCode.values()) {
            lines.put(String.valueOf(code.number()), code.meaning());
        }
        section(text, "Exit codes", lines);
        return text.toString();
    }

    private static Map<String, String> common(List<Parameter> common) {
        Map<String, String> options = new LinkedHashMap<>();
        common.forEach(option -> options.put(form(option), meaning(option)));
        options.put("-h, --help", "show this help");
        return options;
    }

    private static String form(Parameter option) {
        String letter = option.letter().isEmpty() ? "    " : "-" + option.letter() + ", ";
        return letter + option.label() + (option.kind() == Kind.FLAG ? ""
                : option.bare().isEmpty() ? "=" + option.placeholder() : "[=" + option.placeholder() + "]");
    }

    static String meaning(Parameter option) {
        List<String> notes = new java.util.ArrayList<>();
        if (!option.choices().isEmpty()) {
            notes.add(String.join(" or ", option.choices()));
        }
        if (option.required()) {
            notes.add("required");
        }
        if (option.many() || option.map()) {
            notes.add("repeatable");
        }
        if (option.standard() != null && !option.standard().equals("")) {
            notes.add("default: " + option.standard());
        }
        return option.description() + (notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")");
    }

    /** Adds a heading, and names with their meanings in two columns. */
    static void section(StringBuilder text, String heading, Map<String, String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        text.append('\n').append(heading).append(":\n");
        lines.forEach((name, meaning) -> text.append("  ").append(name).append(" ".repeat(width - name.length() + 2))
                .append(meaning).append('\n'));
    }
}
