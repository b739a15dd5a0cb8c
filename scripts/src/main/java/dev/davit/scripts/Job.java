package dev.davit.scripts;

import dev.davit.dsl.ScriptSource;
import dev.davit.scripts.Commands.Command;
import dev.davit.usage.CommonOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A script to run, and what it is given.
 *
 * @param name what messages and help call it
 * @param folder where the paths in the script start
 * @param caller where the paths on its command line start
 * @param common what the command line says of what every script understands
 * @param ours whether it is one of Davit's commands, whose source is of no interest to who runs it
 */
record Job(String name, ScriptSource source, List<String> arguments, InputStream in, PrintStream out,
        Path folder, Path caller, CommonOptions common, boolean ours) {

    /** The job of a command. @param caller where it is called */
    static Job of(Command command, List<String> arguments, InputStream in, PrintStream out, Path caller, CommonOptions common)
            throws IOException {
        boolean ours = command.place().ours();
        return new Job("davit " + command.name(), command.source(), arguments, in, out,
                ours ? caller : command.file().getParent(), caller, common, ours);
    }

    /** What calls it: its name and its arguments. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(arguments);
        return words;
    }

    /** The job of a script that this one's script runs; what it prints is no result. */
    Job other(String file, List<?> words) throws IOException {
        Path path = caller.resolve(file).toAbsolutePath().normalize();
        return new Job(file, ScriptSource.read(file, path), words.stream().map(Object::toString).toList(), in,
                new PrintStream(OutputStream.nullOutputStream()), path.getParent(), caller, common, false);
    }
}
