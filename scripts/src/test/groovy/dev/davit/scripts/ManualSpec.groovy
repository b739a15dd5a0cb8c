package dev.davit.scripts

import dev.davit.Peers
import dev.davit.usage.CommonOptions
import dev.davit.usage.Described
import dev.davit.usage.Manual
import dev.davit.usage.Parameters
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires

class ManualSpec extends RunnerSpecification {

    def 'a page says all that the script says of itself'() {
        given:
        def parameters = new Parameters()
        parameters.description("Shows what's in it")
        parameters.argument('image', 'which image; .groovy too')
        parameters.argument('more', 'others', many: true, optional: true)
        parameters.option('tag', 'dev', 'tag to push', short: 't')
        parameters.flag('full-ref', '.all of a \\ name')
        parameters.exits(6)
        parameters.example('davit show a-b', 'shows …')

        expect:
        def page = Manual.of(new Described('show it', [], parameters), '0.1.0')
        page == '''\
.TH DAVIT-SHOW-IT 1 "" "Davit 0.1.0"
.SH NAME
davit\\-show\\-it \\- Shows what\\(aqs in it
.SH SYNOPSIS
\\fBdavit show it\\fR [\\fIOPTIONS\\fR] \\fIIMAGE\\fR [\\fIMORE\\fR...]
.SH DESCRIPTION
Shows what\\(aqs in it.
.TP
\\fIIMAGE\\fR
which image; .groovy too
.TP
\\fIMORE\\fR
others
.SH OPTIONS
.TP
\\fB\\-t\\fR, \\fB\\-\\-tag\\fR=\\fITAG\\fR
tag to push (default: dev)
.TP
\\fB\\-\\-full\\-ref\\fR
\\&.all of a \\e name
.SH COMMON OPTIONS
.TP
\\fB\\-v\\fR, \\fB\\-\\-verbose\\fR
print each request to a registry
.TP
\\fB\\-q\\fR, \\fB\\-\\-quiet\\fR
print results and errors, and neither warnings nor progress
.TP
\\fB\\-\\-insecure\\fR[=\\fIHOST\\fR]
let a host, or every one, show any certificate or speak plain HTTP (repeatable)
.TP
\\fB\\-\\-allow\\-nondistributable\\-artifacts\\fR
also push layers that their owner serves elsewhere
.TP
\\fB\\-\\-trace\\fR
show the stack trace of a failure
.TP
\\fB\\-h\\fR, \\fB\\-\\-help\\fR
show a help text
.SH EXAMPLES
.TP
\\fBdavit show a\\-b\\fR
shows ...
.SH EXIT STATUS
.TP
0
success
.TP
1
failure, also of a command line that makes no sense
.TP
6
different, or out of date, where \\-\\-exit\\-code asks for it
.TP
130
interrupted
.TP
141
nobody reads the results any more
.SH SEE ALSO
\\fBdavit\\fR(1)
'''
    }

    def 'an example is what the commands in it take'() {
        given:
        def commands = Descriptions.of(Path.of(System.getProperty('davit.home')))
        def lines = commands.collectMany { it.parameters().examples().keySet() }*.findAll(/davit [^|&>)]*/).flatten()

        expect:
        lines.size() > 60
        lines.each { line ->
            def command = commands.findAll { "$line ".startsWith("davit ${it.name()} ") }.max { it.name().size() }
            assert command
            def words = (line - "davit ${command.name()}").findAll(/(?:'[^']*'|[^\s'])+/)*.replace("'", '')
            command.parameters().parse(words, folder, new CommonOptions())
        }
    }

    def 'there is a page for every command, and completion, where other programs look for them'() {
        given:
        def home = Path.of(System.getProperty('davit.home'))
        def pages = Commands.names(home.resolve('commands')).collect { "man/man1/davit-${it.replace('/', '-')}.1".toString() }

        when:
        Share.main(home as String, folder as String)

        then:
        Files.walk(folder).withCloseable { files -> files.filter(Files::isRegularFile).map { folder.relativize(it) as String }.toList() } as Set ==
                pages + ['man/man1/davit.1', 'bash-completion/completions/davit', 'zsh/site-functions/_davit',
                        'fish/vendor_completions.d/davit.fish'] as Set
        def overview = Files.readString(folder.resolve('man/man1/davit.1'))
        overview.contains('.SS Log in\n.TP\n\\fBdavit login\\fR\nVerifies')
        overview.contains('.TP\n\\fBdavit auth get\\fR\nPrints the credentials')
        overview.contains('\\fBdavit\\-auth\\-get\\fR(1),\n')
    }

    @Requires({ Peers.has('mandoc') })
    def 'a formatter finds nothing wrong with the pages, and shows what was meant'() {
        given:
        Share.main(System.getProperty('davit.home'), folder as String)
        def pages = Files.list(folder.resolve('man/man1')).withCloseable { it*.toString().toSorted() }

        expect:
        ['mandoc', '-T', 'lint', '-W', 'error', *pages].execute().text == ''
        def shown = ['mandoc', '-T', 'ascii', '-O', 'width=100', "$folder/man/man1/davit-copy.1"].execute().text.replaceAll(/.\x08/, '')
        shown.contains('davit copy [OPTIONS] SOURCE TARGET')
        shown.contains('-n, --no-clobber')
        shown.contains('davit copy debian:12 localhost:5000/debian:12')
    }
}
