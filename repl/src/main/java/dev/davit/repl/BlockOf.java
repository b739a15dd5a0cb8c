package dev.davit.repl;

import dev.davit.dsl.Verbs;
import groovy.lang.DelegatesTo;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The blocks of verbs: what may be said in them. */
final class BlockOf {

    private BlockOf() {
    }

    /** What the block of this verb describes, such as a layer's files; empty if it takes none, or one without words. */
    static Optional<Class<?>> verb(String name) {
        return Verbs.methods().filter(method -> method.getName().equals(name))
                .flatMap(method -> delegate(method).stream()).findFirst();
    }

    private static Optional<Class<?>> delegate(Method verb) {
        for (Parameter parameter : verb.getParameters()) {
            DelegatesTo to = parameter.getAnnotation(DelegatesTo.class);
            if (to != null) {
                return Optional.of(to.value());
            }
        }
        return Optional.empty();
    }

    /** The statements of a block, by their names. */
    static List<String> statements(Class<?> block) {
        return Stream.of(block.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName).distinct().sorted().toList();
    }
}
