package dev.davit.repl;

import dev.davit.dsl.Session;
import dev.davit.scripts.Runner;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
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
        try (Session session = new Session(Path.of(""), System.getenv(), stream(FileDescriptor.out),
                stream(FileDescriptor.err));
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            return new PipedShell(session).run(lines);
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
