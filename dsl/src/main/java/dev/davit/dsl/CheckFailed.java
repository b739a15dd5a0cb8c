package dev.davit.dsl;

import java.util.List;

/** An artifact is not what a {@code check} wants it to be. */
public final class CheckFailed extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    CheckFailed(String what, List<String> problems) {
        super(what + " is not as it must be:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, in sentences that begin with the rule and name image, layer and file. */
    public List<String> problems() {
        return problems;
    }
}
