package dev.davit.repl

import java.nio.charset.StandardCharsets
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir

class MainSpec extends Specification {

    @TempDir
    Path home

    def out
    def err

    /** Runs the process to its end, and gives its exit code. */
    int davit(String input, List<String> options = [], String... arguments) {
        def builder = new ProcessBuilder(["${System.getProperty('java.home')}/bin/java".toString(), *options,
                '-cp', System.getProperty('java.class.path'), 'dev.davit.repl.Main', *arguments])
        builder.environment().putAll(XDG_CACHE_HOME: "$home/cache".toString(), XDG_STATE_HOME: "$home/state".toString())
        def process = builder.directory(home.toFile()).start()
        process.outputStream.withCloseable { it.write(input.getBytes(StandardCharsets.UTF_8)) }
        def errors = new StringBuilder()
        def reading = process.consumeProcessErrorStream(errors)
        out = process.inputStream.getText('UTF-8')
        assert process.waitFor(60, TimeUnit.SECONDS)
        reading.join()
        err = errors.toString()
        process.exitValue()
    }

    def 'without arguments and with lines through a pipe, it is the shell without a prompt'() {
        expect:
        davit("x = 20\nx * 2 + 2\n'gr\u00fc\u00df dich'\n") == 0
        out == "42\ngr\u00fc\u00df dich\n"
        err == ''
    }

    def 'the first error in a pipe ends it with exit code 1'() {
        expect:
        davit('1\nnonsense\n2\n') == 1
        out == '1\n'
        err.startsWith("error: there is no variable 'nonsense'")
    }

    def 'nobody who reads its output ends it quietly'() {
        given:
        def builder = new ProcessBuilder('sh', '-c', '"$@"; echo $? >&2', 'sh', "${System.getProperty('java.home')}/bin/java",
                '-cp', System.getProperty('java.class.path'), 'dev.davit.repl.Main')
        builder.environment().putAll(XDG_CACHE_HOME: "$home/cache".toString(), XDG_STATE_HOME: "$home/state".toString())
        def process = builder.directory(home.toFile()).start()

        when:
        process.inputStream.close()
        process.outputStream.withCloseable { it << 'println 1\n2\n' }

        then:
        process.waitFor(60, TimeUnit.SECONDS)
        process.errorStream.text == '141\n'
    }

    def 'with arguments it is the runner, and loads nothing of the line editor nor of the client'() {
        expect:
        davit('', ['-verbose:class'], '-e', '6 * 7') == 0
        out.readLines().any { it == '42' }
        out.contains('dev.davit.scripts.Runner')
        !out.contains('org.jline')
        !out.contains('okhttp3')
    }
}
