package dev.davit.dsl;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.codehaus.groovy.runtime.ProcessGroovyMethods;
import org.jspecify.annotations.Nullable;

/** Groovy's {@code execute} under a {@link Restraint}; these take the place of its own. */
public final class Programs {

    private Programs() {
    }

    private static void check(Object command) {
        Restraint.current().ifPresent(restraint -> restraint.program("execute", command));
    }

    public static Process execute(String self) throws IOException {
        check(self);
        return ProcessGroovyMethods.execute(self);
    }

    public static Process execute(String self, String @Nullable [] variables, @Nullable File folder) throws IOException {
        check(self);
        return ProcessGroovyMethods.execute(self, variables, folder);
    }

    public static Process execute(String self, @Nullable List<?> variables, @Nullable File folder) throws IOException {
        check(self);
        return ProcessGroovyMethods.execute(self, variables, folder);
    }

    public static Process execute(String[] self) throws IOException {
        check(String.join(" ", self));
        return ProcessGroovyMethods.execute(self);
    }

    public static Process execute(String[] self, String @Nullable [] variables, @Nullable File folder) throws IOException {
        check(String.join(" ", self));
        return ProcessGroovyMethods.execute(self, variables, folder);
    }

    public static Process execute(String[] self, @Nullable List<?> variables, @Nullable File folder) throws IOException {
        check(String.join(" ", self));
        return ProcessGroovyMethods.execute(self, variables, folder);
    }

    public static Process execute(List<?> self) throws IOException {
        check(words(self));
        return ProcessGroovyMethods.execute(self);
    }

    public static Process execute(List<?> self, String @Nullable [] variables, @Nullable File folder) throws IOException {
        check(words(self));
        return ProcessGroovyMethods.execute(self, variables, folder);
    }

    public static Process execute(List<?> self, @Nullable List<?> variables, @Nullable File folder) throws IOException {
        check(words(self));
        return ProcessGroovyMethods.execute(self, variables, folder);
    }

    private static String words(List<?> command) {
        return String.join(" ", command.stream().map(String::valueOf).toList());
    }
}
