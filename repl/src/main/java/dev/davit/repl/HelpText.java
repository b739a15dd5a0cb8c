package dev.davit.repl;

import dev.davit.dsl.Suggestion;
import dev.davit.dsl.Table;
import dev.davit.dsl.Verb;
import dev.davit.dsl.Verbs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What {@code help} says. */
final class HelpText {

    private HelpText() {
    }

    /** All verbs, one line each, and what the shell itself understands. */
    static String all(int width, Ink ink) {
        int longest = Verbs.all().stream().mapToInt(verb -> verb.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        String group = "";
        for (Verb verb : Verbs.all()) {
            if (!verb.group().equals(group)) {
                group = verb.group();
                lines.add((lines.isEmpty() ? "" : "\n") + ink.bold(group));
            }
            lines.add(line(verb.name(), verb.summary(), longest, width));
        }
        lines.add("\n" + ink.bold("Shell"));
        for (Command.Name command : Command.Name.values()) {
            lines.add(line((command.isBare() ? "" : ":") + command.word(), sentence(command.summary()), longest, width));
        }
        lines.add(line(Evaluator.LAST, "The last value; a line that begins with a dot goes on from it.", longest, width));
        lines.add("\nhelp 'append' tells what a verb takes. Tab completes, Ctrl-C stops a line, Ctrl-D leaves.");
        return String.join("\n", lines);
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    private static String line(String name, String summary, int longest, int width) {
        return new Table(width, "l").row("  " + name + " ".repeat(Math.max(0, longest - name.length())) + "  " + summary)
                .lines().get(0);
    }

    /** How one verb is said, and what it does. */
    static String of(String name, int width, Ink ink) {
        return Verbs.find(name).map(verb -> forms(verb, width, ink)).orElseGet(() -> "there is no verb '" + name + "'"
                + Suggestion.clause(name, Verbs.all().stream().map(Verb::name).toList()));
    }

    private static String forms(Verb verb, int width, Ink ink) {
        List<String> lines = new ArrayList<>();
        String said = "";
        for (Verb.Form form : verb.forms()) {
            if (!said.isEmpty() && !form.description().equals(said)) {
                lines.add(wrapped(said, width));
            }
            said = form.description();
            lines.add(ink.bold(form.toString()));
        }
        lines.add(wrapped(said, width));
        BlockOf.verb(verb.name()).ifPresent(block ->
                lines.add(wrapped("In its block: " + String.join(", ", BlockOf.statements(block)) + ".", width)));
        return String.join("\n", lines);
    }

    private static String wrapped(String text, int width) {
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (String word : Arrays.asList(text.split(" "))) {
            boolean wraps = column == 0 || column + 1 + word.length() > width;
            wrapped.append(!wraps ? " " : column == 0 ? "    " : "\n    ").append(word);
            column = (wraps ? 4 : column + 1) + word.length();
        }
        return wrapped.toString();
    }
}
