package dev.davit.repl;

import dev.davit.dsl.ScriptError;
import org.jspecify.annotations.Nullable;

/** What became of an input. */
sealed interface Outcome {

    /**
     * It ran.
     *
     * @param assigned whether it ends with an assignment or a declaration, of which nobody asked to see the value
     */
    record Value(@Nullable Object value, boolean assigned) implements Outcome { }

    /**
     * It failed.
     *
     * @param earlier whether the place is in an earlier input, such as the body of a function
     */
    record Failure(ScriptError error, boolean earlier, Throwable cause) implements Outcome { }
}
