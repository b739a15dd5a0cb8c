package dev.davit.repl;

import dev.davit.dsl.Sentence;
import dev.davit.dsl.Secrecy;
import dev.davit.dsl.Session;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Answers inputs, whoever gives them. */
final class Conversation {

    /** What comes back for an input. */
    record Reply(Kind kind, String text) {

        enum Kind { RESULT, ERROR, END }

        /** Where there is nothing to say. */
        static final Reply NOTHING = new Reply(Kind.RESULT, "");
    }

    private final Evaluator evaluator;
    private final SessionRecipe recipe = new SessionRecipe();
    private @Nullable Throwable lastFailure;

    Conversation(Session session) {
        this.evaluator = new Evaluator(session);
    }

    Evaluator evaluator() {
        return evaluator;
    }

    /** Does what a complete input says. */
    Reply answer(String input, Display display, Ink ink) {
        return Command.parse(input).map(command -> obey(command, display, ink))
                .orElseGet(() -> evaluate(input, display));
    }

    private Reply obey(Command command, Display display, Ink ink) {
        return switch (command.name()) {
            case HELP -> new Reply(Reply.Kind.RESULT, command.argument().isEmpty() ? HelpText.all(display.width(), ink)
                    : HelpText.of(command.argument(), display.width(), ink));
            case RECIPE -> recipe(command);
            case TRACE -> new Reply(Reply.Kind.RESULT, trace());
            case QUIT -> new Reply(Reply.Kind.END, "");
        };
    }

    private Reply recipe(Command command) {
        try {
            return new Reply(Reply.Kind.RESULT, command.argument().isEmpty() ? recipe.text().stripTrailing()
                    : recipe.write(evaluator.session().folder(), command.argument(), command.replaces()));
        } catch (IOException | RuntimeException e) {
            lastFailure = e;
            return new Reply(Reply.Kind.ERROR, "error: " + Sentence.of(e));
        }
    }

    private String trace() {
        Throwable failure = lastFailure;
        if (failure == null) {
            return "nothing has failed yet";
        }
        return Secrecy.trace(failure).stripTrailing();
    }

    private Reply evaluate(String input, Display display) {
        Outcome outcome = evaluator.evaluate(input);
        if (outcome instanceof Outcome.Failure failure) {
            lastFailure = failure.cause();
            String report = failure.error().toString();
            // The user has just typed the line, and needs no name for it.
            return new Reply(Reply.Kind.ERROR, failure.earlier() ? report : report.replaceFirst("\n *--> .*", ""));
        }
        Outcome.Value result = (Outcome.Value) outcome;
        recipe.add(input, result.value() != null);
        if (result.assigned()) {
            return Reply.NOTHING;
        }
        try {
            return new Reply(Reply.Kind.RESULT, evaluator.session().run(() -> display.show(result.value())));
        } catch (Exception e) {
            lastFailure = e;
            return new Reply(Reply.Kind.ERROR, "error: " + Sentence.of(e));
        }
    }
}
