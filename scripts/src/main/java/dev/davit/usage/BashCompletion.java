package dev.davit.usage;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Completion for bash, from version 3.2 on. */
final class BashCompletion extends Completion {

    BashCompletion(List<Described> commands) {
        super(commands);
    }

    @Override
    String script() {
        StringBuilder next = new StringBuilder();
        beginnings().forEach(said -> next.append("        ").append(quoted(said)).append(") next=")
                .append(quoted(String.join(" ", next(said).keySet()))).append(" ;;\n"));
        StringBuilder options = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (Described command : commands) {
            options.append("        ").append(quoted(command.name())).append(")\n            options=")
                    .append(quoted(command.options().stream().map(option -> option.label()
                            + (option.takesWord() ? "=" : ""))
                            .collect(Collectors.joining(" ")) + " --help")).append("\n");
            options.append("            arguments=").append(quoted(command.takesFiles() ? "FILES"
                    : String.join(" ", command.choices()))).append("\n            ;;\n");
            for (Parameter option : command.options()) {
                if (option.takesWord()) {
                    String letter = option.letter().isEmpty() ? "" : " | " + quoted(command.name() + " -" + option.letter());
                    values.append("        ").append(quoted(command.name() + " " + option.label())).append(letter)
                            .append(") arguments=").append(quoted(option.value().type() == Path.class ? "FILES"
                            : String.join(" ", option.value().choices()))).append(" ;;\n");
                }
            }
        }
        return """
                # Completion of davit for bash: put it where bash-completion finds it, or say
                #   source <(davit completion bash)
                _davit() {
                    local line=${COMP_LINE:0:COMP_POINT} words word option= said= command= next= options= arguments= i
                    read -ra words <<< "$line"
                    [[ $line != *' ' ]] || words+=('')
                    word=${words[${#words[@]} - 1]}
                    COMPREPLY=()
                    for ((i = 1; i < ${#words[@]} - 1; i++)); do
                        [[ ${words[i]} != -* ]] || continue
                        said="${said:+$said }${words[i]}"
                        case $said in
                """ + naming() + """
                        esac
                    done
                    case $said in
                """ + next + """
                        completion) next='bash zsh fish' ;;
                        run) arguments=FILES ;;
                    esac
                    case $command in
                """ + options + """
                        *) options=""" + quoted(CommonOptions.ALL.stream().map(Parameter::label)
                        .collect(Collectors.joining(" ")) + " --help --version") + " ;;\n" + """
                    esac
                    if [[ $word == --*=* ]]; then
                        option=${word%%=*} word=${word#*=}
                    elif [[ ${words[${#words[@]} - 2]} == -* ]]; then
                        option=${words[${#words[@]} - 2]}
                    fi
                    case "$command $option" in
                """ + values + """
                        *)
                            [[ $word != -* ]] || arguments="$options"
                            [[ -z $next || $word == -* ]] || arguments="$next"
                            ;;
                    esac
                    local IFS=$'\\n'
                    if [[ $arguments == FILES ]]; then
                        compopt -o filenames 2> /dev/null
                        COMPREPLY=($(compgen -f -- "$word"))
                    else
                        COMPREPLY=($(compgen -W "${arguments// /$'\\n'}" -- "$word"))
                        [[ -n $said || $word == -* ]] || COMPREPLY+=($(compgen -f -X '!*.groovy' -- "$word"))
                        [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2> /dev/null
                    fi
                }
                complete -F _davit davit
                """;
    }
}
