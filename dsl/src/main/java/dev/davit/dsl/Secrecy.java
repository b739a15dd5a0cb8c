package dev.davit.dsl;

import groovy.lang.MissingMethodException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;

/** Keeps the secrets that stand in a script out of what is said of it. */
public final class Secrecy {

    private static final String LITERAL = "(?:'[^']*'?|\"[^\"]*\"?)";
    private static final Pattern VERB = Pattern.compile("\\b(credentials|login)\\b");
    /** Also where the name is misspelt. */
    private static final Pattern NAMED =
            Pattern.compile("(?i)((?:pas|pw|tok|secr)\\w*['\"]?\\s*[:=]\\s*)" + LITERAL);

    private Secrecy() {
    }

    /** A line without the texts that follow names like {@code password}, and without any where credentials are given. */
    static String line(String line) {
        return VERB.matcher(line).find() ? line.replaceAll(LITERAL, "'…'") : NAMED.matcher(line).replaceAll("$1'…'");
    }

    /** A stack trace, without the arguments that Groovy quotes where no method takes them. */
    public static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        String trace = text.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingMethodException e) {
                trace = trace.replace(e.getMessage(), "no form of '" + e.getMethod() + "' takes these arguments");
            }
        }
        return trace;
    }
}
