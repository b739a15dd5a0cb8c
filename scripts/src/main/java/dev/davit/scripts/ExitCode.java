package dev.davit.scripts;

/** How a run ends, as its caller sees it. */
public enum ExitCode {

    SUCCESS(0, "success"),
    FAILURE(1, "failure, also of a command line that makes no sense"),
    INTERRUPTED(130, "interrupted");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** What the process ends with. */
    public int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }
}
