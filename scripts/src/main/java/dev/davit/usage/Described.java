package dev.davit.usage;

import dev.davit.usage.Parameter.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command with all that it takes: what its man page and its completion are made from.
 *
 * @param aliases its other names
 */
public record Described(String name, List<String> aliases, Parameters parameters) {

    /** Its own options, then those that every command has. */
    List<Parameter> options() {
        List<Parameter> options = new ArrayList<>(parameters.options());
        options.addAll(parameters.common());
        return options;
    }

    /** The values that its arguments can have; empty if there are others. */
    List<String> choices() {
        return parameters.all(Kind.ARGUMENT).stream().flatMap(argument -> argument.value().choices().stream()).distinct().toList();
    }

    /** Whether an argument of it is a file. */
    boolean takesFiles() {
        return parameters.all(Kind.ARGUMENT).stream().anyMatch(argument -> argument.value().type() == Path.class);
    }
}
