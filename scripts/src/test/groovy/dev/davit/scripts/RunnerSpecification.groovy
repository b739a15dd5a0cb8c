package dev.davit.scripts

import dev.davit.dsl.Session
import java.nio.file.Files
import java.nio.file.Path
import java.util.function.Consumer
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** Runs command lines in this process and compares all that they print, as a terminal would show it. */
abstract class RunnerSpecification extends Specification {

    /** Shared, so that a script is compiled only once. */
    @Shared
    @TempDir
    Path cache

    @TempDir
    Path folder

    Map<String, String> environment = [:]
    byte[] input = []
    /** Told of the session of a script before that runs. */
    Consumer<Session> beginning = { }

    /** The output; then the errors, each line marked; then the exit status, unless it is 0. */
    String davit(Object... words) {
        def out = new ByteArrayOutputStream()
        def err = new ByteArrayOutputStream()
        def variables = [DAVIT_CACHE: cache as String, HOME: folder as String, DOCKER_CONFIG: folder as String] + environment
        int status = Runner.run(words*.toString(), new ByteArrayInputStream(input), new PrintStream(out, true),
                new PrintStream(err, true), variables, folder, beginning)
        assert status in [0, 1, 130, 141] || told(words, variables).contains("\n  $status  ")
        def errors = err.toString().replace(folder as String, 'FOLDER').readLines().collect { "! $it\n" }.join()
        out.toString().replace(folder as String, 'FOLDER') + errors + (status == 0 ? '' : "exit $status\n")
    }

    /** The help of the command that these words name; of Davit, if they name none. */
    private String told(Object[] words, Map<String, String> variables) {
        def out = new ByteArrayOutputStream()
        def home = Path.of(System.getProperty('davit.home'), 'commands')
        def command = words.find { Files.exists(home.resolve("${it}.groovy")) }
        Runner.run(command ? ['help', command as String] : ['help'], InputStream.nullInputStream(), new PrintStream(out, true),
                System.err, variables, folder)
        out.toString()
    }

    Path write(String name, String text) {
        def file = folder.resolve(name)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }

    /** A tar archive of one file. */
    Path tar(String name, String path, String text) {
        def file = folder.resolve(name)
        new org.apache.commons.compress.archivers.tar.TarArchiveOutputStream(Files.newOutputStream(file)).withCloseable {
            def entry = new org.apache.commons.compress.archivers.tar.TarArchiveEntry(path)
            entry.size = text.bytes.length
            entry.modTime = 0
            it.putArchiveEntry(entry)
            it.write(text.bytes)
            it.closeArchiveEntry()
        }
        file
    }
}
