package dev.davit.usage;

/** Ends a script before its work begins: its command line asks for help. */
public final class HelpWanted extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Parameters parameters;

    HelpWanted(Parameters parameters) {
        super("help wanted", null, false, false);
        this.parameters = parameters;
    }

    public Parameters parameters() {
        return parameters;
    }
}
