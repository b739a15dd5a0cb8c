package dev.davit.dsl;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what a script that is only planned would do past Davit's verbs: write files, run programs. What is below a
 * temporary file or folder that it has made itself may be written. A plan in which something was held back fails, even if the
 * script goes on. What libraries in Java write when a script calls them is not known here.
 */
public final class Restraint {

    private final boolean runsPrograms;
    private final Set<Path> temporary = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Restrained first;

    Restraint(boolean runsPrograms) {
        this.runsPrograms = runsPrograms;
        RestrainedClass.install();
    }

    /** The one that this thread is under. */
    static Optional<Restraint> current() {
        return Session.innermost().flatMap(Session::restraint);
    }

    /** One that allows no more than this one does. */
    Restraint with(boolean programs) {
        return programs || !runsPrograms ? this : new Restraint(false);
    }

    /** Goes before a file is written. @param call what the script says for it */
    void file(String call, Object path) {
        Path file = absolute(path);
        if (temporary.stream().noneMatch(file::startsWith)) {
            throw refused(call, path + " is not written, as this is only a plan: say text '/path', '…' for text in a layer, "
                    + "or take a temporary file");
        }
    }

    /** Goes after a temporary file or folder was made. */
    void made(Object path) {
        temporary.add(absolute(path));
    }

    private static Path absolute(Object path) {
        return Path.of(path.toString()).toAbsolutePath().normalize();
    }

    /** Goes before a program is run. */
    void program(String call, Object command) {
        if (!runsPrograms) {
            throw refused(call, "'" + command + "' is not run, as a plan cannot tell what a program writes: --programs, or "
                    + "plan(programs: true) { … }, lets it");
        }
    }

    /** Fails if something has been held back. */
    void check() {
        Restrained failure = first;
        if (failure != null) {
            throw failure;
        }
    }

    private Restrained refused(String call, String sentence) {
        Restrained failure = new Restrained(call, sentence);
        synchronized (this) {
            first = first == null ? failure : first;
        }
        return failure;
    }

    /** Statically compiled code comes here before it calls something that writes, see {@link RestrainedCode}. */
    public static void writes(String type, String call) {
        current().ifPresent(restraint -> restraint.file(call, "the file of " + type + "." + call));
    }

    /** And here before it runs a program. */
    public static void runs(String type, String call) {
        current().ifPresent(restraint -> restraint.program(call, type + "." + call));
    }
}
