package dev.davit.usage;

import java.nio.file.Path;
import java.util.List;

/** Completion for fish, with descriptions. */
final class FishCompletion extends Completion {

    FishCompletion(List<Described> commands) {
        super(commands);
    }

    @Override
    String script() {
        StringBuilder lines = new StringBuilder();
        beginnings().forEach(said -> next(said).forEach((word, meaning) -> lines.append("complete -c davit -n ")
                .append(word("__davit_is " + word(said))).append(" -a ").append(word(word)).append(" -d ")
                .append(word(meaning)).append('\n')));
        CommonOptions.ALL.forEach(option -> lines.append(option("", option)));
        lines.append("complete -c davit -n \"__davit_is ''\" -l version -d 'show which Davit this is'\n");
        lines.append("complete -c davit -n '__davit_is completion' -a 'bash zsh fish'\n");
        lines.append("complete -c davit -n '__davit_is run' -F\n");
        lines.append("complete -c davit -n \"__davit_is ''\" -k -a '(__fish_complete_suffix .groovy)'\n");
        for (Described command : commands) {
            command.options().forEach(option -> lines.append(option(command.name(), option)));
            String condition = "complete -c davit -n " + word("__davit_is " + word(command.name()));
            if (command.takesFiles()) {
                lines.append(condition).append(" -F\n");
            } else if (!command.choices().isEmpty()) {
                lines.append(condition).append(" -a ").append(word(String.join(" ", command.choices()))).append('\n');
            }
        }
        return """
                # Completion of davit for fish: put it into a folder of $fish_complete_path as davit.fish, or say
                #   davit completion fish | source
                function __davit_said
                    set -l said
                    set -l command
                    for word in (commandline -opc)[2..-1]
                        string match -q -- '-*' $word; and continue
                        set said (string join ' ' -- $said $word)
                        switch $said
                """ + words() + """
                            case '*'
                                break
                        end
                    end
                    test -n "$command"; and echo $command; or echo $said
                end
                function __davit_is
                    set -l said (__davit_said)
                    test "$said" = "$argv"
                end
                complete -c davit -f
                """ + lines;
    }

    private String words() {
        StringBuilder cases = new StringBuilder();
        names().forEach((name, command) -> cases.append("            case ").append(word(name))
                .append("\n                set command ").append(word(command)).append('\n'));
        groups().forEach(group -> cases.append("            case ").append(group).append('\n'));
        return cases.append("            case help\n                set said\n").toString();
    }

    private static String option(String command, Parameter option) {
        String letter = option.letter().isEmpty() ? "" : " -s " + option.letter();
        String value = !option.takesWord() ? ""
                : option.value().type() == Path.class ? " -r -F" : option.value().choices().isEmpty() ? " -x"
                : " -x -a " + word(String.join(" ", option.value().choices()));
        return "complete -c davit -n " + word("__davit_is " + word(command)) + " -l " + option.name() + letter
                + value + " -d " + word(option.description()) + "\n";
    }

    private static String word(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
