package dev.davit.scripts;

import dev.davit.dsl.ScriptSource;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
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
}
