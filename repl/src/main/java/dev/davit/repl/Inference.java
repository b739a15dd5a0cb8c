package dev.davit.repl;

import dev.davit.dsl.Verbs;
import dev.davit.repl.Tokens.Kind;
import dev.davit.repl.Tokens.Token;
import groovy.lang.Closure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds out what an expression is, from the verbs' types and the variables' values, and runs nothing of it. */
final class Inference {

    private final Evaluator evaluator;
    private final List<Token> tokens;

    Inference(Evaluator evaluator, List<Token> tokens) {
        this.evaluator = evaluator;
        this.tokens = tokens.stream().filter(token -> token.kind() != Kind.NEWLINE).toList();
    }

    /** The tokens without line breaks; indexes are into these. */
    List<Token> tokens() {
        return tokens;
    }

    /** What is known of the expression that ends before this token. */
    Optional<Known> before(int end) {
        if (end <= 0) {
            return Optional.empty();
        }
        Token last = tokens.get(end - 1);
        return switch (last.kind()) {
            case STRING -> Optional.of(Known.ofType(String.class));
            case NUMBER -> Optional.of(Known.ofType(Integer.class));
            case WORD -> word(end - 1);
            case SYMBOL -> bracketed(end - 1);
            case NEWLINE -> Optional.empty();
        };
    }

    private Optional<Known> word(int index) {
        String name = tokens.get(index).text();
        int dot = receiverEnd(index);
        if (dot >= 0) {
            return before(dot).flatMap(known -> Members.find(known, name)).map(Members.Member::result)
                    .or(() -> evaluator.type(path(index)).map(Known::ofValue));
        }
        Map<String, ?> variables = evaluator.variables();
        Object value = variables.get(name);
        return value != null ? Optional.of(Known.ofValue(value))
                : verb("get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
                .or(() -> evaluator.type(name).map(Known::ofValue));
    }

    /** The name with the names and dots before it, for a class with its package. */
    private String path(int index) {
        StringBuilder path = new StringBuilder(tokens.get(index).text());
        for (int i = index - 1; i > 0 && tokens.get(i).is(".") && tokens.get(i - 1).kind() == Kind.WORD; i -= 2) {
            path.insert(0, tokens.get(i - 1).text() + ".");
        }
        return path.toString();
    }

    /** Where the expression ends that this name is said of; -1 if it is said of none. */
    private int receiverEnd(int name) {
        if (name < 1 || !tokens.get(name - 1).is(".")) {
            return -1;
        }
        return name > 1 && tokens.get(name - 2).is("?") ? name - 2 : name - 1;
    }

    private Optional<Known> bracketed(int close) {
        int open = opening(close);
        if (open < 0) {
            return Optional.empty();
        }
        boolean afterValue = open > 0 && tokens.get(open - 1).end() == tokens.get(open).start();
        return switch (tokens.get(close).text()) {
            case ")" -> isName(open - 1) ? call(open - 1) : inner(open, close);
            case "}" -> block(open);
            case "]" -> afterValue ? before(open).flatMap(Members::inBrackets) : Optional.of(literal(open, close));
            default -> Optional.empty();
        };
    }

    private Optional<Known> block(int open) {
        if (open > 0 && tokens.get(open - 1).is(")")) {
            return bracketed(open - 1);
        }
        return isName(open - 1) ? call(open - 1) : Optional.of(Known.ofType(Closure.class));
    }

    private boolean isName(int index) {
        return index >= 0 && tokens.get(index).kind() == Kind.WORD;
    }

    /** Parentheses around one chain; what is between operators is beyond us. */
    private Optional<Known> inner(int open, int close) {
        return tokens.subList(open + 1, close).stream().allMatch(token -> token.kind() != Kind.SYMBOL || token.is("."))
                ? before(close) : Optional.empty();
    }

    private Known literal(int open, int close) {
        boolean map = tokens.subList(open, close).stream().anyMatch(token -> token.is(":"));
        return Known.ofType(map ? Map.class : List.class);
    }

    private Optional<Known> call(int index) {
        String name = tokens.get(index).text();
        int dot = receiverEnd(index);
        if (dot >= 0) {
            return before(dot).flatMap(known -> Members.find(known, name)).map(Members.Member::result);
        }
        if (index > 0 && tokens.get(index - 1).text().equals("new")) {
            return evaluator.type(name).map(Known::ofType);
        }
        return verb(name);
    }

    /** What the verb of this method gives, in the form that gives something. */
    private static Optional<Known> verb(String method) {
        return Verbs.ofScripts()
                .filter(verb -> verb.getName().equals(method) && verb.getReturnType() != void.class)
                .map(verb -> Known.ofType(verb.getGenericReturnType())).findFirst();
    }

    private int opening(int close) {
        int depth = 0;
        for (int i = close; i >= 0; i--) {
            Token token = tokens.get(i);
            if (token.is(")") || token.is("]") || token.is("}")) {
                depth++;
            } else if ((token.is("(") || token.is("[") || token.is("{")) && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
