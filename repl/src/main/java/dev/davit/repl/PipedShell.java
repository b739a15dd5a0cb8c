package dev.davit.repl;

import dev.davit.dsl.Session;
import dev.davit.repl.Conversation.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/**
 * The shell for lines that come through a pipe: no prompt, results to standard output, and the end at the first error.
 * As the next line may go on with a statement, a statement runs when the next line has come.
 */
final class PipedShell {

    private final Conversation conversation;
    private final PrintStream out;
    private final PrintStream err;

    PipedShell(Session session) {
        this.conversation = new Conversation(session);
        this.out = session.out();
        this.err = session.err();
    }

    /** Returns the exit code: 0, or 1 after an error. */
    int run(BufferedReader lines) throws IOException {
        String input = "";
        while (true) {
            String line = lines.readLine();
            boolean more = line != null && !input.isBlank()
                    && (Completeness.continues(line) || Completeness.isUnfinished(input));
            if (more && !Command.isOne(input)) {
                input += "\n" + line;
                continue;
            }
            Reply reply = input.isBlank() ? Reply.NOTHING
                    : conversation.answer(input, Display.whole(), new Ink(false));
            switch (reply.kind()) {
                case RESULT -> print(out, reply.text());
                case ERROR -> {
                    print(err, reply.text());
                    return 1;
                }
                case END -> {
                    return 0;
                }
            }
            if (line == null) {
                return 0;
            }
            input = line;
        }
    }

    private static void print(PrintStream to, String text) {
        if (!text.isEmpty()) {
            to.println(text);
        }
    }
}
