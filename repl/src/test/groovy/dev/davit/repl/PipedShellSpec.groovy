package dev.davit.repl

import dev.davit.dsl.Session
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class PipedShellSpec extends Specification {

    @TempDir
    Path home

    def out = new ByteArrayOutputStream()
    def err = new ByteArrayOutputStream()

    int pipe(String text) {
        def session = new Session(home, [XDG_CACHE_HOME: "$home/cache".toString()], new PrintStream(out, true),
                new PrintStream(err, true))
        session.withCloseable { new PipedShell(it).run(new BufferedReader(new StringReader(text))) }
    }

    def 'prints the results, and nothing else'() {
        expect:
        pipe(text) == 0
        out.toString() == printed
        err.toString() == ''

        where:
        text                                          || printed
        '1 + 1\n'                                     || '2\n'
        '1 + 1'                                       || '2\n'
        'x = 1\nx\n\n// nothing\nx + 1'               || '1\n2\n'
        "'site'\n  .toUpperCase()\n  .reverse()\n1"   || 'ETIS\n1\n'
        "'site'\n'a'\n_\n"                            || 'site\na\na\n'
        'def f(x) {\n\n  x + 1\n}\nf 1'               || '2\n'
        'if (false) {\n 1\n}\nelse {\n 2\n}\n3'       || '2\n3\n'
        '1\nexit\n2'                                  || '1\n'
        'println 7'                                   || '7\n'
        '(1..200).toList()*.toString().size()'        || '200\n'
        ''                                            || ''
    }

    def 'leaves nothing out of a long list, and cuts no line'() {
        when:
        pipe("(1..300).collect { 'x' * 300 }")

        then:
        out.toString() == ('x' * 300 + '\n') * 300
    }

    def 'ends at the first error with exit code 1'() {
        expect:
        pipe('1\nnonsense\n2') == 1
        out.toString() == '1\n'
        err.toString() == '''\
            error: there is no variable 'nonsense'
               |
             1 | nonsense
               | ^^^^^^^^
            '''.stripIndent()
    }

    def 'an unfinished statement at the end is an error'() {
        expect:
        pipe('f(1,\n') == 1
        err.toString().startsWith('error: Unexpected input')
    }
}
