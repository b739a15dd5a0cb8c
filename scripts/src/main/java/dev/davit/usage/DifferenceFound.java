package dev.davit.usage;

/** There is a difference, which the command line asks to be told of by the way the run ends. */
public final class DifferenceFound extends UsageException {

    private static final long serialVersionUID = 1;

    public DifferenceFound(String message) {
        super(message);
    }
}
