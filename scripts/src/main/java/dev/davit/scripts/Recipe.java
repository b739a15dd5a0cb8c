package dev.davit.scripts;

import dev.davit.blob.AtomicFile;
import dev.davit.blob.Digest;
import dev.davit.dsl.Blocks;
import dev.davit.dsl.Bump;
import dev.davit.dsl.DavitScript;
import dev.davit.dsl.Lock;
import dev.davit.dsl.Locking;
import dev.davit.dsl.LookVerbs;
import dev.davit.dsl.Plan;
import dev.davit.dsl.Session;
import dev.davit.proof.Proof;
import dev.davit.usage.DifferenceFound;
import dev.davit.usage.Parameters;
import dev.davit.usage.Params;
import dev.davit.usage.UsageException;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a script can say, beyond the verbs: what it takes on its command line. */
public abstract class Recipe extends DavitScript {

    private static final int LONGEST_SECRET = 64 << 10;

    private @Nullable Job job;
    private @Nullable Params params;
    private @Nullable Attempts attempts;

    void start(Job itsJob, Session session) {
        job = itsJob;
        itsJob.common().apply(session);
        getBinding().setVariable("args", itsJob.arguments().toArray(String[]::new));
        session.locking().ifPresent(lock -> lock.said(itsJob.words()));
    }

    /** Says what the script takes on its command line, and reads it; the values are in {@link #getParams()}. */
    public void params(
            @DelegatesTo(value = Parameters.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) {
        Parameters parameters = Blocks.run(block, new Parameters());
        Map<String, String> kept = job().arguments().isEmpty() ? session().locking().map(Locking::kept).orElse(Map.of()) : Map.of();
        params = kept.isEmpty() ? parameters.parse(job().arguments(), job().caller(), job().common())
                : parameters.parse(parameters.words(kept), job().folder(), job().common());
        job().common().apply(session());
        Map<String, String> texts = params.texts(job().folder());
        if (!texts.entrySet().containsAll(kept.entrySet())) {
            throw new UsageException("the parameters in the lock are not what " + job().name() + " takes: say --arguments");
        }
        session().locking().ifPresent(lock -> lock.parameters(texts));
        if (parameters.hasSecret()) {
            session().locking().ifPresent(lock -> lock.said(List.of(job().name())));
        }
    }

    /** The values that the command line gives; the block {@code params { }} must come first. */
    public Params getParams() {
        Params given = params;
        if (given == null) {
            throw new IllegalStateException("this script has no parameters yet: say 'params { }' first");
        }
        return given;
    }

    /** What the script was given on its standard input. */
    public InputStream getStdin() {
        return job().in();
    }

    /** Where results go, as a stream of bytes. */
    public PrintStream getStdout() {
        return job().out();
    }

    /** Where progress and warnings go: nowhere, if the command line says {@code --quiet}. */
    public PrintStream getStderr() {
        return session().err();
    }

    /**
     * Asks on the terminal for something that is not shown while it is typed.
     *
     * @throws UsageException if there is no terminal
     */
    public String secret(Object prompt) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        if (typed == null) {
            throw new UsageException("there is no terminal to ask for the password: say --password-stdin");
        }
        return new String(typed);
    }

    /**
     * What the user makes of a text: what standard input has, unless that is a terminal; else what the editor leaves that
     * {@code VISUAL} or {@code EDITOR} names.
     *
     * @param name of the file that the editor gets, whose ending tells it what the text is
     */
    public byte[] edited(byte[] text, String name) throws IOException, InterruptedException {
        if (!session().isTerminal(0)) {
            return job().in().readAllBytes();
        }
        Map<String, String> environment = session().environment();
        String editor = environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", "vi"));
        Path folder = Files.createTempDirectory("davit-edit");
        Path file = folder.resolve(name);
        try {
            Files.write(file, text);
            int status = new ProcessBuilder("sh", "-c", editor + " \"$1\"", editor, file.toString()).inheritIO().start()
                    .waitFor();
            if (status != 0) {
                throw new UsageException(editor + " ended with " + status + ": nothing is changed");
            }
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /** What the lines of a file say, or of standard input for {@code -}; without empty ones, and what follows a {@code #}. */
    public List<String> lines(Object file) throws IOException {
        String text = file.toString().equals("-") ? new String(job().in().readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(session().source(file));
        return text.lines().map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty()).toList();
    }

    /** The first line of standard input, without its end; of a length that secrets have. */
    public String secretLine() throws IOException {
        String text = new String(job().in().readNBytes(LONGEST_SECRET), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("");
    }

    /** Writes what checks find to this file, as build servers read it. */
    public void junit(Object path) {
        Session.current().junit(job().caller().resolve(path.toString()));
    }

    /** Runs another script in this session, for the blocks {@code check} that it has. */
    public void policy(Object path) throws IOException {
        run(job().other(path.toString(), List.of()));
    }

    /**
     * What a recipe would write, held to its lock, and nothing of it is done.
     *
     * @param options {@code lock}, false for a recipe as if it had none; {@code programs}, whether it may run programs
     * @param words what the recipe takes on its command line
     */
    public Plan plan(Map<?, ?> options, Object recipe, List<?> words) throws Exception {
        Job other = job().other(recipe.toString(), words);
        Optional<Locking> locking = Boolean.FALSE.equals(options.get("lock")) ? Optional.empty() : Locking.of(file(recipe));
        return Session.current().plan(other.folder(), Boolean.TRUE.equals(options.get("programs")), () -> {
            locking.ifPresent(Session.current()::lock);
            run(other);
            if (locking.isPresent()) {
                locking.get().check();
            }
            return locking;
        });
    }

    /**
     * Writes the lock of a recipe beside it, and returns what is new in it.
     *
     * @param options {@code update}, the references that are not to stay as they are locked, {@code *} for all
     * @param words what the recipe takes on its command line
     */
    public String lock(Map<?, ?> options, Object recipe, List<?> words) throws Exception {
        List<String> updated = options.get("update") instanceof List<?> names
                ? names.stream().map(Object::toString).toList() : List.of();
        return lock(recipe, words, LockOptions.anew(file(recipe), updated));
    }

    private Path file(Object recipe) {
        return job().caller().resolve(recipe.toString()).toAbsolutePath().normalize();
    }

    private String lock(Object recipe, List<?> words, Locking locking) throws Exception {
        Job other = job().other(recipe.toString(), words);
        StringBuilder report = new StringBuilder();
        Session.current().tryOut(other.folder(), () -> {
            Session.current().lock(locking);
            run(other);
            return report.append(locking.report(Session.current()));
        });
        AtomicFile.write(Lock.beside(file(recipe)), locking.lock().toString().getBytes(StandardCharsets.UTF_8));
        return report.toString();
    }

    /** Runs another script in the session of this thread. */
    private static Object run(Job other) {
        try {
            Recipe recipe = CompiledScript.of(other.source(), CompiledScript.folders(Session.current().environment())).load();
            recipe.start(other, Session.current());
            String value = String.valueOf(recipe.run());
            Session.current().checkRestraint();
            return value;
        } catch (Exception | StackOverflowError | AssertionError e) {
            throw new OtherFailure(other, e);
        }
    }

    /**
     * Builds a recipe under other conditions, each time in a JVM of its own, and compares every byte; pushes nothing.
     *
     * @param words what the recipe takes on its command line
     */
    public Proof prove(Object recipe, List<?> words) throws IOException {
        Path file = job().caller().resolve(recipe.toString());
        String name = job().caller().relativize(file.toAbsolutePath().normalize()).toString();
        return Proof.of(Session.current(), Rebuild.class, file, name.startsWith("..") ? file.toString() : name,
                words.stream().map(Object::toString).toList(), job().caller());
    }

    /**
     * Calls the block with each of these, and goes on where that fails: tells of each failure at once, and fails with their
     * number at the end. Inside such a block another one only counts.
     */
    public void attempt(Iterable<?> things, Closure<?> block) {
        Attempts all = attempts == null ? new Attempts(job(), session()) : attempts;
        attempts = all;
        all.each(things, block);
    }

    /** The same for each entry of a map: the block gets its key and its value. */
    public void attempt(Map<?, ?> things, Closure<?> block) {
        attempt(things.entrySet(), block);
    }

    /** Ends the script with a sentence for whoever wrote its command line. */
    public void fail(Object sentence) {
        throw new UsageException(sentence.toString());
    }

    /** Ends the script as one that has found a difference, with a sentence that says so. */
    public void differ(Object sentence) {
        throw new DifferenceFound(sentence.toString());
    }

    /** What may take the place of each image of a registry that the lock of a recipe has; the options are those of a bump. */
    public List<Bump> bumps(Map<?, ?> options, Object recipe) throws IOException {
        List<Bump> bumps = new ArrayList<>();
        for (Map.Entry<String, Digest> base : Bases.of(job().caller().resolve(recipe.toString())).digests().entrySet()) {
            bumps.add(LookVerbs.bump(this, options, base.getKey(), base.getValue()));
        }
        return bumps;
    }

    /**
     * Takes newer images for a recipe: names their tags in its text, locks it anew, and returns what is new in the lock.
     *
     * @param words what the recipe takes on its command line; its parameters are as they are locked where there are none
     */
    public String take(List<Bump> bumps, Object recipe, List<?> words) throws Exception {
        List<Bump> newer = bumps.stream().filter(Bump::isStale).toList();
        List<String> names = newer.stream().map(bump -> bump.from().familiar()).toList();
        return Bases.of(file(recipe)).rewritten(newer, () -> lock(recipe, words,
                LockOptions.anew(file(recipe), names).keepingParameters(text -> Bases.renamed(text, newer))));
    }

    private Job job() {
        Job mine = job;
        if (mine == null) {
            throw new IllegalStateException("the script does not run yet");
        }
        return mine;
    }
}
