package dev.davit.scripts;

/** Ends a script before its work begins: its command line asks for help. */
final class HelpWanted extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Parameters parameters;

    HelpWanted(Parameters parameters) {
        super("help wanted", null, false, false);
        this.parameters = parameters;
    }

    Parameters parameters() {
        return parameters;
    }
}
