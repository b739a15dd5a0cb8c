package dev.davit.scripts;

import dev.davit.dsl.Locking;
import dev.davit.dsl.ScriptError;
import dev.davit.dsl.ScriptSource;
import dev.davit.dsl.Secrecy;
import dev.davit.dsl.Sentence;
import dev.davit.dsl.Session;
import dev.davit.dsl.Suggestion;
import dev.davit.progress.ErrorScreen;
import dev.davit.progress.Progress;
import dev.davit.scripts.Commands.Command;
import dev.davit.usage.CommonOptions;
import dev.davit.usage.Completion;
import dev.davit.usage.ExitCode;
import dev.davit.usage.Help;
import dev.davit.usage.HelpWanted;
import dev.davit.usage.UsageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Davit's command line: runs script files, expressions and the commands that come with Davit. */
public final class Runner {

    private static final String EXPRESSION = "-e";
    /** What the first word may be besides a command, a script or an option. */
    static final List<String> WORDS = List.of("help", "run", "completion");

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Path folder;
    private final Commands commands;
    private final CommonOptions common = new CommonOptions();
    private final LockOptions locks = new LockOptions();
    private final Consumer<Session> beginning;

    private Runner(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Path folder,
            Consumer<Session> beginning) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.folder = folder.toAbsolutePath().normalize();
        this.beginning = beginning;
        this.commands = Commands.of(Path.of(System.getProperty("davit.home", ".")), environment, this.folder);
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
        return new Runner(in, out, err, environment, folder, beginning).run(new ArrayDeque<>(words)).number();
    }

    /** The process: standard streams, UTF-8. Ends it, whatever threads there are. */
    public static void main(String[] args) {
        Interruption interruption = Interruption.watch();
        OutputStream errors = new FileOutputStream(FileDescriptor.err);
        int status;
        try (Progress progress = new Progress(errors, new ErrorScreen(System.getenv()))) {
            PrintStream out = Results.stream(progress.results(new FileOutputStream(FileDescriptor.out)));
            PrintStream err = new PrintStream(progress.errors(errors), true, StandardCharsets.UTF_8);
            status = run(List.of(args), System.in, out, err, System.getenv(), Path.of(""),
                    session -> session.transfers(progress));
        }
        interruption.exit(status);
    }

    private ExitCode run(Deque<String> words) {
        try {
            common.take(words);
            locks.take(words);
            common.take(words);
            return dispatch(words);
        } catch (IOException | RuntimeException e) {
            return failure("davit: " + Sentence.of(e), e);
        }
    }

    private ExitCode dispatch(Deque<String> words) throws IOException {
        switch (words.isEmpty() ? "--help" : words.peek()) {
            case "--help", "-h" -> {
                out.print(Overview.of(commands));
                return ExitCode.SUCCESS;
            }
            case "--version" -> {
                out.println("davit " + Version.TEXT);
                return ExitCode.SUCCESS;
            }
            case "help" -> {
                words.remove();
                if (words.isEmpty()) {
                    return dispatch(words);
                }
                return command(words, List.of("--help"));
            }
            case "completion" -> {
                words.remove();
                if (words.size() != 1) {
                    throw new UsageException("completion needs a shell: " + String.join(", ", Completion.SHELLS));
                }
                out.print(Completion.of(words.remove(), Descriptions.of(commands, commands.places().subList(0, 2), environment, folder)));
                return ExitCode.SUCCESS;
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
                locks.take(words);
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
        Optional<Command> command = commands.take(words);
        if (command.isPresent()) {
            if (locks.isSet()) {
                throw new UsageException("--no-lock and --update stand before a recipe, and 'davit " + first + "' is a command");
            }
            return execute(Job.of(command.get(), arguments == null ? List.copyOf(words) : arguments, in, out, folder, common));
        }
        if (arguments == null && isScript(folder.resolve(first))) {
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

    private ExitCode script(String name, Deque<String> words) throws IOException {
        if (name.equals("-")) {
            if (locks.isSet()) {
                throw new UsageException("--no-lock and --update are for recipes in files: standard input has no lock");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return execute(job("-", new ScriptSource("-", text), words, folder));
        }
        Path file = folder.resolve(name).toAbsolutePath().normalize();
        locks.take(words);
        return execute(job(name, ScriptSource.read(name, file), words, file.getParent()), locks.locking(file), file);
    }

    private Job job(String name, ScriptSource source, Deque<String> words, Path start) {
        return new Job(name, source, List.copyOf(words), in, out, start, folder, common, false);
    }

    private ExitCode execute(Job job) {
        return execute(job, Optional.empty(), job.folder());
    }

    private ExitCode execute(Job job, Optional<Locking> locking, Path file) {
        try (Session session = new Session(job.folder(), environment, out, err)) {
            Recipe script = CompiledScript.of(job.source(), CompiledScript.folders(environment)).load();
            beginning.accept(session);
            locking.ifPresent(session::lock);
            script.start(job, session);
            if (!job.ours() && !job.name().equals(EXPRESSION)) {
                session.warnOfMovingTags(job.name());
            }
            return session.run(() -> {
                Object value = script.run();
                if (job.name().equals(EXPRESSION) && value != null) {
                    script.println(value);
                }
                if (locking.isPresent()) {
                    locks.finish(locking.get(), file, session.err());
                }
                return ExitCode.SUCCESS;
            });
        } catch (Exception | StackOverflowError | AssertionError e) {
            return ended(job, e);
        }
    }

    private ExitCode ended(Job job, Throwable failure) {
        if (failure instanceof OtherFailure other && other.getCause() != null) {
            return ended(other.job(), other.getCause());
        }
        if (failure instanceof HelpWanted help) {
            out.print(Help.of(job.name(), help.parameters()));
            return ExitCode.SUCCESS;
        }
        if (Thread.interrupted() || ExitCode.of(failure) == ExitCode.INTERRUPTED) {
            return ExitCode.INTERRUPTED;
        }
        return failure(job.ours() || failure instanceof UsageException ? job.name() + ": " + Sentence.of(failure)
                : ScriptError.of(failure, job.source()).toString(), failure);
    }

    private ExitCode failure(String report, Throwable failure) {
        ExitCode code = ExitCode.of(failure);
        if (code != ExitCode.BROKEN_PIPE) {
            err.println(report);
            if (common.isSet("trace")) {
                err.print(Secrecy.trace(failure));
            }
        }
        return code;
    }
}
