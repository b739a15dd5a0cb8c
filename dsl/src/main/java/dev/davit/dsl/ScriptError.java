package dev.davit.dsl;

import dev.davit.edit.FileEditor;
import dev.davit.edit.Healthcheck;
import dev.davit.edit.ImageEditor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.policy.Policy;
import dev.davit.tar.LayerBuilder;
import groovy.lang.GroovySystem;
import groovy.lang.MetaClass;
import groovy.lang.MetaMethod;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a script, told by its place in the source:
 *
 * <pre>
 * error: an image has no 'withEvn'; did you mean 'withEnv'?
 *   --> site.groovy:8:6
 *    |
 *  8 |     .withEvn(NGINX_PORT: '8080')
 *    |      ^^^^^^^
 * </pre>
 *
 * @param message one sentence
 * @param line from 1; 0 if the failure has no place in the source
 * @param column from 1; 0 if only the line is known
 * @param length characters that the caret underlines
 */
public record ScriptError(String message, @Nullable String cause, ScriptSource source, int line, int column, int length) {

    private static final Map<Class<?>, String> NOUNS = Map.of(Image.class, "an image", Index.class, "an index",
            Layer.class, "a layer", LayerBuilder.class, "the layer block", ImageEditor.class, "the edit block",
            Policy.class, "the check block", FileEditor.class, "the mapFiles block", Healthcheck.class, "the healthcheck block");

    /** Finds out what failed, and where in the source. */
    public static ScriptError of(Throwable failure, ScriptSource source) {
        Throwable real = Sentence.unwrap(failure);
        if (real instanceof MultipleCompilationErrorsException e
                && e.getErrorCollector().getError(0) instanceof SyntaxErrorMessage first) {
            var syntax = first.getCause();
            return new ScriptError(Secrecy.line(syntax.getOriginalMessage()), null, source, syntax.getStartLine(),
                    syntax.getStartColumn(), 1);
        }
        StackTraceElement[] stack = real.getStackTrace();
        int frame = 0;
        while (frame < stack.length && !source.fileName().equals(stack[frame].getFileName())) {
            frame++;
        }
        int line = frame < stack.length ? stack[frame].getLineNumber() : 0;
        Names names = Names.in(source);
        String name = name(real, stack, frame);
        Optional<Names.Place> place = line == 0 || name == null ? Optional.empty() : names.find(name, line);
        return new ScriptError(message(real, names), Sentence.cause(real), source,
                place.map(Names.Place::line).orElse(line), place.map(Names.Place::column).orElse(0),
                place.map(p -> p.name().length()).orElse(0));
    }

    /** The name in the source that the failure is about: what is missing, or the verb that failed. */
    private static @Nullable String name(Throwable failure, StackTraceElement[] stack, int scriptFrame) {
        if (failure instanceof MissingMethodException e) {
            return e.getMethod();
        }
        if (failure instanceof MissingPropertyException e) {
            return e.getProperty();
        }
        if (failure instanceof UnknownName e) {
            return e.name();
        }
        if (failure instanceof Restrained e) {
            return e.name();
        }
        for (int i = scriptFrame - 1; i >= 0; i--) {
            if (stack[i].getClassName().startsWith("dev.davit.")) {
                return property(stack[i].getMethodName());
            }
        }
        return null;
    }

    /** What a script calls this method: the property that it gets, or itself. */
    private static String property(String method) {
        return method.matches("get[A-Z].*") ? Character.toLowerCase(method.charAt(3)) + method.substring(4) : method;
    }

    private static String message(Throwable failure, Names names) {
        if (failure instanceof MissingMethodException e) {
            return missingMethod(e);
        }
        if (failure instanceof MissingPropertyException e) {
            List<String> known = new ArrayList<>(names.variables());
            if (e.getType() != null) {
                methods(e.getType()).forEach(method -> known.add(property(method)));
            }
            return (isScript(e.getType()) ? "there is no variable '" : noun(e.getType()) + " has no property '")
                    + e.getProperty() + "'" + Suggestion.clause(e.getProperty(), known);
        }
        return Sentence.of(failure);
    }

    private static String missingMethod(MissingMethodException e) {
        String method = e.getMethod();
        List<String> forms = forms(e.getType(), method);
        if (!forms.isEmpty()) {
            String given = Arrays.stream(e.getArguments())
                    .map(argument -> argument == null ? "null" : argument.getClass().getSimpleName())
                    .collect(Collectors.joining(", ", "(", ")"));
            return "'" + method + "' does not take " + given + "; it takes " + String.join(" or ", forms);
        }
        List<String> known = new ArrayList<>(methods(e.getType()));
        if (isScript(e.getType())) {
            known.addAll(methods(LayerBuilder.class));
            known.addAll(methods(ImageEditor.class));
        }
        return (isScript(e.getType()) ? "there is no verb '" : noun(e.getType()) + " has no '") + method + "'"
                + Suggestion.clause(method, known);
    }

    private static List<String> forms(Class<?> type, String method) {
        return allMethods(type).stream().filter(m -> m.getName().equals(method))
                .map(m -> Arrays.stream(m.getNativeParameterTypes()).map(parameter -> parameter.getSimpleName())
                        .collect(Collectors.joining(", ", "(", ")")))
                .distinct().sorted().toList();
    }

    private static List<String> methods(Class<?> type) {
        return allMethods(type).stream().map(MetaMethod::getName).filter(name -> !name.contains("$")).distinct().toList();
    }

    private static List<MetaMethod> allMethods(Class<?> type) {
        MetaClass meta = metaClass(type);
        List<MetaMethod> methods = new ArrayList<>(meta.getMethods());
        methods.addAll(meta.getMetaMethods());
        return methods;
    }

    private static MetaClass metaClass(Class<?> type) {
        return GroovySystem.getMetaClassRegistry().getMetaClass(type);
    }

    private static boolean isScript(@Nullable Class<?> type) {
        return type == null || Script.class.isAssignableFrom(type);
    }

    private static String noun(Class<?> type) {
        return NOUNS.getOrDefault(type, type.getSimpleName());
    }

    /** The whole report, of several lines. */
    @Override
    public String toString() {
        StringBuilder report = new StringBuilder("error: ").append(message);
        if (line > 0) {
            String number = String.valueOf(line);
            String margin = " ".repeat(number.length() + 2);
            report.append('\n').append(margin.substring(1)).append("--> ").append(source.name()).append(':').append(line);
            if (column > 0) {
                report.append(':').append(column);
            }
            String text = source.line(line);
            report.append('\n').append(margin).append('|');
            report.append("\n ").append(number).append(" | ").append(Secrecy.line(text));
            if (column > 0) {
                // Tabs stay tabs, so that the caret stands below its name.
                String indent = Secrecy.line(text.substring(0, Math.min(column - 1, text.length()))).replaceAll("[^\t]", " ");
                report.append('\n').append(margin).append("| ").append(indent).append("^".repeat(Math.max(1, length)));
            }
        }
        if (cause != null) {
            report.append("\ncause: ").append(cause);
        }
        return report.toString();
    }
}
