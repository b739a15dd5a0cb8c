package dev.davit.dsl;

/** A script that is only planned would have written a file, or run a program. */
final class Restrained extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final String name;

    /** @param name of the call, as the script says it */
    Restrained(String name, String sentence) {
        super(sentence);
        this.name = name;
    }

    String name() {
        return name;
    }
}
