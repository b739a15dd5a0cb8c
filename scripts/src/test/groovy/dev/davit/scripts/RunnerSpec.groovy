package dev.davit.scripts

import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.nio.file.Path

class RunnerSpec extends RunnerSpecification {

    def 'an expression prints its value, unless that is null'() {
        expect:
        davit('-e', expression) == output

        where:
        expression                 | output
        '1 + 1'                    | '2\n'
        '"a\\nb"'                  | 'a\nb\n'
        '[a: 1, b: [2, "c"]]'      | '[a:1, b:[2, c]]\n'
        'null'                     | ''
        'println "said"'           | 'said\n'
        'scratch().platform'       | 'linux/amd64\n'
    }

    def 'what an expression is given is in args'() {
        expect:
        davit('-e', 'args.join(" ") + args.length', 'a', '--b', '-') == 'a --b -3\n'
    }

    def 'a script is a file, a file after run, or standard input'() {
        given:
        write 'hello.groovy', 'println "hello ${args.join()}"'
        input = 'println "hi ${args.join()}"'.bytes

        expect:
        davit('hello.groovy', 'x') == 'hello x\n'
        davit('./hello.groovy', 'x') == 'hello x\n'
        davit('run', 'hello.groovy', 'x') == 'hello x\n'
        davit('-', 'x') == 'hi x\n'
        davit('run', '-', 'x') == 'hi x\n'
    }

    def 'an archive named - is on standard input'() {
        given:
        davit('-e', "save('x.tar', ['a:1': scratch(), 'b:1': scratch('linux/arm64')])")
        input = Files.readAllBytes(folder.resolve('x.tar'))

        expect:
        davit('-e', "archive('-', 'b:1').platform") == 'linux/arm64\n'
    }

    def 'a file that begins with #! is a script whatever its name; another one is not'() {
        given:
        write 'hello', '#!/usr/bin/env davit\nprintln "hello"'
        write 'letter', 'Dear davit,'

        expect: 'and help runs none'
        davit('help', 'hello') == "! davit: there is no command or script 'hello'; 'davit help' tells what there is\nexit 1\n"

        davit('hello') == 'hello\n'
        davit('letter') == "! davit: there is no command or script 'letter'; 'davit help' tells what there is\nexit 1\n"
    }

    def 'paths in a script start from its folder, those of its command line from where the caller is'() {
        given:
        write 'recipes/in.txt', 'in'
        write 'recipes/site.groovy', '''
            params { argument 'target', 'what to write', type: Path; option 'own', Path.of('own.tar'), 'x', type: Path }
            def image = scratch().append(layer { file 'in.txt', '/in.txt' })
            image.save(params.target)
            image.save(params.own)
        '''

        expect:
        davit('recipes/site.groovy', 'out.tar') == ''
        Files.exists(folder.resolve('out.tar'))
        Files.exists(folder.resolve('recipes/own.tar'))
    }

    def 'a first word that means nothing is answered by one sentence: #words'() {
        expect:
        davit(*words) == "! davit: $sentence\nexit 1\n"

        where:
        words              | sentence
        ['cpoy']           | "there is no command or script 'cpoy'; did you mean 'copy'?"
        ['digset', 'x']    | "there is no command or script 'digset'; did you mean 'digest'?"
        ['help', 'digset'] | "there is no command or script 'digset'; did you mean 'digest'?"
        ['frobnicate']     | "there is no command or script 'frobnicate'; 'davit help' tells what there is"
        ['--frobnicate']   | "unknown option '--frobnicate'; 'davit help' tells what there is"
        ['-e']             | "-e needs an expression, such as -e '1 + 1'"
        ['run']            | 'run needs a script: a file, or - for standard input'
        ['no.groovy']      | 'FOLDER/no.groovy: no such file or folder'
    }

    def 'SOURCE_DATE_EPOCH that is no number is an error before anything happens'() {
        given:
        environment = [SOURCE_DATE_EPOCH: 'noon']

        expect:
        davit('-e', 'println 1') == "! error: malformed SOURCE_DATE_EPOCH 'noon': expected a number of seconds since 1970\nexit 1\n"
    }

    def 'the version is one line'() {
        expect:
        davit('--version') == 'davit 0.1.0\n'
    }

    def 'help tells every command in a line, by what it is for, and the exit codes'() {
        given:
        def commands = Path.of(System.getProperty('davit.home'), 'commands')
        def names = Files.walk(commands).withCloseable { files ->
            files.filter { it.toString().endsWith('.groovy') }
                    .map { commands.relativize(it).toString().replace('/', ' ') - '.groovy' }.toList()
        }

        when:
        def (_, beginning, listed, end) = (davit(*words) =~ /(?s)(.*?\n)(\nCopy .*?)(\nOtherwise.*)/)[0]
        def lines = listed.readLines().findAll { it.startsWith('  ') }
        def groups = listed.trim().split('\n\n').collectEntries {
            def (heading, rows) = it.split(':\n', 2)
            [heading, rows.readLines()*.trim()*.replaceFirst(/ {2,}.*/, '')]
        }

        then:
        beginning == '''\
Davit, a crane for container images

Usage: davit [OPTIONS] COMMAND [ARGUMENTS]
       davit [OPTIONS] [run] FILE.groovy [ARGUMENTS]
       davit [OPTIONS] -e 'EXPRESSION' [ARGUMENTS]
'''
        lines.every { it ==~ /  [a-z-]+( [a-z-]+)? {2,}[A-Z].*[^.]/ }
        groups.values().flatten().toSorted() == names.toSorted()
        groups == [
                'Copy and save images': ['copy', 'sync', 'pull', 'push', 'save', 'load', 'bundle', 'export'],
                'Inspect images': ['digest', 'manifest', 'config', 'blob', 'history', 'size', 'files', 'tree', 'cat',
                        'explain', 'packages', 'diff', 'index list', 'validate', 'check'],
                'Change images': ['append', 'mutate', 'rebase', 'flatten', 'edit config', 'edit fs', 'edit manifest',
                        'index append', 'index filter'],
                'Work on recipes': ['plan', 'lock', 'prove', 'bump'],
                'Manage registries': ['ls', 'tags', 'catalog', 'search', 'tag', 'delete', 'prune', 'gc', 'attach',
                        'referrers', 'serve', 'layout gc'],
                'Log in': ['login', 'logout', 'auth get', 'auth token'],
                'Davit itself': ['version'],
        ]
        listed.replaceAll(/ {2,}/, '  ').contains('''
  manifest  Prints the manifest of an image or an index, byte for byte
  config  Prints the config of an image, byte for byte
''')
        end == '''
Otherwise:
  FILE.groovy       run a script; - reads it from standard input
  -e 'EXPRESSION'   evaluate it and print its value
  --no-lock         before a script: run it as if it had no lock
  --update[=REF]    before a script: read a reference, or all, anew, and write the lock
  help COMMAND      show what a command takes
  completion SHELL  print a script by which bash, zsh or fish completes command lines
  --version         show which Davit this is

Common options, here or after the command:
  -v, --verbose                           print each request to a registry
  -q, --quiet                             print results and errors, and neither warnings nor progress
      --insecure[=HOST]                   let a host, or every one, show any certificate or speak plain HTTP (repeatable)
      --allow-nondistributable-artifacts  also push layers that their owner serves elsewhere
      --trace                             show the stack trace of a failure
  -h, --help                              show this help

Exit codes:
  0    success
  1    failure, also of a command line that makes no sense
  3    a check failed: an image is not as it must be
  4    not reproducible: builds of a recipe differ
  5    drift: what a recipe makes is not what its lock has
  6    different, or out of date, where --exit-code asks for it
  130  interrupted
  141  nobody reads the results any more
'''

        where:
        words << [['help'], ['--help'], ['-h'], []]
    }

    def 'help of a command is what its own --help prints'() {
        expect:
        davit(*words) == '''\
Usage: davit copy [OPTIONS] SOURCE TARGET

Copies an image, or a whole index, byte for byte

Arguments:
  SOURCE  which image; with --all-tags or --recursive which repository
  TARGET  where to

Options:
      --platform=PLATFORM  only the images for these platforms (repeatable)
  -j, --jobs=JOBS          how many blobs to move at once (default: 4)
  -a, --all-tags           copy every tag of the repository
  -r, --recursive          copy every tag of the repository and of those below it
      --referrers          also what refers to it, such as signatures
      --digest-tags        also what has a tag made of its digest, as cosign makes them: sha256-….sig
  -n, --no-clobber         leave tags that the target has

Common options:
  -v, --verbose                           print each request to a registry
  -q, --quiet                             print results and errors, and neither warnings nor progress
      --insecure[=HOST]                   let a host, or every one, show any certificate or speak plain HTTP (repeatable)
      --allow-nondistributable-artifacts  also push layers that their owner serves elsewhere
      --trace                             show the stack trace of a failure
  -h, --help                              show this help

Examples:
  davit copy debian:12 localhost:5000/debian:12
      copies the index with all its platforms
  davit copy --referrers --digest-tags debian:12 localhost:5000/debian:12
      copies signatures and the like along
  davit copy debian:12 oci:images:12 --platform=linux/amd64,linux/arm64
      keeps two of them in a folder
  davit copy -an ghcr.io/example/site localhost:5000/site
      copies the tags that are not there yet
'''

        where:
        words << [['help', 'copy'], ['copy', '--help'], ['cp', '-h'], ['help', 'cp']]
    }

    def 'the help of a command tells how it can end besides with success and failure: #command'() {
        expect:
        def told = davit('help', command).find(/(?s)Exit codes besides 0 and 1:\n(.*?)\n\n/) ?: ''
        told.readLines().findAll { it.startsWith('  ') }*.trim() == meanings

        where:
        command || meanings
        'copy'  || []
        'check' || ['3  a check failed: an image is not as it must be']
        'prove' || ['4  not reproducible: builds of a recipe differ']
        'lock'  || ['3  a check failed: an image is not as it must be']
        'plan'  || ['3  a check failed: an image is not as it must be', '5  drift: what a recipe makes is not what its lock has']
        'diff'  || ['6  different, or out of date, where --exit-code asks for it']
        'bump'  || ['3  a check failed: an image is not as it must be', '6  different, or out of date, where --exit-code asks for it']
    }

    def 'only what scripts find has an exit code that they can say'() {
        given:
        write 'own.groovy', "params { exits 3, $code }"

        expect:
        davit('own.groovy', '--help').contains("malformed exit code $code: expected 3 or 4 or 5 or 6\n")

        where:
        code << [0, 1, 2, 130]
    }

    def 'each request is told, and no secret: #words'() {
        given:
        def server = RegistryServer.start { it.credentials('ann', 'hunter2') }
        def push = "credentials '${server.address()}', user: 'ann', password: 'hunter2'; scratch().push '${server.address()}/a:1'"
        write 'push.groovy', "params { }; $push"
        write 'own.groovy', "params { flag 'verbose', 'its own', short: 'v' }; $push"

        expect:
        def lines = davit(*words.collect { it == 'PUSH' ? push : it }).readLines().findAll { it.startsWith('! ') }
        lines*.replaceAll(/\d+ ms|sha256:\w+/, '…') == (told ? ['HEAD 401 0 bytes', 'HEAD 404 0 bytes'].collect {
            def (method, rest) = it.split(' ', 2)
            "! $method http://${server.address()}/v2/a/manifests/1 $rest …".toString()
        } + lines.drop(2)*.replaceAll(/\d+ ms|sha256:\w+/, '…') : [])
        lines.every { !it.contains('hunter2') && !it.contains('YW5u') }

        cleanup:
        server.close()

        where:
        words                            || told
        ['-v', '-e', 'PUSH']             || true
        ['--verbose', 'push.groovy']     || true
        ['push.groovy', '-v']            || true
        ['push.groovy', '--verbose']     || true
        ['own.groovy', '-v']             || false
        ['push.groovy']                  || false
    }

    def 'output that cannot be written ends a script at once: #reason'() {
        given:
        def message = reason
        def closed = new OutputStream() {
            @Override
            void write(int b) throws IOException {
                throw new IOException(message)
            }
        }
        def err = new ByteArrayOutputStream()
        System.setProperty('davit.spec', '0')

        when:
        int status = Runner.run(['-e', '100.times { System.setProperty("davit.spec", "$it"); println it }'],
                InputStream.nullInputStream(), Results.stream(closed), new PrintStream(err),
                [DAVIT_CACHE: cache as String], folder)

        then:
        status == code
        err.toString().readLines().take(1) == told
        System.getProperty('davit.spec') == '0'

        cleanup:
        System.clearProperty('davit.spec')

        where:
        reason                    || code | told
        'Broken pipe'             || 141  | []
        'No space left on device' || 1    | ['error: standard output: No space left on device']
    }

    def 'a script that starts from a tag that moves is warned of it, once, unless a digest stands beside it'() {
        given:
        def server = RegistryServer.start()
        write 'recipes/site.groovy', """
            def pushed = scratch().push('${server.address()}/base')
            2.times { remote('${server.address()}/base') }
            remote('${server.address()}/base:latest@' + pushed.digest)
            remote(pushed)
            copy('${server.address()}/base:latest', '${server.address()}/other:latest')
        """
        input = "remote('${server.address()}/base')".bytes

        expect:
        davit('recipes/site.groovy').replace(server.address(), 'HOST') ==
                "! warning: recipes/site.groovy: 'HOST/base' means HOST/base:latest, which moves; name a version\n"
        davit('-').contains("! warning: -: '")
        davit('-e', "remote('${server.address()}/base').platform") == 'linux/amd64\n'
        davit('config', "${server.address()}/base").startsWith('{"architecture"')

        cleanup:
        server.close()
    }

    def 'an interrupted script ends quietly, with the exit code for that'() {
        given:
        Thread.currentThread().interrupt()

        expect:
        davit('-e', 'Thread.sleep(60_000)') == 'exit 130\n'
    }

    def 'the exit codes of the help are true: #words'() {
        expect:
        def ended = davit(*words).readLines().last().find(/(?<=^exit )\d+$/) ?: '0'
        ended == code
        davit('help').contains("\n  ${code.padRight(3)}  $meaning\n")

        where:
        words                                                       | code  | meaning
        ['-e', '1']                                                 | '0'   | 'success'
        ['help', 'copy']                                            | '0'   | 'success'
        ['-e', 'throw new IOException("x")']                        | '1'   | 'failure, also of a command line that makes no sense'
        ['ls', 'localhost:1/x']                                     | '1'   | 'failure, also of a command line that makes no sense'
        ['copy']                                                    | '1'   | 'failure, also of a command line that makes no sense'
        ['copy', '--frobnicate']                                    | '1'   | 'failure, also of a command line that makes no sense'
        ['frobnicate']                                              | '1'   | 'failure, also of a command line that makes no sense'
        ['-e', 'Thread.currentThread().interrupt(); sleep 0; Thread.sleep(60_000)'] | '130' | 'interrupted'
    }
}
