package dev.davit.scripts;

import dev.davit.dsl.ScriptError;
import dev.davit.dsl.ScriptSource;
import dev.davit.dsl.Session;
import dev.davit.proof.Notes;
import dev.davit.usage.CommonOptions;
import dev.davit.usage.ExitCode;
import dev.davit.usage.HelpWanted;
import dev.davit.usage.UsageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The JVM in which a recipe builds once more for a proof. */
public final class Rebuild {

    private Rebuild() {
    }

    /** @param words the file for the notes, the recipe's name and file, where its command line was said, and that */
    public static void main(String... words) throws IOException {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        ScriptSource source = ScriptSource.read(words[1], Path.of(words[2]));
        try {
            run(source, Path.of(words[2]), Path.of(words[3]), List.of(words).subList(4, words.length), err)
                    .write(Path.of(words[0]));
            System.exit(ExitCode.SUCCESS.number());
        } catch (HelpWanted e) {
            err.println(source.name() + ": --help builds nothing");
        } catch (UsageException e) {
            err.println(source.name() + ": " + e.getMessage());
        } catch (Exception | Error e) {
            err.println(ScriptError.of(e, source));
        }
        System.exit(ExitCode.FAILURE.number());
    }

    private static Notes run(ScriptSource source, Path file, Path caller, List<String> arguments, PrintStream err)
            throws Exception {
        Path folder = file.getParent();
        PrintStream out = new PrintStream(OutputStream.nullOutputStream());
        try (Session session = new Session(folder, System.getenv(), out, err)) {
            Notes notes = Notes.of(session, source);
            session.lock(LockOptions.anew(file, List.of())); // reads what is locked, and is content with what is made
            Recipe recipe = CompiledScript.of(source, List.of(Session.cache(System.getenv()).resolve("classes"))).load();
            recipe.start(new Job(source.name(), source, arguments, InputStream.nullInputStream(), out, folder, caller,
                    new CommonOptions(), false), session);
            session.run(recipe::run);
            return notes;
        }
    }
}
