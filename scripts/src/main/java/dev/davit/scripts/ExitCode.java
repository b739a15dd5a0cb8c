package dev.davit.scripts;

import dev.davit.dsl.CheckFailed;

/** How a run ends, as its caller sees it. */
public enum ExitCode {

    SUCCESS(0, "success"),
    FAILURE(1, "failure, also of a command line that makes no sense"),
    CHECK_FAILED(3, "a check failed: an image is not as it must be"),
    NOT_REPRODUCIBLE(4, "not reproducible: builds of a recipe differ"),
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
            if (cause instanceof CheckFailed) {
                return CHECK_FAILED;
            }
            if (cause instanceof Irreproducible) {
                return NOT_REPRODUCIBLE;
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
