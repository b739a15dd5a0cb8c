package dev.davit.repl

import java.nio.charset.StandardCharsets
import java.nio.file.Path
import org.jline.terminal.Size
import org.jline.terminal.impl.LineDisciplineTerminal

/** Types at a shell, and reads its screen. */
class Typist implements Closeable {

    private static final String PROMPT = 'davit> '
    private static final long PATIENCE = 30_000
    private static final String ESCAPE = /\u001b(\[[?>=]?[0-9;]*[A-Za-z]|[=>])|[\r\u0007]/

    final LineDisciplineTerminal terminal
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream()
    private final Thread thread
    private int seen

    Typist(Path home, Path folder = home, String type = 'xterm') {
        terminal = new LineDisciplineTerminal('spec', type, screen, StandardCharsets.UTF_8)
        terminal.setSize(Size.of(100, 40))
        def environment = [XDG_STATE_HOME: "$home/state".toString(), XDG_CACHE_HOME: "$home/cache".toString()]
        thread = Thread.start {
            def shell = new Shell(terminal, environment, folder)
            shell.run('Davit')
            shell.close()
        }
        until(PROMPT)
    }

    /** Types a line; gives what is on the screen between it and the next prompt. */
    String say(String line) {
        type(line + (terminal.type == 'dumb' ? '\n' : '\r'))
        until('\n' + PROMPT).readLines().drop(1).join('\n')
    }

    void type(String keys) {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8))
    }

    /** Waits for this text, and gives all that is new on the screen up to its beginning. */
    String until(String text) {
        def deadline = System.currentTimeMillis() + PATIENCE
        while (true) {
            def all = screen.toString(StandardCharsets.UTF_8).replaceAll(ESCAPE, '')
            def at = all.indexOf(text, seen)
            if (at >= 0) {
                def shown = all.substring(seen, at)
                seen = at + text.length()
                return shown
            }
            if (System.currentTimeMillis() > deadline) {
                throw new AssertionError("no '$text' on the screen:\n${all.substring(seen)}" as Object)
            }
            sleep 10
        }
    }

    /** All that has ever been written to the terminal. */
    String all() {
        screen.toString(StandardCharsets.UTF_8)
    }

    /** Whether the shell ends by itself. */
    boolean leaves() {
        thread.join(PATIENCE)
        !thread.alive
    }

    @Override
    void close() {
        type('\u0003\u0003')
        type('\u0004')
        thread.join(2000)
        terminal.close()
    }
}
