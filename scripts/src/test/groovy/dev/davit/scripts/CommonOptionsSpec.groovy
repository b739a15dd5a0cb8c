package dev.davit.scripts

import dev.davit.registry.UntrustedServer
import dev.davit.server.RegistryServer
import dev.davit.usage.CommonOptions
import dev.davit.usage.Parameters
import spock.lang.AutoCleanup
import spock.lang.Shared

class CommonOptionsSpec extends RunnerSpecification {

    @Shared @AutoCleanup RegistryServer server = RegistryServer.start()

    def 'a warning is told, unless it is to be quiet: #words'() {
        given:
        write 'warns.groovy', "params { }; scratch().push('${server.address()}/a'); remote('${server.address()}/a').platform"
        write 'says.groovy', "params { flag 'quiet', 'its own', short: 'q' }; stderr.println params.quiet"

        expect:
        davit(*words).replace(server.address(), 'HOST') == output

        where:
        words                               | output
        ['warns.groovy']                    | "! warning: warns.groovy: 'HOST/a' means HOST/a:latest, which moves; name a version\n"
        ['-q', 'warns.groovy']              | ''
        ['--quiet', 'warns.groovy']         | ''
        ['warns.groovy', '-q']              | ''
        ['warns.groovy', '--quiet']         | ''
        ['says.groovy', '-q']               | '! true\n'
        ['says.groovy']                     | '! false\n'
        ['-q', 'says.groovy', '-q']         | ''
    }

    def 'results and errors are told even when it is quiet'() {
        expect:
        davit('-q', '-e', 'println 1; stderr.println 2; throw new IOException("no")') ==
                "1\n! error: no\n!   --> -e:1\n!    |\n!  1 | println 1; stderr.println 2; throw new IOException(\"no\")\nexit 1\n"
    }

    def 'it can be quiet and print each request'() {
        expect:
        davit('-q', '--verbose', 'ls', "${server.address()}/none").readLines()[0].startsWith('! GET http://localhost:')
    }

    def 'a script has its own parameters of these names, and the letters that it wants'() {
        given:
        write 'own.groovy', '''
            params {
                option 'verbose', 'none', 'its own'
                flag 'questions', 'its own', short: 'q'
                option 'trace', 0, 'its own'
                argument 'insecure', 'its own'
            }
            println "$params.verbose $params.questions $params.trace $params.insecure"
        '''

        expect:
        davit('own.groovy', '-q', '--quiet', '--verbose=very', '--trace=3', '--insecure', 'x') == 'very true 3 x\n'
        davit('--verbose', '--trace', 'own.groovy', 'x') == 'none false 0 x\n'
        davit('own.groovy', '--help').readLines()*.trim().findAll { it.startsWith('-') }*.replaceAll(/ {2,}.*/, '') ==
                ['--verbose=VERBOSE', '-q, --questions', '--trace=TRACE', '--quiet', '--insecure[=HOST]',
                        '--allow-nondistributable-artifacts', '-h, --help']
    }

    def 'what these say is no parameter of the script'() {
        given:
        write 'p.groovy', "params { flag 'all', 'all' }; println params"

        expect:
        davit('p.groovy', '-vq', '--insecure') == '{all=false}\n'
    }

    def 'a certificate that nobody vouches for is good enough for a host that is insecure: #words'() {
        given:
        def untrusted = UntrustedServer.start()
        def host = "localhost:$untrusted.port"

        expect:
        davit(*words*.replace('HOST', host)).contains("https://$host/v2/a/tags/list?n=1000: 404") == good

        cleanup:
        untrusted.close()

        where:
        words                                                     | good
        ['ls', 'HOST/a']                                          | false
        ['--insecure=HOST', 'ls', 'HOST/a']                       | true
        ['ls', '--insecure=HOST', 'HOST/a']                       | true
        ['ls', 'HOST/a', '--insecure=HOST']                       | true
        ['--insecure=other:1', '--insecure=HOST', 'ls', 'HOST/a'] | true
        ['ls', '--insecure=other:1', 'HOST/a']                    | false
    }

    def 'without a host it means every one, and does not take the next word: #words'() {
        given:
        def common = new CommonOptions()
        def rest = new ArrayDeque(words)
        def parameters = new Parameters()
        parameters.argument('name', 'a name')
        common.take(rest)

        expect:
        parameters.parse(rest as List, folder, common).name == 'x'
        common.@said.insecure == hosts

        where:
        words                                           | hosts
        ['--insecure', 'x']                             | ['*']
        ['x', '--insecure']                             | ['*']
        ['--insecure=a', 'x', '--insecure']             | ['a', '*']
        ['x', '--insecure=a.example:5', '--insecure=b'] | ['a.example:5', 'b']
        ['x', '--insecure=*.b']                         | ['*.b']
        ['x', '--insecure=true']                        | ['*']
        ['--insecure=true', 'x']                        | ['*']
        ['x', '--insecure=false']                       | null
        ['x']                                           | null
        ['--', 'x']                                     | null
    }

    def 'layers that their owner serves elsewhere are pushed when that is allowed'() {
        given:
        def type = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'
        write 'push.groovy', """
            params { argument 'target', 'where to' }
            scratch().append(layer([mediaType: '$type'], 'a.tar')).push(params.target)
        """
        tar 'a.tar', 'a', 'b'

        expect:
        davit(*words*.replace('HOST', server.address())) == ''
        davit('-e', "print remote('${server.address()}/$repository:1').layers[0].blob().stored().present") == "$pushed"

        where:
        repository | words                                                                         || pushed
        'one'      | ['push.groovy', 'HOST/one:1']                                                 || false
        'two'      | ['push.groovy', '--allow-nondistributable-artifacts', 'HOST/two:1']           || true
        'three'    | ['--allow-nondistributable-artifacts', 'push.groovy', 'HOST/three:1']         || true
    }
}
