package dev.davit.repl;

import dev.davit.dsl.Sentence;
import dev.davit.dsl.Session;
import dev.davit.progress.ErrorScreen;
import dev.davit.progress.Progress;
import dev.davit.scripts.Results;
import dev.davit.scripts.Runner;
import dev.davit.usage.BrokenPipe;
import dev.davit.usage.ExitCode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the {@code davit} command starts: the shell, or with arguments the runner of scripts and commands. */
public final class Main {

    private Main() {
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            // No class of JLine may load for a command: it would cost start-up time.
            Runner.main(arguments);
        } else {
            System.exit(isOnTerminal() ? Terminals.shell(System.getenv(), Path.of("")) : piped());
        }
    }

    /** Whether somebody types, and somebody reads. */
    private static boolean isOnTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 there is a console only where there is a terminal
        }
    }

    private static int piped() throws IOException {
        OutputStream errors = new FileOutputStream(FileDescriptor.err);
        PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
        try (Progress progress = new Progress(errors, new ErrorScreen(System.getenv()));
                Session session = new Session(Path.of(""), System.getenv(),
                        Results.stream(progress.results(new FileOutputStream(FileDescriptor.out))),
                        new PrintStream(progress.errors(errors), true, StandardCharsets.UTF_8));
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            session.transfers(progress);
            return new PipedShell(session).run(lines);
        } catch (BrokenPipe e) {
            return ExitCode.BROKEN_PIPE.number();
        } catch (UncheckedIOException e) {
            err.println("davit: " + Sentence.of(e));
            return ExitCode.FAILURE.number();
        }
    }
}
