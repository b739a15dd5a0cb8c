package dev.davit.dsl;

import groovy.lang.Closure;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** Runs the blocks of scripts. */
public final class Blocks {

    private Blocks() {
    }

    /**
     * Runs a block on its editor. Names that the editor lacks are looked up in the script, and not in the blocks around
     * this one: an outer verb inside an inner block is an error, and does not silently change the outer value.
     */
    public static <T> T run(Closure<?> block, T editor) {
        return run(block, editor, editor);
    }

    /** The same. @param argument what the block is given, if it takes a parameter */
    static <T> T run(Closure<?> block, T editor, Object argument) {
        Closure<?> closure = block.rehydrate(editor, block.getThisObject(), block.getThisObject());
        closure.setResolveStrategy(Closure.DELEGATE_FIRST);
        call(closure, argument);
        return editor;
    }

    /** Says one thing to an editor as a block does, a list word by word; nothing for null, or for an empty list or map. */
    static void say(Object editor, String name, @Nullable Object value) {
        if (value instanceof Collection<?> words && !words.isEmpty()) {
            InvokerHelper.invokeMethod(editor, name, Text.all(words));
        } else if (value != null && !(value instanceof Collection<?>) && !(value instanceof Map<?, ?> map && map.isEmpty())) {
            InvokerHelper.invokeMethod(editor, name, value instanceof Number ? value.toString() : value);
        }
    }

    /** Whether a block names a parameter: {@code { platform -> … }}; not where it may only say {@code it}. */
    static boolean namesParameter(Closure<?> block) {
        return block.getMaximumNumberOfParameters() > 0 && Arrays.stream(block.getClass().getMethods())
                .noneMatch(method -> method.getName().equals("doCall") && method.getParameterCount() == 0);
    }

    /** Calls a closure that takes as many of the arguments as it declares. */
    static @Nullable Object call(Closure<?> closure, Object... arguments) {
        int taken = Math.min(closure.getMaximumNumberOfParameters(), arguments.length);
        return closure.call(Arrays.copyOf(arguments, taken));
    }
}
