package dev.davit.scripts;

import dev.davit.dsl.ScriptError;
import dev.davit.dsl.ScriptSource;
import dev.davit.dsl.Secrecy;
import dev.davit.dsl.Sentence;
import dev.davit.dsl.Session;
import dev.davit.dsl.Suggestion;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Davit's command line: runs script files, expressions and the commands that come with Davit. */
public final class Runner {

    private static final String EXPRESSION = "-e";
    /** What may come before everything else. */
    private static final List<String> FLAGS = List.of("--trace", "--verbose", "-v");

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Path folder;
    private final Path home = Path.of(System.getProperty("davit.home", "."));
    private final Commands commands = Commands.in(home);
    private Consumer<Session> beginning = session -> { };
    private boolean trace;
    private boolean verbose;

    private Runner(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Path folder) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Does what a command line says.
     *
     * @param out gets the results, and nothing else
     * @param folder where relative paths start
     * @return what the process is to end with; see {@link ExitCode}
     */
    public static int run(List<String> words, InputStream in, PrintStream out, PrintStream err,
            Map<String, String> environment, Path folder) {
        return run(words, in, out, err, environment, folder, session -> { });
    }

    /** The same. @param beginning told of the session of a script before that runs */
    static int run(List<String> words, InputStream in, PrintStream out, PrintStream err, Map<String, String> environment,
            Path folder, Consumer<Session> beginning) {
        Runner runner = new Runner(in, out, err, environment, folder);
        runner.beginning = beginning;
        return runner.run(new ArrayDeque<>(words)).number();
    }

    /** The process: standard streams, UTF-8. Ends it, whatever threads there are. */
    public static void main(String[] args) {
        Interruption interruption = Interruption.watch();
        PrintStream out = BrokenPipe.detecting(new FileOutputStream(FileDescriptor.out));
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        interruption.exit(run(List.of(args), System.in, out, err, System.getenv(), Path.of("")));
    }

    private ExitCode run(Deque<String> words) {
        try {
            while (FLAGS.contains(String.valueOf(words.peek()))) {
                boolean isTrace = words.remove().equals("--trace");
                trace |= isTrace;
                verbose |= !isTrace;
            }
            return dispatch(words);
        } catch (BrokenPipe e) {
            return ExitCode.FAILURE;
        } catch (IOException | RuntimeException e) {
            return failure("davit", e);
        }
    }

    private ExitCode dispatch(Deque<String> words) throws IOException {
        switch (words.isEmpty() ? "--help" : words.peek()) {
            case "--help", "-h" -> {
                return help();
            }
            case "--version" -> {
                out.println("davit " + Version.TEXT);
                return ExitCode.SUCCESS;
            }
            case "help" -> {
                words.remove();
                if (words.isEmpty()) {
                    return help();
                }
                return command(words, List.of("--help"));
            }
            case EXPRESSION -> {
                words.remove();
                if (words.isEmpty()) {
                    throw new UsageException("-e needs an expression, such as -e '1 + 1'");
                }
                return execute(job(EXPRESSION, new ScriptSource(EXPRESSION, words.remove()), words, folder));
            }
            case "run" -> {
                words.remove();
                if (words.isEmpty()) {
                    throw new UsageException("run needs a script: a file, or - for standard input");
                }
                return script(words.remove(), words);
            }
            default -> {
                String first = words.element();
                if (first.equals("-") || first.endsWith(Commands.SUFFIX) || first.contains("/")) {
                    return script(words.remove(), words);
                }
                return command(words, null);
            }
        }
    }

    private ExitCode command(Deque<String> words, @Nullable List<String> arguments) throws IOException {
        String first = words.element();
        Optional<String> name = commands.take(words);
        if (name.isPresent()) {
            return execute(command(name.get(), arguments == null ? List.copyOf(words) : arguments));
        }
        if (isScript(folder.resolve(first))) {
            return script(words.remove(), words);
        }
        List<String> longer = commands.startingWith(first);
        if (!longer.isEmpty()) {
            throw new UsageException("there are several commands '" + first + "': " + String.join(", ", longer));
        }
        List<String> known = commands.known();
        throw new UsageException(first.startsWith("-") ? "unknown option '" + first + "'; 'davit help' tells what there is"
                : "there is no command or script '" + first + "'" + Suggestion.of(first, known)
                .map(near -> "; did you mean '" + near + "'?").orElse("; 'davit help' tells what there is"));
    }

    private static boolean isScript(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return new String(bytes.readNBytes(2), StandardCharsets.US_ASCII).equals("#!");
        }
    }

    private Job command(String name, List<String> arguments) throws IOException {
        ScriptSource source = ScriptSource.read(name.replace(' ', '/') + Commands.SUFFIX, commands.file(name));
        return new Job("davit " + name, source, arguments, in, out, err, folder, folder, true);
    }

    private ExitCode script(String name, Deque<String> words) throws IOException {
        if (name.equals("-")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return execute(job("-", new ScriptSource("-", text), words, folder));
        }
        Path file = folder.resolve(name);
        return execute(job(name, ScriptSource.read(name, file), words, file.toAbsolutePath().normalize().getParent()));
    }

    private Job job(String name, ScriptSource source, Deque<String> words, Path start) {
        return new Job(name, source, List.copyOf(words), in, out, err, start, folder, false);
    }

    private ExitCode execute(Job job) {
        Recipe recipe = null;
        try (Session session = new Session(job.folder(), environment, out, err)) {
            Recipe script = load(job);
            recipe = script;
            beginning.accept(session);
            if (verbose) {
                session.verbose();
            }
            if (!job.ours() && !job.name().equals(EXPRESSION)) {
                session.warnOfMovingTags(job.name());
            }
            return session.run(() -> {
                Object value = script.run();
                if (job.name().equals(EXPRESSION) && value != null) {
                    script.println(value);
                }
                return ExitCode.SUCCESS;
            });
        } catch (HelpWanted help) {
            out.print(Help.of(job.name(), help.parameters()));
            return ExitCode.SUCCESS;
        } catch (BrokenPipe e) {
            throw e;
        } catch (Exception | StackOverflowError | AssertionError e) {
            trace |= recipe != null && recipe.isSet("trace");
            return isInterruption(e) ? ExitCode.INTERRUPTED : failure(job, e);
        }
    }

    private Recipe load(Job job) {
        Recipe recipe = CompiledScript.of(job.source(),
                List.of(home.resolve("compiled"), Session.cache(environment).resolve("classes"))).load();
        recipe.start(job);
        return recipe;
    }

    private ExitCode failure(Job job, Throwable failure) {
        if (job.ours() || failure instanceof UsageException) {
            return failure(job.name(), failure);
        }
        err.println(ScriptError.of(failure, job.source()));
        traced(failure);
        return ExitCode.of(failure);
    }

    private ExitCode failure(String name, Throwable failure) {
        err.println(name + ": " + Sentence.of(failure));
        traced(failure);
        return ExitCode.of(failure);
    }

    private void traced(Throwable failure) {
        if (trace) {
            err.print(Secrecy.trace(failure));
        }
    }

    private static boolean isInterruption(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException
                    || cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException)) {
                return true;
            }
        }
        return Thread.interrupted();
    }

    private ExitCode help() throws IOException {
        StringBuilder text = new StringBuilder("""
                Davit, a crane for container images

                Usage: davit [-v] [--trace] COMMAND [ARGUMENTS]
                       davit [-v] [--trace] [run] FILE.groovy [ARGUMENTS]
                       davit [-v] [--trace] -e 'EXPRESSION' [ARGUMENTS]
                """);
        Map<String, String> lines = new LinkedHashMap<>();
        for (String name : commands.names()) {
            lines.put(name, description(name));
        }
        Help.section(text, "Commands", lines);
        lines.clear();
        lines.put("FILE.groovy", "run a script; - reads it from standard input");
        lines.put("-e 'EXPRESSION'", "evaluate it and print its value");
        lines.put("help COMMAND", "show what a command takes");
        lines.put("--trace", "show the stack trace of a failure");
        lines.put("-v, --verbose", "print each request to a registry");
        lines.put("--version", "show which Davit this is");
        Help.section(text, "Otherwise", lines);
        lines.clear();
        for (ExitCode code : ExitCode.values()) {
            lines.put(String.valueOf(code.number()), code.meaning());
        }
        Help.section(text, "Exit codes", lines);
        out.print(text);
        return ExitCode.SUCCESS;
    }

    private String description(String name) throws IOException {
        try {
            load(command(name, List.of("--help"))).run();
            return "";
        } catch (HelpWanted help) {
            return help.parameters().description();
        }
    }
}
