package dev.davit.repl;

import dev.davit.blob.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a session has done, as a script that does the same: without what failed, and without what only looked. */
final class SessionRecipe {

    /** What a script calls a value that goes on in a later line, and that the session gave no name. */
    private static final String LAST = "lastValue";

    /** An input that ran; it may go on from the value of another one. */
    private static final class Step {

        private final Said said;
        private final @Nullable Step source;
        private final boolean secret;

        Step(Said said, @Nullable Step source, boolean secret) {
            this.said = said;
            this.source = source;
            this.secret = secret;
        }

        /** @param asked whether a later line goes on from its value */
        String text(boolean asked) {
            String from = source == null ? LAST : source.said.variable().orElse(LAST);
            return secret ? "// a line with a secret is left out"
                    : said.script(from, asked && said.variable().isEmpty() ? LAST : "").strip();
        }
    }

    private final List<Step> steps = new ArrayList<>();
    private @Nullable Step last;

    /** Notes an input that ran, and whether it gave a value. */
    synchronized void add(String input, boolean gives) {
        Said.of(Evaluator.expanded(input)).ifPresent(said -> {
            Step step = new Step(said, said.usesLast() ? last : null, ShellHistory.isSecret(input));
            steps.add(step);
            if (gives) {
                last = step;
            }
        });
    }

    /** The script: each input in a line, or in as many as it had. */
    synchronized String text() {
        // From the end: a line that only looked is needed where a later one goes on from it, a function unless it is said anew.
        Set<Step> asked = new HashSet<>();
        Set<String> functions = new HashSet<>();
        StringBuilder script = new StringBuilder();
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            boolean anew = step.said.onlyDeclaresFunctions() && functions.containsAll(step.said.functions());
            if (anew || step.said.onlyLooks() && !asked.contains(step)) {
                continue;
            }
            functions.addAll(step.said.functions());
            if (step.source != null) {
                asked.add(step.source);
            }
            script.insert(0, step.text(asked.contains(step)) + "\n");
        }
        return script.toString();
    }

    /**
     * Writes the script, and says what it did.
     *
     * @param folder where the session's relative paths start; a script's start in its own folder
     * @throws IllegalArgumentException if there is such a file already, which is not to be replaced, or nothing to write
     */
    String write(Path folder, String name, boolean replaces) throws IOException {
        Path file = folder.resolve(name).normalize();
        String script = text();
        if (script.isEmpty()) {
            throw new IllegalArgumentException("this session has done nothing yet that a recipe could do again");
        }
        if (Files.exists(file) && !replaces) {
            throw new IllegalArgumentException("there is a file '" + name + "' already; recipe '" + name
                    + "', replace: true writes it anew");
        }
        AtomicFile.write(file, script.getBytes(StandardCharsets.UTF_8));
        long lines = script.lines().count();
        return name + ": " + lines + (lines == 1 ? " line" : " lines") + (folder.equals(file.getParent()) ? ""
                : "; relative paths in it start in its own folder, and no longer in " + folder);
    }
}
