package dev.davit.repl;

import dev.davit.scripts.Runner;

/** What the {@code davit} command starts. */
public final class Main {

    private Main() {
    }

    public static void main(String[] arguments) {
        Runner.main(arguments);
    }
}
