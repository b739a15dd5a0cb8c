package dev.davit.scripts;

/** How a run ends, as its caller sees it. */
public enum ExitCode {

    SUCCESS(0, "success"),
    FAILURE(1, "failure, also of a command line that makes no sense"),
    DIFFERENT(6, "different, or out of date, where --exit-code asks for it"),
    INTERRUPTED(130, "interrupted");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** How a run ends that fails in this way. */
    static ExitCode of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DifferenceFound) {
                return DIFFERENT;
            }
        }
        return FAILURE;
    }

    /** What the process ends with. */
    public int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }
}
