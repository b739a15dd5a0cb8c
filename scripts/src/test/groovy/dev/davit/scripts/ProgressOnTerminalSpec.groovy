package dev.davit.scripts

import dev.davit.Peers
import dev.davit.progress.TestScreen
import dev.davit.registry.Front
import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Timeout

/** The process on a terminal, which the program script makes, and on none. */
@Timeout(120)
class ProgressOnTerminalSpec extends RunnerSpecification {

    @AutoCleanup RegistryServer server = RegistryServer.start()
    @AutoCleanup Front front = new Front(server.address())

    static final int SIZE = 30_000_000

    /** What fits 60 columns. */
    static final NARROW = /\[(?=[= ]{8,30}])=* +]  \d+%  \d/

    def go = new CountDownLatch(1)

    /** Starts a push whose upload stands still for more than a second, and until it may go on. */
    Process push(boolean terminal, Map<String, String> variables = [:], String words = '') {
        Files.write(folder.resolve('big'), new byte[SIZE].tap { new Random(1).nextBytes(it) })
        write 'push.groovy', """
            params { }
            stderr.println 'begins'
            println scratch().append(layer { file 'big', '/big' }).push('${front.host}/a:1')
            """
        front.fault('PUT', '/uploads/', 2) {
            it.requestBody.readNBytes(SIZE >> 2)
            Thread.sleep(1200)
            go.await(60, TimeUnit.SECONDS)
            it.close()
        }
        def java = "'${System.getProperty('java.home')}/bin/java' -cp '${System.getProperty('java.class.path')}' " +
                "-Ddavit.home='${System.getProperty('davit.home')}' dev.davit.scripts.Runner push.groovy"
        def narrowing = '(while [ ! -e narrow ]; do sleep 0.1; done; stty cols 60 < /dev/tty 2> /dev/null) &'
        def prepared = terminal ? "stty cols 120 rows 20; trap : INT; $narrowing" : ''
        def command = "$prepared $java $words; echo status \$?; touch narrow"
        def builder = new ProcessBuilder(terminal ? ['script', '-qec', command as String, '/dev/null'] : ['sh', '-c', command as String])
        builder.environment().putAll([DAVIT_CACHE: cache as String, TERM: 'xterm',
                DAVIT_TERMINAL: terminal ? '012' : ''] + variables)
        builder.directory(folder.toFile()).redirectErrorStream(true).start()
    }

    /** Reads until the screen shows a bar. */
    static String bars(Process process, TestScreen screen) {
        int read
        while (!(screen.toString() =~ /\n[0-9a-f]{12}  \[=* +]  \d+%  \d/) && (read = process.inputStream.read()) >= 0) {
            screen.write(read)
        }
        screen.toString()
    }

    @Requires({ Peers.has('script') })
    def 'bars are shown, and nothing of them is left'() {
        given:
        def process = push(true)
        def screen = new TestScreen(columns: 120)

        when:
        def bars = bars(process, screen)
        go.countDown()
        screen << process.inputStream

        then:
        bars.startsWith('begins\n')
        bars.readLines().every { it.length() < 120 }
        screen.toString() ==~ /begins\nlocalhost:\d+\/a@sha256:[0-9a-f]{64}\nstatus 0\n/
        process.waitFor(60, TimeUnit.SECONDS)

        cleanup:
        process.destroy()
    }

    @Requires({ Peers.has('script') })
    def 'Ctrl-C takes the bars away, and itself'() {
        given:
        def process = push(true)
        def screen = new TestScreen(columns: 120)
        bars(process, screen)

        when:
        process.outputStream.with {
            write(3)
            flush()
        }
        screen << process.inputStream

        then:
        screen.toString() == 'begins\nstatus 130\n'

        cleanup:
        go.countDown()
        process.destroy()
    }

    @Requires({ Peers.has('script') })
    def 'bars become as narrow as the terminal'() {
        given:
        def process = push(true)
        def written = new StringBuilder()
        bars(process, new TestScreen(columns: 120))

        when:
        write 'narrow', ''
        int read
        while (!(written =~ NARROW) && (read = process.inputStream.read()) >= 0) {
            written << (char) read
        }
        go.countDown()
        process.inputStream.text

        then:
        written =~ NARROW

        cleanup:
        process.destroy()
    }

    @Requires({ Peers.has('script') })
    def 'a line is printed where there is no terminal, or none that can redraw; none when it is to be quiet: #variables #words'() {
        given:
        go.countDown()
        def process = push(terminal, variables, words)

        expect:
        def output = process.inputStream.text.replace('\r', '')
        output.replaceAll(/new layer .*\n/, '').replaceAll(/[0-9a-f]{12}  30.0 MB in \d+ s\n/, 'LINE ')
                .replaceAll(/localhost:\d+\/a@sha256:[0-9a-f]{64}\nstatus 0\n/, 'RESULT') ==
                shown

        cleanup:
        process.destroy()

        where:
        terminal | variables       | words || shown
        false    | [:]             | ''    || 'begins\nLINE RESULT'
        true     | [TERM: 'dumb']  | ''    || 'begins\nLINE RESULT'
        true     | [:]             | '-q'  || 'RESULT'
    }
}
