package dev.davit.repl;

import dev.davit.scripts.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/** The terminal of this process. */
final class Terminals {

    private Terminals() {
    }

    /** Whether somebody types, and somebody reads. */
    static boolean areBothEnds() {
        try {
            JniTerminalProvider provider = new JniTerminalProvider();
            return provider.isSystemStream(SystemStream.Input) && provider.isSystemStream(SystemStream.Output);
        } catch (LinkageError e) {
            return System.console() != null; // a system for which JLine has no native code
        }
    }

    /** Runs the shell until the user leaves; returns the exit code. */
    static int shell(Map<String, String> environment, Path folder) throws IOException {
        // Asking the terminal what it can do would delay the prompt, and confuse a terminal that does not answer.
        try (Terminal terminal = TerminalBuilder.builder().system(true).providers("jni,exec").dumb(true)
                .graphemeCluster(false).build(); Shell shell = new Shell(terminal, environment, folder)) {
            shell.run("Davit " + Version.TEXT + ": help tells the verbs, Tab completes, Ctrl-D leaves.");
            return 0;
        }
    }
}
