package dev.davit.scripts

import dev.davit.Peers
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Requires

/** Command lines as bash, zsh and fish themselves complete them. */
class ShellCompletionSpec extends RunnerSpecification {

    def setup() {
        write 'a.tar', ''
        write 'site.groovy', ''
        ['bash', 'zsh', 'fish'].each { write "made/${it == 'zsh' ? '_davit' : it}", davit('completion', it) }
    }

    String run(String... command) {
        def builder = new ProcessBuilder(command)
        builder.environment().putAll(HOME: folder as String, TERM: 'dumb')
        def process = builder.directory(folder.toFile()).redirectErrorStream(true).start()
        process.outputStream.close()
        def output = process.inputStream.text
        assert process.waitFor(60, TimeUnit.SECONDS)
        output
    }

    def 'bash completes #line'() {
        expect:
        run('bash', '-c', '''
            source made/bash
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<< "$1"
            _davit
            echo "${COMPREPLY[*]}"
            ''', '-', line) == "$words\n"

        where:
        line                          | words
        'davit co'                    | 'config copy completion'
        'davit sit'                   | 'site.groovy'
        'davit auth '                 | 'get token'
        'davit help auth g'           | 'get'
        'davit copy --pl'             | '--platform='
        'davit copy x --no'           | '--no-clobber'
        'davit cp --no'               | '--no-clobber'
        'davit registry serve --di'   | '--disk='
        'davit --qu'                  | '--quiet'
        'davit -v auth token --ins'   | '--insecure'
        'davit pull --format='        | 'tarball legacy oci'
        'davit pull --format=o'       | 'oci'
        'davit pull --format o'       | 'oci'
        'davit append --new-tag '     | ''
        'davit append --output a'     | 'a.tar'
        'davit append -o a'           | 'a.tar'
        'davit append --output=a'     | 'a.tar'
        'davit run a'                 | 'a.tar'
        'davit completion '           | 'bash zsh fish'
        'davit copy '                 | ''
        'davit copy x '               | ''
    }

    @Requires({ Peers.has('fish') })
    def 'fish completes #line'() {
        expect:
        run('fish', '--no-config', '-c', 'source made/fish; complete -C$argv[1]', line).readLines()
                *.replaceFirst(/\t.*/, '').join(' ') == words

        where:
        line                          | words
        'davit co'                    | 'completion config copy'
        'davit auth '                 | 'get token'
        'davit help auth g'           | 'get'
        'davit copy --pl'             | '--platform'
        'davit cp --no'               | '--no-clobber'
        'davit registry serve --di'   | '--disk'
        'davit --qu'                  | '--quiet'
        'davit -v auth token --ins'   | '--insecure'
        'davit pull --format=o'       | '--format=oci'
        'davit append -o a'           | 'a.tar'
        'davit completion '           | 'bash fish zsh'
        'davit copy x '               | ''
    }

    @Requires({ Peers.has('fish') })
    def 'fish says what a word means'() {
        expect:
        run('fish', '--no-config', '-c', 'source made/fish; complete -C"davit digest --full"') ==
                '--full-ref\tprint registry and repository too\n'
    }

    @Requires({ Peers.has('zsh') })
    def 'zsh completes what is typed on its command line'() {
        given:
        def typed = ['davit cop', 'davit auth g', 'davit help au', 'davit copy --no-c', 'davit cp --no-c', 'davit --qu',
                'davit -v auth token --ins', 'davit pull --format=o', 'davit append -o a', 'davit completion z', 'davit sit']
        write 'type.zsh', '''
            zmodload zsh/zpty
            zpty z zsh -f -i
            zpty -w z "PS1=; fpath=($PWD/made \\$fpath); autoload -U compinit; compinit -u -D"
            zpty -w z 'davit() { print -r -- "GOT<$*>TOG" }; print RE""ADY'
            zpty -r z output '*READY*'
            for line in "$@"; do
                zpty -w -n z "$line"$'\\t\\n'
                zpty -r z output '*GOT<*>TOG*'
                print -r -- ${${output##*GOT<}%%>TOG*}
            done
            '''

        expect:
        run('zsh', '-f', 'type.zsh', *typed).readLines() == ['copy', 'auth get', 'help auth', 'copy --no-clobber', 'cp --no-clobber',
                '--quiet', '-v auth token --insecure', 'pull --format=oci', 'append -o a.tar', 'completion zsh', 'site.groovy']
    }

    def 'a command of the user is completed, and runs no further than what it takes; one of the current folder is not completed'() {
        given:
        write '.config/davit/commands/greet.groovy', '''
            params { description 'Greets'; option 'greeting', 'what', choices: ['hello', 'bye']; argument 'who', 'whom', type: Path }
            '''
        write '.config/davit/commands/broken.groovy', 'params { '
        write '.config/davit/commands/loud.groovy', "println 'loud'; params { }; Files.writeString(Path.of('$folder/ran'), '')"
        write '.config/davit/commands/plain.groovy', "println 'plain'; Files.writeString(Path.of('$folder/ran'), '')"
        write '.davit/commands/here.groovy', "Files.writeString(Path.of('$folder/ran'), '')"

        when:
        def script = davit('completion', 'bash')
        write 'made/bash', script

        then:
        script.startsWith('# Completion of davit for bash')
        run('bash', '-c', 'source made/bash; COMP_LINE="davit greet --greeting=" COMP_POINT=23; _davit; echo "${COMPREPLY[*]}"') ==
                'hello bye\n'
        run('bash', '-c', 'source made/bash; COMP_LINE="davit he" COMP_POINT=8; _davit; echo "${COMPREPLY[*]}"') == 'help\n'
        run('bash', '-c', 'source made/bash; COMP_LINE="davit brok" COMP_POINT=10; _davit; echo "${COMPREPLY[*]}"') == 'broken\n'
        !Files.exists(folder.resolve('ran'))
    }

    def 'which shell it is for must be said: #words'() {
        expect:
        davit('completion', *words) == "! davit: $sentence\nexit 1\n"

        where:
        words          | sentence
        []             | 'completion needs a shell: bash, zsh, fish'
        ['tcsh']       | "there is no completion for 'tcsh': expected bash, zsh, fish"
    }
}
