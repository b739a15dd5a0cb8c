package dev.davit.repl

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

class ShellSpec extends Specification {

    @TempDir
    Path home

    @AutoCleanup
    Typist shell

    def setup() {
        shell = new Typist(home)
    }

    def 'shows the value of a line, and of an assignment none'() {
        expect:
        shell.say('1 + 1') == '2'
        shell.say('"a" * 3') == 'aaa'
        shell.say('x = 40') == ''
        shell.say('x + 2') == '42'
        shell.say('null') == ''
    }

    def 'keeps what a line declares'() {
        when:
        declarations.each { shell.say(it) }

        then:
        shell.say(line) == shown

        where:
        declarations                               | line           || shown
        ['x = 1']                                  | 'x'            || '1'
        ['def x = 1']                              | 'x'            || '1'
        ['int x = 1', 'x++']                       | 'x'            || '2'
        ['int x', 'boolean b']                     | '[x, b]'       || '0\nfalse'
        ['def (a, b) = [1, 2]']                    | 'a + b'        || '3'
        ['final String s = "a${1}"']               | 's.class.name' || 'java.lang.String'
        ['def f(x) { x * 2 }']                     | 'f(21)'        || '42'
        ['n = 2', 'def f(x) { x * n }', 'n = 3']   | 'f(2)'         || '6'
        ['def f(x) { x < 2 ? 1 : x * f(x - 1) }']  | 'f(5)'         || '120'
        ['def f(x) { 1 }', 'def f(x) { 2 }']       | 'f(0)'         || '2'
        ['class Point { int x }']                  | 'new Point(x: 4).x' || '4'
        ['import java.time.Duration']              | 'Duration.ofSeconds(2)' || 'PT2S'
        ['import static java.lang.Math.max']       | 'max(1, 2)'    || '2'
        ['import java.time.Duration as D']         | 'D.ofDays(1)'  || 'PT24H'
        []                                         | "Platform.parse('linux/amd64').os()" || 'linux'
        ['f = { it + 1 }']                         | 'f(1)'         || '2'
    }

    def 'what takes long has bars while it moves, below what is printed, and nothing of them is left'() {
        given:
        shell.say("go = Path.of('$home/go')")
        shell.say('def move() { t.reached(1_000_000); println "begins"; while (!Files.exists(go)) sleep(10); t.close() }')

        when:
        shell.type("t = dev.davit.blob.Traffic.begin('sha256:${'1' * 64}', 2_000_000); move(); 'done'\r")
        def before = shell.until('111111111111  [')
        Files.writeString(home.resolve('go'), '')
        def after = shell.until('\ndavit> ')

        then:
        before.endsWith('begins\n')
        after.contains(']  50%  1.0 MB of 2.0 MB\n1.0 MB of 2.0 MB, ')
        after.endsWith('\ndone')
        shell.all().contains('\u001b[2A\u001b[Jdone\r\n')

        and: 'the end of the statement is the end of its bars'
        shell.say('1') == '1'
    }

    def 'an unfinished statement goes on in the next line'() {
        when:
        shell.type('def f(x) {\r')
        shell.type('  x +\r')
        shell.type('  1\r')

        then:
        shell.say('}') == '     >   x +\n     >   1\n     > }'
        shell.say('f 41') == '42'
    }

    def 'a blank line leaves an unfinished statement'() {
        when:
        shell.type('[1, 2\r')

        then:
        shell.say('').contains('error: Unexpected input')
        shell.say('1') == '1'
    }

    def 'Ctrl-C leaves an unfinished statement, and clears a line'() {
        when:
        shell.type('[1, 2\r')
        shell.type('\u0003')
        shell.until('\ndavit> ')

        then:
        shell.say('1') == '1'

        when:
        shell.type('nonsense\u0003')
        shell.until('\ndavit> ')

        then:
        shell.say('2') == '2'
    }

    def 'the last value has a name, and a line that begins with a dot goes on from it'() {
        expect:
        shell.say('"site"') == 'site'
        shell.say('_.length()') == '4'
        shell.say('"site"') == 'site'
        shell.say('.toUpperCase().reverse()') == 'ETIS'
        shell.say('_') == 'ETIS'
    }

    def 'an error is told by its place, without a stack trace; :trace shows that'() {
        expect:
        shell.say('scratch().withEvn(A: 1)') == '''\
            error: an image has no 'withEvn'; did you mean 'withEnv'?
               |
             1 | scratch().withEvn(A: 1)
               |           ^^^^^^^'''.stripIndent()
        shell.say(':trace').contains('\tat dev.davit.repl.Evaluator.evaluate(')
        shell.say('1') == '1'
    }

    def 'an error in a function is told by the line in the function'() {
        when:
        shell.say('def tagged(x) { remote(x) }')

        then:
        shell.say('tagged("A B")').startsWith('''\
            error: malformed reference 'A B': malformed repository 'A B': '''.stripIndent())
        shell.say('1 +* 2').startsWith('error: Unexpected input: ')
    }

    def 'a function with the name of a verb is refused: the verb would win'() {
        expect:
        shell.say('def delete(x) { x }').startsWith("error: 'delete' is a verb; choose another name for the function")
    }

    def 'Ctrl-C stops what runs, and not the shell'() {
        when:
        shell.type("println 'it ' + 'runs'; $line\r")
        shell.until('it runs\n')
        shell.type('\u0003')

        then:
        shell.until('davit> ').endsWith('interrupted\n')
        shell.say('1') == '1'

        where:
        line << ['while (true) { }', 'sleep 100_000', 'Thread.sleep(100_000)', '(1..1000).each { sleep 1000 }']
    }

    def 'Ctrl-C stops waiting for a registry that does not answer'() {
        given:
        def silent = new ServerSocket(0, 5, InetAddress.loopbackAddress)

        when:
        shell.type("remote('localhost:$silent.localPort/app')\r")
        def asked = silent.accept()
        asked.inputStream.read()
        shell.type('\u0003')

        then:
        shell.until('davit> ').endsWith('interrupted\n')
        shell.say('1') == '1'

        cleanup:
        asked?.close()
        silent.close()
    }

    def 'Ctrl-C a second time leaves alone what does not stop'() {
        when:
        shell.type("println 'it ' + 'runs'; for (;;) { try { Thread.sleep(100) } catch (InterruptedException e) { } }\r")
        shell.until('it runs\n')
        shell.type('\u0003')
        shell.type('\u0003')

        then:
        shell.until('davit> ').endsWith('interrupted; it does not stop, and goes on in the background\n')
        shell.say('1') == '1'
    }

    def '#leaving leaves'() {
        when:
        shell.type(keys)

        then:
        shell.leaves()

        where:
        leaving  | keys
        'Ctrl-D' | '\u0004'
        'exit'   | 'exit\r'
        'quit'   | 'quit\r'
        ':quit'  | ':quit\r'
    }

    def 'what the session opened is closed when the shell ends'() {
        given:
        def address = shell.say('serve().address')

        when:
        shell.type('\u0004')

        then:
        shell.leaves()

        when:
        new URI("http://$address/v2/").toURL().openStream()

        then:
        thrown(ConnectException)
    }

    def 'the history lasts, without secrets, and only its user reads it'() {
        given:
        def file = home.resolve('state/davit/history')

        when:
        shell.say('f = {\r1 }')
        shell.say('kept = 1')
        shell.say('password = "hunter2"')
        shell.say("credentials 'example.com', user: 'ann', pasword: 'hunter2'")
        shell.say("login('example.com', 'ann', 'hunter2')")

        then:
        inputs(file) == ['f = {\\n1 }', 'kept = 1']
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) == 'rw-------'

        when: 'another shell begins while this one lasts, and both go on'
        def other = new Typist(home)
        other.type('\u0010')
        other.until('kept = 1')
        other.type('\r')
        other.until('\ndavit> ')
        shell.say('first = 1')
        other.say('second = 2')
        def kept = other.say('kept')
        other.close()

        then:
        kept == '1'
        inputs(file) == ['f = {\\n1 }', 'kept = 1', 'first = 1', 'second = 2', 'kept']
    }

    private static List<String> inputs(Path history) {
        Files.readAllLines(history)*.replaceFirst(/^\d+:/, '')
    }

    def 'a terminal that understands no escape sequence gets none'() {
        given:
        def dumb = new Typist(home, home, 'dumb')

        expect:
        dumb.say('1 + 1') == '2'
        dumb.say('nonsense').startsWith("error: there is no variable 'nonsense'")
        dumb.say('help').startsWith('Sources\n')
        !dumb.all().contains('\u001b')

        when:
        dumb.type('exit\n')

        then:
        dumb.leaves()
    }

    def 'on a terminal with colours an error stands out'() {
        given:
        def colours = new Typist(home, home, 'xterm-256color')

        when:
        colours.type('nonsense\r')
        colours.until("there is no variable 'nonsense'")

        then:
        colours.all().contains('\u001b[1m\u001b[31merror:\u001b[0m ')

        cleanup:
        colours.close()
    }

    def 'Tab completes'() {
        when:
        shell.type('"abc".toUpp\t)\r')

        then:
        shell.until('davit> ').readLines().last() == 'ABC'
    }

    def 'works in the folder where it was started'() {
        given:
        Files.createDirectory(home.resolve('site'))
        Files.writeString(home.resolve('site/index.html'), 'hello')

        when:
        shell.say("site = layer { dir 'site', '/srv' }")

        then:
        shell.say("scratch().append(site).file('/srv/index.html').text") == 'hello'
    }
}
