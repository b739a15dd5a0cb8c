package dev.davit.usage;

import dev.davit.dsl.Suggestion;
import dev.davit.usage.Parameter.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What the block {@code params} of a script can say: what the script takes on its command line. An option or a flag
 * {@code 'full-ref'} is {@code --full-ref}; its value is {@code params.fullRef}.
 */
public final class Parameters {

    private final List<Parameter> all = new ArrayList<>();
    private final Map<String, String> examples = new LinkedHashMap<>();
    private final List<ExitCode> exitCodes = new ArrayList<>();
    private String description = "";

    /** None yet. */
    public Parameters() {
    }

    /** What the script does, in one sentence; for its help. */
    public void description(String text) {
        description = text;
    }

    /** A command line, and what it does; for the help. */
    public void example(String commandLine, String text) {
        examples.put(commandLine, text);
    }

    /** How the script may end, besides with success and with failure: 3, 4, 5 or 6, whose meaning the help tells. */
    public void exits(Integer... codes) {
        List.of(codes).forEach(code -> exitCodes.add(ExitCode.finding(code)));
    }

    /** A word that is not an option; it must be given. */
    public void argument(String name, String text) {
        argument(Map.of(), name, text);
    }

    /**
     * Words that are not options.
     *
     * @param named {@code optional: true}; {@code many: true} for a list; {@code rest: true} for one of all that
     *              follows the first argument, options too; {@code type: Path}, {@code choices: ['a', 'b']}
     */
    public void argument(Map<String, ?> named, String name, String text) {
        all.add(Parameter.of(Kind.ARGUMENT, name, named, null, text));
    }

    /** An option with a value, which is null where the option is not given. */
    public void option(String name, String text) {
        option(Map.of(), name, text);
    }

    /** An option with a value, and the value where the option is not given. */
    public void option(String name, Object standard, String text) {
        option(Map.of(), name, standard, text);
    }

    /**
     * An option with a value, which is null where the option is not given, or an empty list or map.
     *
     * @param named {@code short: 't'}; {@code required: true}; {@code many: true} for a list of what the option gives
     *              when repeated; {@code split: true} for a list that also takes {@code a,b} and {@code ["a", "b"]}; {@code map: true} for
     *              {@code KEY=VALUE}; {@code type: Path}; {@code choices: ['a', 'b']}; {@code secret: true} for what no
     *              message is to show; {@code bare: '*'} for the value of the option without one;
     *              {@code placeholder: 'HOST'} for what the help calls its value
     */
    public void option(Map<String, ?> named, String name, String text) {
        all.add(Parameter.of(Kind.OPTION, name, named, null, text));
    }

    /** An option with a value, and the value where the option is not given. */
    public void option(Map<String, ?> named, String name, Object standard, String text) {
        all.add(Parameter.of(Kind.OPTION, name, named, standard, text));
    }

    /** An option without a value: true where it is given. */
    public void flag(String name, String text) {
        flag(Map.of(), name, text);
    }

    /** @param named {@code short: 'a'} */
    public void flag(Map<String, ?> named, String name, String text) {
        all.add(Parameter.of(Kind.FLAG, name, named, null, text));
    }

    /** The options that every script has, without those names and letters that this one has for itself. */
    List<Parameter> common() {
        return CommonOptions.ALL.stream()
                .filter(common -> options().stream().noneMatch(own -> own.name().equals(common.name())))
                .map(common -> options().stream().anyMatch(own -> own.letter().equals(common.letter()))
                        ? common.withoutLetter() : common).toList();
    }

    String description() {
        return description;
    }

    Map<String, String> examples() {
        return examples;
    }

    List<ExitCode> exitCodes() {
        return exitCodes;
    }

    List<Parameter> all(Kind kind) {
        return all.stream().filter(parameter -> parameter.kind() == kind).toList();
    }

    /** The script's own parameters that are not arguments, in its order. */
    List<Parameter> options() {
        return all.stream().filter(parameter -> parameter.kind() != Kind.ARGUMENT).toList();
    }

    /**
     * The values that these words give.
     *
     * @param folder where relative paths on the command line start
     * @param common is told which of the options that every script has the words say
     * @throws HelpWanted if the words ask for it
     * @throws UsageException if the words are not what the script takes
     */
    public Params parse(List<String> words, Path folder, CommonOptions common) {
        CommandLine.ParseResult parsed = parsed(words);
        if (parsed.isUsageHelpRequested()) {
            throw new HelpWanted(this);
        }
        for (Parameter option : common()) {
            if (parsed.hasMatchedOption(option.label())) {
                common.say(option, option.kind() == Kind.FLAG ? List.of()
                        : parsed.matchedOptionValue(option.label(), List.of()));
            }
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>(parsed.matchedPositionalValue(0, List.of()));
        for (Parameter parameter : all) {
            if (parameter.kind() == Kind.FLAG) {
                values.put(parameter.name(), parsed.hasMatchedOption(parameter.label()));
                continue;
            }
            List<String> given = parameter.kind() == Kind.ARGUMENT ? take(parameter, arguments)
                    : parsed.matchedOptionValue(parameter.label(), List.of());
            if (given.isEmpty() && parameter.required()) {
                throw new UsageException(parameter.label() + " is missing");
            }
            values.put(parameter.name(), parameter.value(given, folder));
        }
        if (!arguments.isEmpty()) {
            throw new UsageException("unexpected argument" + quoted(arguments.get(0)));
        }
        return new Params(values, all.stream().filter(parameter -> parameter.value().secret()).map(Parameter::name).toList());
    }

    /** A command line that gives these values, as {@link Params#texts} tells them. */
    public List<String> words(Map<String, String> texts) {
        List<String> words = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of("--"));
        for (Parameter parameter : all) {
            String text = texts.get(parameter.name());
            if (text == null) {
                continue;
            }
            for (String value : parameter.value().isSeveral() ? List.of(text.substring(1, text.length() - 1).split(", ")) : List.of(text)) {
                switch (parameter.kind()) {
                    case FLAG -> words.add(parameter.label());
                    case OPTION -> words.add(parameter.label() + "=" + value);
                    case ARGUMENT -> arguments.add(value);
                }
            }
        }
        words.addAll(arguments);
        return words;
    }

    /** A word for a message; nothing where it may be a secret, which its option was not said before. */
    private String quoted(String word) {
        return hasSecret() ? "" : " '" + word + "'";
    }

    /** Whether the value of one of them is not to be shown. */
    public boolean hasSecret() {
        return all.stream().anyMatch(parameter -> parameter.value().secret());
    }

    /** The argument's share of the words: the one that takes many leaves those that must be given after it. */
    private List<String> take(Parameter argument, List<String> words) {
        long needed = all(Kind.ARGUMENT).stream().filter(other -> other.required() && all.indexOf(other) > all.indexOf(argument))
                .count();
        int spare = (int) Math.max(0, words.size() - needed);
        List<String> share = words.subList(0, argument.value().isSeveral() ? spare
                : Math.min(1, argument.required() ? words.size() : spare));
        List<String> taken = List.copyOf(share);
        share.clear();
        return taken;
    }

    private CommandLine.ParseResult parsed(List<String> words) {
        CommandSpec spec = CommandSpec.create();
        List<Parameter> options = new ArrayList<>(options());
        options.addAll(common());
        for (Parameter option : options) {
            OptionSpec.Builder built = option.letter().isEmpty() ? OptionSpec.builder(option.label())
                    : OptionSpec.builder("-" + option.letter(), option.label());
            spec.addOption(option.kind() == Kind.FLAG ? built.type(boolean.class).arity("0").build()
                    : built.type(List.class).auxiliaryTypes(String.class).arity("1").build());
        }
        spec.addOption(OptionSpec.builder("-h", "--help").type(boolean.class).arity("0").usageHelp(true).build());
        spec.addPositional(PositionalParamSpec.builder().type(List.class).auxiliaryTypes(String.class).arity("0..*")
                .index("0..*").build());
        try {
            return new CommandLine(spec).setExpandAtFiles(false).setInterpolateVariables(false)
                    .setStopAtPositional(all.stream().anyMatch(parameter -> parameter.value().shape() == Value.Shape.REST))
                    .parseArgs(spelled(words, spec, options).toArray(String[]::new));
        } catch (CommandLine.UnmatchedArgumentException e) {
            String unmatched = e.getUnmatched().get(0).replaceFirst("=.*", "");
            boolean hides = quoted(unmatched).isEmpty() && !unmatched.startsWith("--");
            String unknown = hides ? unmatched.substring(0, Math.min(2, unmatched.length())) : unmatched;
            List<String> known = spec.options().stream().map(OptionSpec::longestName).toList();
            throw new UsageException("unknown option '" + unknown + "'" + Suggestion.clause(unknown, known));
        } catch (CommandLine.MissingParameterException e) {
            throw new UsageException(name(e.getMissing().get(0)) + " needs a value");
        } catch (CommandLine.ParameterException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /**
     * The words with each option spelled as here: crane's users say {@code --new_tag} for {@code --new-tag}, and of a flag
     * {@code --full-ref=true}, or {@code --flatten=false} where {@code --no-flatten} is one.
     */
    private static List<String> spelled(List<String> words, CommandSpec spec, List<Parameter> options) {
        List<String> spelled = new ArrayList<>();
        int end = words.contains("--") ? words.indexOf("--") : words.size();
        for (String word : words.subList(0, end)) {
            int equals = word.startsWith("--") ? (word + "=").indexOf('=') : 0;
            String label = word.substring(0, equals).replace('_', '-');
            String value = word.substring(equals);
            Optional<Parameter> bare = options.stream()
                    .filter(option -> !option.value().bare().isEmpty() && option.label().equals(label)).findFirst();
            boolean off = spec.findOption("--no-" + label.substring(Math.min(2, equals))) != null;
            if (bare.isPresent() && List.of("", "=true", "=false").contains(value)) {
                if (!value.equals("=false")) {
                    spelled.add(label + "=" + bare.get().value().bare()); // the next word is not its value
                }
            } else if (isFlag(label, spec, value) || off && isFlag("--no-" + label.substring(2), spec, value)) {
                boolean isTrue = value.equals("=true");
                if (isTrue != off) {
                    spelled.add(off ? "--no-" + label.substring(2) : label);
                }
            } else {
                spelled.add(spec.findOption(label) == null ? word : label + value);
            }
        }
        spelled.addAll(words.subList(end, words.size()));
        return spelled;
    }

    private static boolean isFlag(String label, CommandSpec spec, String value) {
        OptionSpec option = spec.findOption(label);
        return option != null && option.arity().max() == 0 && List.of("=true", "=false").contains(value);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
