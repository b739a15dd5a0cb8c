package dev.davit.repl;

import dev.davit.repl.Tokens.Token;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;

/**
 * Whether an input is all of a statement, or its beginning. Groovy's parser decides: what it accepts is complete. Where
 * it does not accept the input, because it comes too early to its end, more lines may help.
 */
final class Completeness {

    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "=", ".", ",", "&", "|", "^", "<", "?", ":", "!", "~", "\\");

    private Completeness() {
    }

    /** Whether more lines may make this complete. */
    static boolean isUnfinished(String input) {
        try {
            CompilationUnit unit = new CompilationUnit();
            unit.addSource("line", input);
            unit.compile(Phases.CONVERSION);
            return Tokens.of(input).endsInOpenText();
        } catch (MultipleCompilationErrorsException e) {
            Tokens tokens = Tokens.of(input);
            return tokens.endsInOpenText()
                    || tokens.openString() == null && (tokens.hasOpenBrackets() || wantsMore(tokens, input, e));
        } catch (CompilationFailedException e) {
            return false;
        }
    }

    private static boolean wantsMore(Tokens tokens, String input, MultipleCompilationErrorsException e) {
        if (!(e.getErrorCollector().getError(0) instanceof SyntaxErrorMessage message) || tokens.isMismatched()) {
            return false;
        }
        String said = String.valueOf(message.getCause().getOriginalMessage());
        if (said.startsWith("Unexpected input: '<EOF>'") || said.startsWith("Either a catch or finally clause")) {
            return true;
        }
        List<Token> significant = tokens.all().stream().filter(token -> token.kind() != Tokens.Kind.NEWLINE).toList();
        if (significant.isEmpty()) {
            return false;
        }
        Token last = significant.get(significant.size() - 1);
        return last.kind() == Tokens.Kind.SYMBOL && OPERATORS.contains(last.text()) && input.strip().length() > 1;
    }

    /** Whether a line goes on with the statement before it, though that could end there: {@code .append(site)}. */
    static boolean continues(String line) {
        return line.stripLeading().matches("(?s)(\\.(?!\\.)|\\?\\.|\\*\\.|(else|catch|finally)\\b).*");
    }
}
