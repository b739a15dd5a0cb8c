package dev.davit.usage;

import dev.davit.usage.Parameter.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --help} prints. */
public final class Help {

    private Help() {
    }

    /** The help of a script. @param name what its command line begins with */
    public static String of(String name, Parameters parameters) {
        StringBuilder text = new StringBuilder("Usage: ").append(name).append(" [OPTIONS]");
        Map<String, String> arguments = new LinkedHashMap<>();
        for (Parameter argument : parameters.all(Kind.ARGUMENT)) {
            String label = argument.label() + (argument.value().isSeveral() ? "..." : "");
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
        section(text, "Exit codes besides 0 and 1", ExitCode.meanings(parameters.exitCodes()));
        if (!parameters.examples().isEmpty()) {
            text.append("\nExamples:\n");
            parameters.examples().forEach((line, meaning) -> text.append("  ").append(line).append("\n      ")
                    .append(meaning).append('\n'));
        }
        return text.toString();
    }

    /** The options that every command has, with what they mean. */
    public static Map<String, String> common() {
        return common(CommonOptions.ALL);
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
                : option.takesWord() ? "=" + option.value().placeholder() : "[=" + option.value().placeholder() + "]");
    }

    static String meaning(Parameter option) {
        List<String> notes = new ArrayList<>();
        Value value = option.value();
        if (!value.choices().isEmpty()) {
            notes.add(String.join(" or ", value.choices()));
        }
        if (option.required()) {
            notes.add("required");
        }
        if (value.isSeveral()) {
            notes.add("repeatable");
        }
        if (value.standard() != null && !value.standard().equals("")) {
            notes.add("default: " + value.standard());
        }
        return option.description() + (notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")");
    }

    /** Adds a heading, and names with their meanings in two columns. */
    public static void section(StringBuilder text, String heading, Map<String, String> lines) {
        sections(text, Map.of(heading, lines));
    }

    /** Adds several, whose columns are as wide; none without names. */
    public static void sections(StringBuilder text, Map<String, Map<String, String>> sections) {
        int width = sections.values().stream().flatMap(lines -> lines.keySet().stream()).mapToInt(String::length).max().orElse(0);
        sections.forEach((heading, lines) -> {
            text.append(lines.isEmpty() ? "" : "\n" + heading + ":\n");
            lines.forEach((name, meaning) -> text.append("  ").append(name).append(" ".repeat(width - name.length() + 2))
                    .append(meaning).append('\n'));
        });
    }
}
