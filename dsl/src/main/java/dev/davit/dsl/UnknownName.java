package dev.davit.dsl;

import java.util.Collection;

/** A script asks for something by a name that nothing has. */
public final class UnknownName extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String name;

    /**
     * @param sentence what is not there
     * @param known the names that there are; the nearest one is suggested
     */
    public UnknownName(String name, String sentence, Collection<String> known) {
        super(sentence + Suggestion.clause(name, known));
        this.name = name;
    }

    String name() {
        return name;
    }
}
