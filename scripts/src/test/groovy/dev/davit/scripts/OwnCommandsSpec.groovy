package dev.davit.scripts

import java.nio.file.Files

class OwnCommandsSpec extends RunnerSpecification {

    def setup() {
        write '.config/davit/commands/greet.groovy', '''
            params {
                description 'Greets who is named'
                option 'greeting', 'Ahoy', 'what to say'
                argument 'who', 'whom', type: Path
            }
            println "$params.greeting $params.who"
        '''
        write '.davit/commands/site/build.groovy', '''
            println scratch().append(layer { file 'x', '/x' })['/x'].text + args
            '''
        write '.davit/commands/site/x', 'X'
    }

    def 'scripts of the user and of the current folder are commands'() {
        expect:
        davit('greet', 'Ann') == 'Ahoy FOLDER/Ann\n'
        davit('-q', 'greet', '--greeting=Hi', 'Ann') == 'Hi FOLDER/Ann\n'
        davit('help', 'greet') == davit('greet', '--help')
        davit('greet', '--help').startsWith('Usage: davit greet [OPTIONS] WHO\n\nGreets who is named\n')
    }

    def 'their names may have two words; their own paths start where they are'() {
        expect:
        davit('site', 'build', 'a', '-b') == 'X[a, -b]\n'
        davit('site') == "! davit: there are several commands 'site': site build\nexit 1\n"
        davit('site', 'biuld') == "! davit: there are several commands 'site': site build\nexit 1\n"
        davit('grete') == "! davit: there is no command or script 'grete'; did you mean 'greet'?\nexit 1\n"
    }

    def 'the folder of the user may be elsewhere'() {
        given:
        write 'elsewhere/davit/commands/other.groovy', 'println "other"'
        environment = [XDG_CONFIG_HOME: folder.resolve('elsewhere') as String]

        expect:
        davit('other') == 'other\n'
        davit('greet', 'Ann').startsWith("! davit: there is no command")
    }

    def 'none takes the name of a command that comes before it, nor its alias, nor a word of it'() {
        given:
        ['copy', 'cp', 'help', 'run', 'copy/this', 'auth/login', 'greet'].each {
            write ".davit/commands/${it}.groovy", "println 'not this'"
        }

        expect:
        davit('greet', 'Ann') == 'Ahoy FOLDER/Ann\n'
        davit('copy') == '! davit copy: SOURCE is missing\nexit 1\n'
        davit('cp') == '! davit copy: SOURCE is missing\nexit 1\n'
        davit('copy', 'this') == '! davit copy: TARGET is missing\nexit 1\n'
        davit('auth', 'login') == '! davit login: --username is missing\nexit 1\n'
        davit('help').contains('''
Commands in .davit/commands:
  auth login  not used: its name is taken
  copy        not used: its name is taken
  copy this   not used: its name is taken
  cp          not used: its name is taken
  greet       not used: its name is taken
  help        not used: its name is taken
  run         not used: its name is taken
  site build  \n''')
    }

    def 'help lists them by what they say of themselves, and runs none of them'() {
        given:
        write '.davit/commands/evil.groovy', """
            Files.writeString(Path.of('$folder/ran'), '')
            params { description "It's \\"evil\\"" }
        """
        write '.davit/commands/broken.groovy', "params { description 'It\\'s broken'; "
        write '.davit/commands/README', 'no command'
        write '.davit/commands/a/b/c.groovy', 'no command'

        expect:
        davit('help').contains('''
Commands in ~/.config/davit/commands:
  greet  Greets who is named

Commands in .davit/commands:
  broken      It's broken
  evil        It's "evil"
  site build  \n''')
        !Files.exists(folder.resolve('ran'))
    }

    def 'what is read of the commands of Davit is what they say'() {
        given:
        def commands = Commands.of(java.nio.file.Path.of(System.getProperty('davit.home')), [:], folder)
        def ours = commands.in(commands.places()[0])

        expect:
        ours.size() > 10
        ours.each { assert davit(*it.name().split(' '), '--help').readLines()[2] == it.description() }
    }

    def 'an error in one is told by its place in the source'() {
        given:
        write '.davit/commands/fails.groovy', 'println 1\nscratch().withEvn(A: 1)\n'
        write '.config/davit/commands/nope.groovy', 'remot("a")'

        expect:
        davit('fails') == '''\
1
! error: an image has no 'withEvn'; did you mean 'withEnv'?
!   --> .davit/commands/fails.groovy:2:11
!    |
!  2 | scratch().withEvn(A: 1)
!    |           ^^^^^^^
exit 1
'''
        davit('nope').readLines()[1] == '!   --> ~/.config/davit/commands/nope.groovy:1:1'
        davit('greet') == '! davit greet: WHO is missing\nexit 1\n'
    }

    def 'they are compiled once'() {
        given:
        environment = [DAVIT_CACHE: folder.resolve('classes') as String]

        expect:
        2.times {
            davit('greet', 'Ann') == 'Ahoy FOLDER/Ann\n'
            assert Files.list(folder.resolve('classes/classes')).withCloseable { it.count() } == 1
        }
    }
}
