package dev.davit.repl;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the shell itself understands, beside Groovy. */
record Command(Name name, String argument) {

    /** The commands; the text is what help says of them. */
    enum Name {
        HELP("all verbs; with a verb's name, what it takes"),
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

    private static final Pattern FORM = Pattern.compile(
            "\\s*(?::(help|trace|quit|exit)|(help|quit|exit))(?:[\\s(]+['\"]?([\\w:]*)['\"]?\\)?)?\\s*;?\\s*");

    static Optional<Command> parse(String line) {
        Matcher form = FORM.matcher(line);
        if (!form.matches()) {
            return Optional.empty();
        }
        String word = form.group(1) == null ? form.group(2) : form.group(1);
        String argument = form.group(3) == null ? "" : form.group(3);
        return Optional.of(switch (word) {
            case "help" -> new Command(Name.HELP, argument);
            case "trace" -> new Command(Name.TRACE, argument);
            default -> new Command(Name.QUIT, argument);
        });
    }

    static boolean isOne(String line) {
        return parse(line).isPresent();
    }
}
