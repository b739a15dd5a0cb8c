package dev.davit.repl;

import dev.davit.blob.Transfers;
import dev.davit.dsl.Session;
import dev.davit.progress.Progress;
import dev.davit.progress.Screen;
import dev.davit.repl.Completion.Proposal;
import dev.davit.repl.Conversation.Reply;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** The shell on a terminal: reads inputs with a line editor, and shows what becomes of them. */
final class Shell implements AutoCloseable {

    private static final int ROWS = 100;
    private static final int NARROWEST = 40;
    private static final int USUAL_WIDTH = 80;
    private static final int HISTORY = 5000;

    private final Terminal terminal;
    /** What statements print. */
    private final Relay printed;
    private final Session session;
    private final Conversation conversation;
    private final Foreground foreground;
    private final LineReader reader;
    private final boolean dumb;
    private final Ink ink;

    Shell(Terminal terminal, Map<String, String> environment, Path folder) {
        this.terminal = terminal;
        this.printed = new Relay(terminal.output());
        PrintStream out = new PrintStream(printed, true, terminal.encoding());
        this.session = new Session(folder, environment, out, out);
        this.conversation = new Conversation(session);
        this.foreground = new Foreground(session::interrupt);
        this.dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
        this.ink = new Ink(!dumb && environment.getOrDefault("NO_COLOR", "").isEmpty());
        this.reader = reader(terminal, ShellHistory.file(environment));
    }

    private LineReader reader(Terminal on, Path history) {
        LineReaderBuilder builder = LineReaderBuilder.builder().terminal(on).appName("davit")
                .parser(new GroovyLines()).completer(completer()).history(new ShellHistory())
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.BRACKETED_PASTE, !dumb)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P > ")
                .variable(LineReader.LIST_MAX, 2 * ROWS)
                .variable(LineReader.BLINK_MATCHING_PAREN, 0)
                .variable(LineReader.HISTORY_SIZE, HISTORY)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY);
        ShellHistory.prepared(history).ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        return builder.build();
    }

    private Completer completer() {
        Completion completion = new Completion(conversation.evaluator());
        return (lines, parsed, candidates) -> {
            String before = parsed.line().substring(0, parsed.cursor());
            for (Proposal proposal : completion.at(before, parsed.line().substring(parsed.cursor()))) {
                candidates.add(new Candidate(proposal.value(), proposal.shown(), null,
                        proposal.description().isEmpty() ? null : proposal.description(), null, null, false, proposal.order()));
            }
        };
    }

    /** Converses until the user leaves. */
    void run(String banner) {
        terminal.writer().println(banner);
        String prompt = new AttributedString("davit> ", ink.coloured()
                ? AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN) : AttributedStyle.DEFAULT).toAnsi(terminal);
        warmUp();
        while (true) {
            try {
                String input = reader.readLine(prompt);
                if (!input.isBlank() && !said(input)) {
                    return;
                }
            } catch (UserInterruptException e) {
                if (dumb) {
                    terminal.writer().println(); // there is no line editor that would do it
                }
            } catch (EndOfFileException e) {
                if (dumb) {
                    terminal.writer().println();
                }
                return;
            }
        }
    }

    /** The first use of Groovy takes most of a second: it passes while the user reads the prompt and types. */
    private void warmUp() {
        Thread thread = new Thread(() -> {
            Evaluator evaluator = new Evaluator(session);
            evaluator.evaluate("def f = { it }; [1].collect(f)\n.size()");
            new Completion(evaluator).at("scratch().", "");
        }, "warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** Answers an input; false if it says to leave. */
    private boolean said(String input) {
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> foreground.interrupt());
        try {
            int columns = terminal.getColumns();
            Display display = new Display(columns > 0 ? Math.max(NARROWEST, columns) : USUAL_WIDTH, ROWS);
            Reply reply = watched(() -> conversation.answer(input, display, ink));
            boolean interrupted = reply.kind() == Reply.Kind.ERROR && foreground.wasInterrupted();
            print(interrupted ? "interrupted" : reply.kind() == Reply.Kind.ERROR ? ink.report(reply.text()) : reply.text());
            return reply.kind() != Reply.Kind.END;
        } catch (CancellationException e) {
            print("interrupted; it does not stop, and goes on in the background");
            return true;
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    /** Does it, with bars below what it prints. */
    private Reply watched(Callable<Reply> answer) {
        try (Progress progress = new Progress(terminal.output(), this::screen)) {
            printed.become(progress.errors(terminal.output()));
            session.transfers(progress);
            return foreground.run(answer);
        } finally {
            session.transfers(Transfers.UNSEEN);
            printed.become(terminal.output());
        }
    }

    private Optional<Screen> screen() {
        return !dumb && terminal.getColumns() > 0
                ? Optional.of(new Screen(terminal.getColumns(), terminal.getRows(), true)) : Optional.empty();
    }

    private void print(String text) {
        if (!text.isEmpty()) {
            terminal.writer().println(text);
            terminal.flush();
        }
    }

    /** Ends the session, and leaves the terminal open. */
    @Override
    public void close() throws IOException {
        session.close();
    }
}
