package dev.davit.repl;

import dev.davit.scripts.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.Signals;

/** The terminal of this process. */
final class Terminals {

    private Terminals() {
    }

    /** Runs the shell until the user leaves; returns the exit code. */
    static int shell(Map<String, String> environment, Path folder) throws IOException {
        // Asking the terminal what it can do would delay the prompt, and confuse a terminal that does not answer.
        try (Terminal terminal = TerminalBuilder.builder().system(true).providers("jni,exec").dumb(true)
                .graphemeCluster(false).build(); Shell shell = new Shell(terminal, environment, folder)) {
            if (terminal instanceof DumbTerminal) {
                // JLine leaves the process's signals alone for a terminal of this kind, and Ctrl-C would end the shell.
                Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT));
            }
            shell.run("Davit " + Version.TEXT + ": help tells the verbs, Ctrl-D leaves.");
            return 0;
        }
    }
}
