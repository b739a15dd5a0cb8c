package dev.davit.repl;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the shell itself understands, beside Groovy.
 *
 * @param replaces whether a file that is there is written anew
 */
record Command(Name name, String argument, boolean replaces) {

    /** The commands; the text is what help says of them. */
    enum Name {
        HELP("all verbs; with a verb's name, what it takes"),
        RECIPE("this session as a script; with a file's name, such as 'site.groovy', writes it there"),
        TRACE("the stack trace of the last error"),
        QUIT("leaves; so does Ctrl-D");

        private final String summary;

        Name(String summary) {
            this.summary = summary;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        String summary() {
            return summary;
        }

        /** Whether it is also understood without its colon. */
        boolean isBare() {
            return this != TRACE;
        }
    }

    private static final Pattern RECIPE_FORM = Pattern.compile(
            "\\s*:?recipe(?:\\s*\\(\\s*|\\s+)?"
                    + "(?:(['\"])(?<file>[^'\"]+)\\1(?<again>\\s*,\\s*replace\\s*:\\s*true)?)?\\s*\\)?\\s*;?\\s*");

    private static final Pattern FORM = Pattern.compile(
            "\\s*(?::(help|trace|quit|exit)|(help|quit|exit))(?:[\\s(]+['\"]?([\\w:]*)['\"]?\\)?)?\\s*;?\\s*");

    static Optional<Command> parse(String line) {
        Matcher recipe = RECIPE_FORM.matcher(line);
        if (recipe.matches()) {
            String file = recipe.group("file") == null ? "" : recipe.group("file");
            return Optional.of(new Command(Name.RECIPE, file, recipe.group("again") != null));
        }
        Matcher form = FORM.matcher(line);
        if (!form.matches()) {
            return Optional.empty();
        }
        String word = form.group(1) == null ? form.group(2) : form.group(1);
        String argument = form.group(3) == null ? "" : form.group(3);
        return Optional.of(switch (word) {
            case "help" -> new Command(Name.HELP, argument, false);
            case "trace" -> new Command(Name.TRACE, argument, false);
            default -> new Command(Name.QUIT, argument, false);
        });
    }

    static boolean isOne(String line) {
        return parse(line).isPresent();
    }
}
