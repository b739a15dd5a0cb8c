package dev.davit.repl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of Groovy source that may be unfinished. Groovy's own lexer gives up at an open string; somebody who is
 * still typing has one more often than not.
 */
final class Tokens {

    enum Kind { WORD, NUMBER, STRING, SYMBOL, NEWLINE }

    /** A token; {@code start} and {@code end} are offsets into the source. */
    record Token(Kind kind, String text, int start, int end) {

        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        /** Whether an expression can end here, so that a slash after it divides. */
        private boolean endsValue() {
            return switch (kind) {
                case WORD, NUMBER, STRING -> true;
                case SYMBOL -> text.equals(")") || text.equals("]") || text.equals("}");
                case NEWLINE -> false;
            };
        }
    }

    /** A string that nobody has closed: its quotes, and the offset of its first character after them. */
    record OpenString(String quotes, int content) {

        /** Whether the string may go on in the next line. */
        boolean isMultiline() {
            return quotes.length() > 1;
        }
    }

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<String> brackets = new ArrayDeque<>();
    private @Nullable OpenString openString;
    private boolean openComment;
    private boolean lineComment;
    private boolean mismatched;
    private int at;

    private Tokens(String source) {
        this.source = source;
    }

    static Tokens of(String source) {
        Tokens tokens = new Tokens(source);
        tokens.scan(false);
        return tokens;
    }

    /** All tokens, without comments; an open string is none. */
    List<Token> all() {
        return tokens;
    }

    @Nullable OpenString openString() {
        return openString;
    }

    boolean endsInComment() {
        return openComment || lineComment;
    }

    /** Whether the next line goes on with a string or a comment that is open. */
    boolean endsInOpenText() {
        return openComment || openString != null && openString.isMultiline();
    }

    /** Whether brackets are open, and each closed one fits. */
    boolean hasOpenBrackets() {
        return !mismatched && !brackets.isEmpty();
    }

    /** Whether a bracket closes what no fitting one has opened. */
    boolean isMismatched() {
        return mismatched;
    }

    /** The index of the innermost bracket that is open at the end; -1 if none is. */
    int innermostOpen() {
        int depth = 0;
        for (int i = tokens.size() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            if (token.is(")") || token.is("]") || token.is("}")) {
                depth++;
            } else if ((token.is("(") || token.is("[") || token.is("{")) && depth-- == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Scans to the end, or to the brace that closes an expression in a string. */
    private void scan(boolean inString) {
        int outer = brackets.size();
        while (at < source.length()) {
            char c = source.charAt(at);
            if (source.startsWith("//", at) || at == 0 && source.startsWith("#!")) {
                int end = source.indexOf('\n', at);
                at = end < 0 ? source.length() : end;
                lineComment = end < 0;
            } else if (source.startsWith("/*", at)) {
                int end = source.indexOf("*/", at + 2);
                openComment = end < 0;
                at = end < 0 ? source.length() : end + 2;
            } else if (c == '\n') {
                add(Kind.NEWLINE, at + 1);
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (Character.isJavaIdentifierStart(c) && !source.startsWith("$/", at)) {
                add(Kind.WORD, end(Character::isJavaIdentifierPart));
            } else if (Character.isDigit(c)) {
                add(Kind.NUMBER, end(Character::isLetterOrDigit));
            } else if (opensString(c)) {
                string();
            } else {
                if (inString && c == '}' && brackets.size() == outer) {
                    return;
                }
                bracket(c);
                add(Kind.SYMBOL, at + 1);
            }
        }
    }

    private boolean opensString(char c) {
        boolean divides = !tokens.isEmpty() && tokens.get(tokens.size() - 1).endsValue();
        return c == '\'' || c == '"' || !divides && (c == '/' || source.startsWith("$/", at));
    }

    private void string() {
        int start = at;
        char c = source.charAt(at);
        String quotes = c == '$' ? "$/" : source.startsWith(String.valueOf(c).repeat(3), at) && c != '/'
                ? String.valueOf(c).repeat(3) : String.valueOf(c);
        String closing = quotes.equals("$/") ? "/$" : quotes;
        at += quotes.length();
        int content = at;
        int tokensBefore = tokens.size();
        while (at < source.length() && !source.startsWith(closing, at)) {
            char here = source.charAt(at);
            if (here == '\n' && quotes.length() == 1 && c != '/') {
                break; // a plain string ends with its line
            }
            if (here == '\\' && c != '$') {
                at += 2;
            } else if (source.startsWith("${", at) && c != '\'') {
                at += 2;
                brackets.push("}");
                scan(true);
                if (at >= source.length()) {
                    return; // what is open is the expression, or something in it
                }
                brackets.pop();
                at++;
                tokens.subList(tokensBefore, tokens.size()).clear();
            } else {
                at++;
            }
        }
        if (source.startsWith(closing, at)) {
            at = Math.min(source.length(), at + closing.length());
            tokens.add(new Token(Kind.STRING, source.substring(start, at), start, at));
        } else {
            at = Math.min(source.length(), at);
            if (at == source.length()) {
                openString = new OpenString(quotes, content);
            }
        }
    }

    private void bracket(char c) {
        switch (c) {
            case '(' -> brackets.push(")");
            case '[' -> brackets.push("]");
            case '{' -> brackets.push("}");
            case ')', ']', '}' -> {
                if (brackets.isEmpty() || !brackets.pop().equals(String.valueOf(c))) {
                    mismatched = true;
                }
            }
            default -> { }
        }
    }

    private int end(IntPredicate part) {
        int end = at + 1;
        while (end < source.length() && part.test(source.charAt(end))) {
            end++;
        }
        return end;
    }

    private void add(Kind kind, int end) {
        tokens.add(new Token(kind, source.substring(at, end), at, end));
        at = end;
    }
}
