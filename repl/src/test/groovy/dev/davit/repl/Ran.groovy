package dev.davit.repl

import groovy.transform.Immutable
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** What became of a process. */
@Immutable
class Ran {

    String out
    String err
    int status

    /** Runs a command to its end, with nothing in its environment but these variables. */
    static Ran of(List<?> command, Map<String, ?> environment, Path folder, String input = '') {
        def process = start(command, environment, folder)
        process.outputStream.withWriter('UTF-8') { it << input }
        of(process)
    }

    static Process start(List<?> command, Map<String, ?> environment, Path folder) {
        def builder = new ProcessBuilder(command*.toString()).directory(folder.toFile())
        builder.environment().clear()
        environment.each { name, value -> builder.environment()[name] = value.toString() }
        builder.start()
    }

    static Ran of(Process process) {
        def out = new ByteArrayOutputStream()
        def err = new ByteArrayOutputStream()
        def readers = [process.consumeProcessOutputStream((OutputStream) out),
                process.consumeProcessErrorStream((OutputStream) err)]
        assert process.waitFor(2, TimeUnit.MINUTES)
        readers*.join()
        new Ran(out.toString('UTF-8'), err.toString('UTF-8'), process.exitValue())
    }
}
