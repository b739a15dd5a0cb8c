package dev.davit.repl;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line reader when an input is complete, and which word Tab is about. */
final class GroovyLines implements Parser {

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean accepting = context == ParseContext.ACCEPT_LINE;
        if (accepting && !Command.isOne(line) && !isLeft(line) && Completeness.isUnfinished(line)) {
            throw new EOFError(-1, cursor, "unfinished");
        }
        return new Line(line, Math.min(cursor, line.length()));
    }

    /** A backslash is the Groovy parser's business. */
    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }

    /** Whether a blank line says that the input is not to be finished; in a string it is just a blank line. */
    private static boolean isLeft(String input) {
        int last = input.lastIndexOf('\n');
        return input.isBlank()
                || last >= 0 && input.substring(last).isBlank() && !Tokens.of(input).endsInOpenText();
    }

    /** The word is what stands before the cursor: the content of an open string, or a name. */
    private record Line(String line, int cursor) implements CompletingParsedLine {

        @Override
        public String word() {
            return line.substring(Completion.wordStart(line.substring(0, cursor)), cursor);
        }

        @Override
        public int wordCursor() {
            return word().length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return wordCursor();
        }
    }
}
