package dev.davit.repl;

import java.util.stream.Collectors;

/** Colours where the terminal has them. */
record Ink(boolean coloured) {

    private static final String RED = "\033[31m";
    private static final String BOLD = "\033[1m";
    private static final String PLAIN = "\033[0m";

    String bold(String text) {
        return in(BOLD, text);
    }

    private String in(String colour, String text) {
        return coloured && !text.isEmpty() ? colour + text + PLAIN : text;
    }

    /** The report of a failure: its first word and the caret stand out. */
    String report(String text) {
        return text.lines().map(this::reported).collect(Collectors.joining("\n"));
    }

    private String reported(String line) {
        int caret = line.matches("[ \\d]*\\|\\s*\\^+") ? line.indexOf('^') : line.length();
        String label = "error:";
        return line.startsWith(label) ? in(BOLD + RED, label) + line.substring(label.length())
                : line.substring(0, caret) + in(RED, line.substring(caret));
    }
}
