package dev.davit.repl;

import dev.davit.dsl.Verb;
import dev.davit.dsl.Verbs;
import dev.davit.image.Artifact;
import dev.davit.repl.Members.Member;
import dev.davit.repl.Tokens.Kind;
import dev.davit.repl.Tokens.OpenString;
import dev.davit.repl.Tokens.Token;
import groovy.lang.Closure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what may stand where the cursor is. Runs nothing, and asks a registry only for what a reference goes on with. */
final class Completion {

    /**
     * One possibility.
     *
     * @param value what is put in the place of the word before the cursor
     * @param shown what the list of possibilities calls it
     * @param description empty if there is none
     * @param order where it stands among the others; those with the same order go by their values
     */
    record Proposal(String value, String shown, String description, int order) {

        Proposal(String value, String shown, String description) {
            this(value, shown, description, 0);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern COMMAND = Pattern.compile("\\s*(:\\w*)");
    private static final Pattern HELP = Pattern.compile("\\s*:?help[\\s(]+['\"]?(\\w*)");

    private final Evaluator evaluator;
    private final StringCompletion strings;

    Completion(Evaluator evaluator) {
        this(evaluator, PATIENCE);
    }

    /** @param patience how long a registry may take to answer */
    Completion(Evaluator evaluator, Duration patience) {
        this.evaluator = evaluator;
        this.strings = new StringCompletion(evaluator, new RegistryNames(evaluator.session(), patience));
    }

    /** Where the word begins that completion is about: the content of a string, or a name. */
    static int wordStart(String before) {
        var command = COMMAND.matcher(before);
        if (command.matches()) {
            return command.start(1);
        }
        Tokens tokens = Tokens.of(before);
        OpenString open = tokens.openString();
        if (open != null) {
            return open.content();
        }
        List<Token> all = tokens.all();
        Token last = all.isEmpty() ? null : all.get(all.size() - 1);
        return last != null && last.kind() == Kind.WORD && last.end() == before.length() ? last.start() : before.length();
    }

    /** What may be put in the place of the word that ends here. */
    List<Proposal> at(String before, String after) {
        var help = HELP.matcher(before);
        if (help.matches()) {
            return Verbs.all().stream().map(verb -> new Proposal(verb.name(), verb.name(), verb.summary())).toList();
        }
        if (COMMAND.matcher(before).matches()) {
            return commands(":");
        }
        Tokens tokens = Tokens.of(before);
        if (tokens.endsInComment()) {
            return List.of();
        }
        Inference inference = new Inference(evaluator, tokens.all());
        OpenString open = tokens.openString();
        if (open != null) {
            return strings.at(open, before, after, inference);
        }
        List<Token> all = inference.tokens();
        int word = wordStart(before);
        int end = all.size() - (word < before.length() ? 1 : 0);
        if (end > 0 && all.get(end - 1).is(".")) {
            int receiver = end > 1 && all.get(end - 2).is("?") ? end - 2 : end - 1;
            Optional<Known> known = receiver == 0 ? last() : inference.before(receiver);
            return known.map(k -> members(k, after)).orElse(List.of());
        }
        return names(tokens, word, before, after);
    }

    /** A line that begins with a dot goes on from the last value. */
    private Optional<Known> last() {
        return Optional.ofNullable(evaluator.variables().get(Evaluator.LAST)).map(Known::ofValue);
    }

    private static List<Proposal> members(Known known, String after) {
        boolean artifact = Artifact.class.isAssignableFrom(known.raw());
        List<Proposal> proposals = new ArrayList<>();
        for (Member member : Members.of(known)) {
            String description = artifact ? Verbs.find(member.name()).flatMap(Verb::ofValues)
                    .map(Verb::summary).orElse("") : "";
            proposals.add(switch (member.form()) {
                case PROPERTY -> new Proposal(member.name(), member.name(), description);
                case CALL -> call(member.name(), "()", description, after);
                case CALL_WITH_ARGUMENTS -> call(member.name(), "(", description, after);
            });
        }
        return proposals;
    }

    private static Proposal call(String name, String brackets, String description, String after) {
        boolean there = after.stripLeading().startsWith("(") || after.stripLeading().startsWith("{");
        return new Proposal(there ? name : name + brackets, name, description);
    }

    private List<Proposal> names(Tokens tokens, int word, String before, String after) {
        List<Proposal> proposals = new ArrayList<>();
        blockOf(tokens).ifPresent(type -> proposals.addAll(statements(type, after)));
        for (Verb verb : Verbs.all()) {
            verb.ofScripts().ifPresent(said -> proposals.add(call(said.name(), opening(said), said.summary(), after)));
        }
        proposals.add(new Proposal("println", "println", "Prints a value."));
        evaluator.variables().forEach((name, value) -> proposals.add(value instanceof Closure<?>
                ? call(name, "(", "", after) : new Proposal(name, name, kind(value))));
        if (before.substring(0, word).isBlank()) {
            proposals.addAll(commands(""));
        }
        return proposals;
    }

    private static String opening(Verb verb) {
        List<String> forms = verb.forms().stream().map(Verb.Form::text).toList();
        return forms.contains(verb.name()) ? "" // said as a property
                : forms.stream().allMatch(form -> form.endsWith("()")) ? "()"
                : forms.stream().allMatch(form -> form.endsWith(" { … }")) ? " {" : "(";
    }

    private static String kind(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getSimpleName();
    }

    private static List<Proposal> commands(String prefix) {
        return Stream.of(Command.Name.values())
                .filter(command -> !prefix.isEmpty() || command.isBare())
                .map(command -> new Proposal(prefix + command.word(), prefix + command.word(), command.summary())).toList();
    }

    /** The type of what the innermost block that is open describes, such as a layer's files. */
    private static Optional<Class<?>> blockOf(Tokens tokens) {
        int open = tokens.innermostOpen();
        List<Token> all = tokens.all();
        if (open < 1 || !all.get(open).is("{") || all.get(open - 1).kind() != Kind.WORD) {
            return Optional.empty();
        }
        return BlockOf.verb(all.get(open - 1).text());
    }

    private static List<Proposal> statements(Class<?> block, String after) {
        return BlockOf.statements(block).stream()
                .map(name -> new Proposal(name + (after.startsWith(" ") ? "" : " "), name, "")).toList();
    }
}
