package dev.davit.repl;

import dev.davit.dsl.ScriptError;
import dev.davit.dsl.RestrainedCode;
import dev.davit.dsl.ScriptSource;
import dev.davit.dsl.Session;
import dev.davit.usage.BrokenPipe;
import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import groovy.lang.Script;
import groovy.transform.ThreadInterrupt;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.ResolveVisitor;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.runtime.MethodClosure;
import org.jspecify.annotations.Nullable;

/** Evaluates inputs one after the other; what one declares, the next ones know. */
final class Evaluator {

    /** The variable with the value of the last input. */
    static final String LAST = "_";

    private final Session session;
    private final Binding binding = new Binding();
    private final Declarations declarations = new Declarations();
    private final GroovyClassLoader loader;
    private final Map<String, ScriptSource> sources = new LinkedHashMap<>();

    Evaluator(Session session) {
        this.session = session;
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(Line.class.getName());
        configuration.setTargetBytecode(CompilerConfiguration.JDK17);
        configuration.setBytecodePostprocessor(new RestrainedCode());
        // Ctrl-C ends a loop that neither waits nor reads.
        configuration.addCompilationCustomizers(declarations, new ASTTransformationCustomizer(ThreadInterrupt.class));
        loader = new GroovyClassLoader(Evaluator.class.getClassLoader(), configuration);
    }

    /** Runs an input to its end. One that begins with a dot goes on from the last value. */
    Outcome evaluate(String input) {
        String text = expanded(input);
        // Each input has a file name of its own, so that a stack trace tells which one it is about.
        ScriptSource source = new ScriptSource("line " + (sources.size() + 1), text);
        sources.put(source.name(), source);
        try {
            Class<?> type = parse(source);
            if (!Script.class.isAssignableFrom(type)) {
                return new Outcome.Value(null, true); // a class
            }
            Script script = (Script) type.getDeclaredConstructor().newInstance();
            script.setBinding(binding);
            declarations.functions().forEach(name -> binding.setVariable(name, new MethodClosure(script, name)));
            boolean assigned = declarations.isAssignment();
            Object value = session.run(script::run);
            if (value != null) {
                binding.setVariable(LAST, value);
            }
            return new Outcome.Value(value, assigned);
        } catch (BrokenPipe e) {
            throw e; // nobody is there to be told of it
        } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
            return failure(e, source);
        }
    }

    /** The input with the name of the last value before a dot that it begins with. */
    static String expanded(String input) {
        return input.stripLeading().matches("(?s)\\??\\.[^.].*") ? LAST + input.stripLeading() : input;
    }

    private Class<?> parse(ScriptSource source) {
        GroovyCodeSource code = new GroovyCodeSource(source.text(), source.name(), "/davit/shell");
        code.setCachable(false);
        Class<?> type = loader.parseClass(code);
        declarations.keep();
        return type;
    }

    /** A failure is told by the line that the user wrote and that was reached last, maybe long ago in a function. */
    private Outcome.Failure failure(Throwable failure, ScriptSource current) {
        ScriptSource place = current;
        for (StackTraceElement frame : failure.getStackTrace()) {
            ScriptSource source = sources.get(String.valueOf(frame.getFileName()));
            if (source != null) {
                place = source;
                break;
            }
        }
        return new Outcome.Failure(ScriptError.of(failure, place), place != current, failure);
    }

    Session session() {
        return session;
    }

    /** The variables and functions, in the order in which they came. */
    Map<String, @Nullable Object> variables() {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        ((Map<?, ?>) binding.getVariables()).forEach((name, value) -> variables.put(String.valueOf(name), value));
        return Collections.unmodifiableMap(variables);
    }

    /** The class that a simple or a full name stands for, as in an input. */
    Optional<Class<?>> type(String name) {
        String imported = declarations.imports().get(name);
        if (imported != null) {
            return load(imported);
        }
        Optional<Class<?>> type = load(name);
        for (String place : declarations.packages()) {
            type = type.or(() -> load(place + name));
        }
        for (String place : ResolveVisitor.DEFAULT_IMPORTS) {
            type = type.or(() -> load(place + name));
        }
        return type;
    }

    private Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }
}
