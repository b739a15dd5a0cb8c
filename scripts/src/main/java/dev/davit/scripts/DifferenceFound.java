package dev.davit.scripts;

/** There is a difference, which the command line asks to be told of by the way the run ends. */
final class DifferenceFound extends UsageException {

    private static final long serialVersionUID = 1;

    DifferenceFound(String message) {
        super(message);
    }
}
