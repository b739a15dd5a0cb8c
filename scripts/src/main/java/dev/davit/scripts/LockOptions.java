package dev.davit.scripts;

import dev.davit.blob.AtomicFile;
import dev.davit.dsl.Lock;
import dev.davit.dsl.Locking;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What a command line says of the lock of the recipe that it runs. */
final class LockOptions {

    private static final String UPDATE = "--update";
    private static final String EVERY = "*";

    private final List<String> updated = new ArrayList<>();
    private boolean ignored;

    /** Takes those that the words begin with. */
    void take(Deque<String> words) {
        while (!words.isEmpty()) {
            String word = words.element();
            if (word.equals("--no-lock")) {
                ignored = true;
            } else if (word.equals(UPDATE)) {
                updated.add(EVERY);
            } else if (word.startsWith(UPDATE + "=")) {
                updated.add(word.substring(UPDATE.length() + 1));
            } else {
                return;
            }
            words.remove();
        }
    }

    boolean isSet() {
        return ignored || !updated.isEmpty();
    }

    /** How a run of a recipe deals with its lock; nothing where it has none. */
    Optional<Locking> locking(Path recipe) throws IOException {
        if (ignored) {
            return Optional.empty();
        }
        return updated.isEmpty() ? Locking.of(recipe) : Optional.of(anew(recipe, updated));
    }

    /** For a new lock in the place of the old one. @param updated the references that are read anew */
    static Locking anew(Path recipe, List<String> updated) throws IOException {
        return Locking.anew(Lock.of(recipe), recipe, updated.contains(EVERY),
                updated.stream().filter(name -> !name.equals(EVERY)).toList());
    }

    /** After a run that has succeeded: writes the lock if that was to be, else tells of inputs that make no difference. */
    void finish(Locking locking, Path recipe, PrintStream err) throws IOException {
        locking.check();
        if (updated.isEmpty()) {
            locking.changedInputs().forEach(line -> err.println("warning: " + Lock.beside(recipe).getFileName()
                    + " is old, and what is made is the same: " + line));
        } else {
            AtomicFile.write(Lock.beside(recipe), locking.lock().toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
