package dev.davit.repl

import dev.davit.dsl.Session
import dev.davit.scripts.Runner
import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

class SessionRecipeSpec extends Specification {

    @TempDir
    Path folder

    @AutoCleanup
    RegistryServer registry = RegistryServer.start()

    Session session
    Conversation conversation

    def setup() {
        def nowhere = new PrintStream(OutputStream.nullOutputStream())
        session = new Session(folder, environment(), nowhere, nowhere)
        conversation = new Conversation(session)
    }

    def cleanup() {
        session.close()
    }

    Map<String, String> environment() {
        [DAVIT_CACHE: "$folder/cache".toString(), HOME: "$folder".toString()]
    }

    String say(String line) {
        conversation.answer(line, Display.whole(), new Ink(false)).text()
    }

    String davit(String file) {
        def out = new ByteArrayOutputStream()
        def stream = new PrintStream(out, true)
        def status = Runner.run([file], InputStream.nullInputStream(), stream, stream, environment(), folder)
        assert status == 0, out
        out.toString()
    }

    def 'a session saves what it did as a script that comes to the same'() {
        given:
        Files.createDirectory(folder.resolve('html'))
        Files.writeString(folder.resolve('html/index.html'), 'hello')
        def target = "${registry.address()}/site"

        when:
        say('help')
        say("def site = layer {\n    dir 'html', '/srv'\n}")
        say('site.size')
        say('base = scratch().append(sight)')
        say("scratch('linux/arm64').append(site)")
        say(".withEnv(PORT: '80')")
        say('.config.env')
        say("scratch('linux/amd64').append(site)")
        say(".withEnv(PORT: '80')")
        def pushed = say(".push('$target:dev')")
        say(":trace")

        then:
        pushed.contains('sha256:')
        say("recipe 'site.groovy'") == 'site.groovy: 6 lines'
        Files.readString(folder.resolve('site.groovy')) == """\
            site = layer {
                dir 'html', '/srv'
            }
            lastValue = scratch('linux/amd64').append(site)
            lastValue = lastValue.withEnv(PORT: '80')
            lastValue.push('$target:dev')
            """.stripIndent()

        when: 'what was pushed is gone, and the recipe runs'
        say("delete('$target:dev')")
        Files.writeString(folder.resolve('again.groovy'), Files.readString(folder.resolve('site.groovy')) +
                "println digest('$target:dev')\n")

        then:
        pushed.endsWith('@' + davit('again.groovy').readLines().last())
    }

    def 'says "#said" as "#script"'() {
        when:
        said.each { assert !say(it).startsWith('error') }

        then:
        say('recipe') == script

        where:
        said                                                    || script
        []                                                      || ''
        ['1 + 1', '[3, 1].sort()', 'scratch().digest', 'null']  || ''
        ['x = 1', 'x']                                          || 'x = 1'
        ['final int x = 1 + 1']                                 || 'x = (int) (1 + 1)'
        ['String s', 'boolean b', 'int n']                      || 's = null\nb = false\nn = (int) 0'
        ['def (a, b) = [1, 2]']                                 || '(a, b) = [1, 2]'
        ['x = [1]', '_ << 2', 'x.add(3)', 'x.size()']           || 'x = [1]\nx << 2\nx.add(3)'
        ['"a"', 'y = "${_}b"']                                  || 'lastValue = "a"\ny = "${lastValue}b"'
        ['n = 1', 'n++', '[n].each { println it }']             || 'n = 1\nn++\n[n].each { println it }'
        ['def n = 2', 'def f(x) { x + n }', 'def f(x) { x * n }', 'y = f(3)'] ||
                'n = 2\ndef f(x) { x * n }\ny = f(3)'
        ['import java.time.Duration', 'd = Duration.ofDays(1)'] || 'import java.time.Duration\nd = Duration.ofDays(1)'
        ["plan { scratch().save('a.tar') }"]                    || ''
    }

    def 'what it writes for a session of variables and functions runs'() {
        when:
        ['final int x = 1 + 1', 'boolean b', 'def (c, d) = [1, 2]', 'def f(n) { n * x }', '"a" * f(d)', 'println _ + c + b']
                .each { say(it) }
        say("recipe 'sum.groovy'")

        then:
        davit('sum.groovy') == 'aaaa1false\n'
    }

    def 'a line with a secret is not written'() {
        when:
        say("credentials 'example.com', user: 'ann', password: 'hunter2'")
        say('x = 1')

        then:
        say('recipe') == '// a line with a secret is left out\nx = 1'
    }

    def 'a file that is there is replaced only if that is said, and one elsewhere is told of'() {
        given:
        Files.createDirectory(folder.resolve('recipes'))
        Files.writeString(folder.resolve('a.groovy'), 'mine')

        expect:
        say("recipe 'b.groovy'") == 'error: this session has done nothing yet that a recipe could do again'
        say('x = 1') == ''
        say("recipe 'a.groovy'") ==
                "error: there is a file 'a.groovy' already; recipe 'a.groovy', replace: true writes it anew"
        Files.readString(folder.resolve('a.groovy')) == 'mine'
        say("recipe 'a.groovy', replace: true") == 'a.groovy: 1 line'
        Files.readString(folder.resolve('a.groovy')) == 'x = 1\n'
        say("recipe('recipes/a.groovy')") ==
                "recipes/a.groovy: 1 line; relative paths in it start in its own folder, and no longer in $folder"
        say("recipe 'none/a.groovy'").startsWith('error: ')
    }
}
