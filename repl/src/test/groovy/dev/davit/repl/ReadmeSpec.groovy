package dev.davit.repl

import dev.davit.dsl.Session
import dev.davit.dsl.Verbs
import dev.davit.scripts.Runner
import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

/**
 * The README is true: its blocks run here, one after the other, and print what it says. The registry at localhost:5000 is
 * one on a free port. {@code …} in it stands for anything.
 */
@Stepwise
class ReadmeSpec extends Specification {

    static final ADDRESS = 'localhost:5000'

    @Shared @TempDir Path folder
    @Shared @AutoCleanup RegistryServer registry = RegistryServer.start()
    @Shared String readme = Files.readString(Path.of(System.getProperty('davit.root'), 'README.md'))
    @Shared Map<String, String> environment = [DAVIT_CACHE: folder.resolve('cache') as String, HOME: folder as String]

    /** The blocks of a language, and the heading or bold words that each comes after. */
    List<String> blocks(String language) {
        (readme =~ /(?s)\n```$language\n(.*?\n)```\n/)*.get(1)
    }

    String local(String text) {
        text.replace(ADDRESS, registry.address())
    }

    String davit(String words) {
        def out = new ByteArrayOutputStream()
        def stream = new PrintStream(out, true)
        int status = Runner.run((words =~ /'([^']*)'|(\S+)/).collect { it[1] ?: it[2] }, InputStream.nullInputStream(), stream,
                stream, environment, folder)
        assert status == 0, out
        out.toString().replace(registry.address(), ADDRESS)
    }

    static void matches(String actual, String expected) {
        assert actual ==~ expected.split('…', -1).collect { java.util.regex.Pattern.quote(it) }.join('(?s:.*)') ||
                actual == expected
    }

    def 'the first command prints what the README says last'() {
        given:
        def samples = Path.of(System.getProperty('davit.root'), 'samples')
        def digest = (readme =~ /(?s)```\n(sha256:\w{64})\n```/)[0][1]

        expect:
        davit("run ${samples.resolve('hello.groovy')}").readLines().last() == digest
    }

    def 'the recipe is a file of its own'() {
        given:
        def recipe = blocks('groovy')[0]
        def name = (recipe =~ /^\/\/ (\S+)\n/)[0][1]

        expect:
        Files.writeString(folder.resolve(name), local(recipe))
    }

    def 'each command prints what stands below it: #command'() {
        expect:
        matches(davit(local(command) - '$ davit ').trim(), printed ?: '…')

        where:
        [command, printed] << transcript('sh', '$ davit ')
    }

    /** Lines that begin with the prompt, each with those that follow. */
    List<List<String>> transcript(String language, String prompt) {
        def steps = []
        blocks(language).join().eachLine { line ->
            if (line.startsWith(prompt)) {
                steps << [line, '']
            } else if (steps) {
                steps.last()[1] += steps.last()[1] ? "\n$line" : line
            }
        }
        steps
    }

    def 'the shell prints what the README shows'() {
        given:
        def steps = transcript('', 'davit> ')
        def out = new ByteArrayOutputStream()
        def err = new ByteArrayOutputStream()
        def session = new Session(folder, environment, new PrintStream(out, true), new PrintStream(err, true))

        when:
        def lines = local(steps.collect { it[0] - 'davit> ' }.join('\n'))
        session.withCloseable { new PipedShell(it).run(new BufferedReader(new StringReader(lines))) }

        then:
        err.toString() == ''
        matches(out.toString().replace(registry.address(), ADDRESS), steps.findAll { it[1] }.collect { it[1] + '\n' }.join())
    }

    def 'the table has every verb, in its row'() {
        given:
        def rows = Verbs.all().groupBy { it.group() }.collect { group, verbs ->
            "| ${group.toLowerCase()} | ${verbs.collect { "`${it.name()}`" }.join(', ')} |".toString()
        }

        expect:
        readme.contains("| kind | verbs |\n|---|---|\n${rows.join('\n')}\n")
    }
}
