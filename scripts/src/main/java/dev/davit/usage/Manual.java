package dev.davit.usage;

import dev.davit.usage.Parameter.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Man pages, as text for {@code man}.
 *
 * @see <a href="https://manpages.debian.org/man.7">man(7)</a>
 */
public final class Manual {

    private final StringBuilder text = new StringBuilder();

    private Manual(String name, String description, String version) {
        line(".TH " + name.toUpperCase(Locale.ROOT).replace(' ', '-') + " 1 \"\" \"Davit " + version + "\"");
        section("NAME");
        line(escaped(name.replace(' ', '-')) + " \\- " + escaped(description));
    }

    /** The page of a command. */
    public static String of(Described command, String version) {
        String name = "davit " + command.name();
        Parameters parameters = command.parameters();
        Manual page = new Manual(name, parameters.description(), version);
        page.section("SYNOPSIS");
        page.line("\\fB" + escaped(name) + "\\fR [\\fIOPTIONS\\fR]" + parameters.all(Kind.ARGUMENT).stream()
                .map(argument -> {
                    String label = "\\fI" + escaped(argument.label()) + "\\fR" + (argument.value().isSeveral() ? "..." : "");
                    return argument.required() ? " " + label : " [" + label + "]";
                }).reduce("", String::concat));
        page.section("DESCRIPTION");
        page.line(escaped(parameters.description()) + ".");
        parameters.all(Kind.ARGUMENT).forEach(argument ->
                page.item("\\fI" + escaped(argument.label()) + "\\fR", argument.description()));
        page.options("OPTIONS", parameters.options());
        page.options("COMMON OPTIONS", parameters.common());
        page.item("\\fB\\-h\\fR, \\fB\\-\\-help\\fR", "show a help text");
        if (!parameters.examples().isEmpty()) {
            page.section("EXAMPLES");
            parameters.examples().forEach((line, meaning) -> page.item("\\fB" + escaped(line) + "\\fR", meaning));
        }
        List<ExitCode> codes = new ArrayList<>(List.of(ExitCode.SUCCESS, ExitCode.FAILURE));
        codes.addAll(parameters.exitCodes());
        codes.addAll(List.of(ExitCode.INTERRUPTED, ExitCode.BROKEN_PIPE));
        return page.end(codes, "\\fBdavit\\fR(1)");
    }

    /** The page of Davit itself. @param groups the commands, by the headings that they are under */
    public static String of(Map<String, List<Described>> groups, String version) {
        Manual page = new Manual("davit", "a crane for container images", version);
        page.section("SYNOPSIS");
        page.line("\\fBdavit\\fR [\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]");
        page.line(".br");
        page.line("\\fBdavit\\fR [\\fIOPTIONS\\fR] [\\fBrun\\fR] \\fIFILE\\fR.groovy [\\fIARGUMENTS\\fR]");
        page.line(".br");
        page.line("\\fBdavit\\fR [\\fIOPTIONS\\fR] \\fB\\-e\\fR \\fIEXPRESSION\\fR [\\fIARGUMENTS\\fR]");
        page.section("DESCRIPTION");
        page.line(escaped("Works on container images in registries, archives and layouts. Without arguments, and on a terminal, it "
                + "opens a shell."));
        page.section("COMMANDS");
        groups.forEach((heading, commands) -> {
            page.line(".SS " + escaped(heading));
            commands.forEach(command -> page.item("\\fBdavit " + escaped(command.name()) + "\\fR",
                    command.parameters().description()));
        });
        page.options("COMMON OPTIONS", CommonOptions.ALL);
        page.section("FILES");
        page.item("\\fI~/.config/davit/commands\\fR, \\fI.davit/commands\\fR", "scripts that are commands too; none takes the "
                + "name of a command before it, and a script in the current folder runs only when its name is said");
        String others = groups.values().stream().flatMap(List::stream).map(Described::name).sorted()
                .map(name -> "\\fBdavit\\-" + escaped(name.replace(' ', '-')) + "\\fR(1)").collect(Collectors.joining(",\n"));
        return page.end(List.of(ExitCode.values()), others);
    }

    private void options(String heading, List<Parameter> options) {
        if (!options.isEmpty()) {
            section(heading);
        }
        for (Parameter option : options) {
            String letter = option.letter().isEmpty() ? "" : "\\fB\\-" + option.letter() + "\\fR, ";
            String value = option.kind() == Kind.FLAG ? "" : "=\\fI" + escaped(option.value().placeholder()) + "\\fR";
            item(letter + "\\fB" + escaped(option.label()) + "\\fR" + (option.value().bare().isEmpty() ? value : "[" + value + "]"),
                    Help.meaning(option));
        }
    }

    private String end(List<ExitCode> codes, String others) {
        section("EXIT STATUS");
        ExitCode.meanings(codes).forEach(this::item);
        section("SEE ALSO");
        line(others);
        return text.toString();
    }

    private void section(String heading) {
        line(".SH " + heading);
    }

    private void item(String term, String meaning) {
        line(".TP");
        line(term);
        line(escaped(meaning));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Text that no formatter takes for anything else. */
    private static String escaped(String plain) {
        String escaped = plain.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("…", "...");
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }
}
