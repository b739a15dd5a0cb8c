package dev.davit.usage;

import dev.davit.usage.Parameter.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Completion for zsh, with descriptions. */
final class ZshCompletion extends Completion {

    ZshCompletion(List<Described> commands) {
        super(commands);
    }

    @Override
    String script() {
        StringBuilder next = new StringBuilder();
        beginnings().forEach(said -> {
            next.append("        ").append(quoted(said)).append(")\n            next=(\n");
            next(said).forEach((word, meaning) -> next.append("                ")
                    .append(quoted(word + ":" + meaning.replace(":", "\\:"))).append("\n"));
            next.append("            )\n            ;;\n");
        });
        StringBuilder takes = new StringBuilder();
        for (Described command : commands) {
            takes.append("        ").append(quoted(command.name())).append(")\n            _arguments -S \\\n");
            command.options().forEach(option -> specs(option).forEach(spec ->
                    takes.append("                ").append(quoted(spec)).append(" \\\n")));
            takes.append("                '(- *)--help[show this help]' \\\n                ")
                    .append(quoted("*:" + (command.takesFiles() ? "file:_files" : command.choices().isEmpty() ? "argument:()"
                            : "argument:(" + String.join(" ", command.choices()) + ")"))).append("\n            ;;\n");
        }
        StringBuilder common = new StringBuilder();
        CommonOptions.ALL.forEach(option -> specs(option).forEach(spec ->
                common.append("            ").append(quoted(spec)).append(" \\\n")));
        return """
                #compdef davit
                # Completion of davit for zsh: put it into a folder of $fpath as _davit, or say
                #   source <(davit completion zsh)
                _davit() {
                    local said= command= i end=1
                    local -a next
                    for ((i = 2; i < CURRENT; i++)); do
                        [[ $words[i] != -* ]] || continue
                        said="${said:+$said }$words[i]"
                        case $said in
                """ + naming() + """
                        esac
                        end=$i
                    done
                    case $said in
                """ + next + """
                        completion) next=(bash zsh fish) ;;
                        run) _files; return ;;
                    esac
                    if [[ -n $command ]] && (( end < CURRENT - 1 || ! $#next )); then
                        shift $((end - 1)) words
                        (( CURRENT -= end - 1 ))
                    fi
                    case $command in
                """ + takes + """
                        *)
                            if [[ $words[CURRENT] == -* ]]; then
                                _arguments -S \\
                """ + common.toString().indent(12).replaceAll("(?m)^ {8}", "") + """
                                    '--version[show which Davit this is]' '*:argument:()'
                            elif [[ -n $next ]]; then
                                _describe command next
                                [[ -n $said ]] || _files -g '*.groovy'
                            fi
                            ;;
                    esac
                }
                if [[ $funcstack[1] == _davit ]]; then _davit "$@"; else compdef _davit davit; fi
                """;
    }

    private static List<String> specs(Parameter option) {
        String meaning = "[" + option.description().replaceAll("[\\\\\\[\\]:]", "\\\\$0") + "]";
        String value = option.kind() == Kind.FLAG ? "" : (option.takesWord() ? ":" : "::") + option.value().placeholder() + ":"
                + (option.value().type() == Path.class ? "_files" : "(" + String.join(" ", option.value().choices()) + ")");
        List<String> specs = new ArrayList<>();
        specs.add("*" + option.label() + (option.kind() == Kind.FLAG ? "" : option.takesWord() ? "=" : "=-") + meaning
                + value);
        if (!option.letter().isEmpty()) {
            specs.add("*-" + option.letter() + (option.kind() == Kind.FLAG ? "" : "+") + meaning + value);
        }
        return specs;
    }
}
