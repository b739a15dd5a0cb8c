package dev.davit.scripts

import dev.davit.registry.TokenFront
import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.AutoCleanup
import spock.lang.Shared

/** REGISTRY stands for a registry that knows ann, TOKENS for one that wants tokens and knows alice. */
class AuthCommandsSpec extends RunnerSpecification {

    static final SECRET = 'hunter2-secret'

    @Shared @AutoCleanup RegistryServer open = RegistryServer.start()
    @Shared @AutoCleanup RegistryServer server = RegistryServer.start { it.credentials('ann', SECRET) }
    @Shared @AutoCleanup TokenFront tokens = new TokenFront(open.address())
    Map<String, String> names = [REGISTRY: server.address(), TOKENS: tokens.host]

    @Override
    String davit(Object... words) {
        def said = super.davit(*words.collect { word -> names.inject(word as String) { text, name, host -> text.replace(name, host) } })
        names.inject(said) { text, name, host -> text.replace(host, name) }
    }

    String config() {
        Files.readString(folder.resolve('config.json'))
    }

    def 'login takes the password from standard input, and every command then knows it'() {
        given:
        input = "$SECRET$end".bytes

        expect:
        davit(*command, 'REGISTRY', '-u', 'ann', '--password-stdin') == '! logged in via FOLDER/config.json\n'
        davit('-e', "scratch().push('$names.REGISTRY/a:1')").startsWith('REGISTRY/a@sha256:')
        davit('ls', 'REGISTRY/a') == '1\n'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve('config.json'))) == 'rw-------'

        and:
        davit('auth', 'get', 'REGISTRY') == "{\"Username\":\"ann\",\"Secret\":\"$SECRET\"}\n"
        davit(*command.collect { it.replace('login', 'logout') }, 'REGISTRY') == '! logged out via FOLDER/config.json\n'
        davit('ls', 'REGISTRY/a') == '! davit ls: GET http://REGISTRY/v2/a/tags/list?n=1000: 401 UNAUTHORIZED: ' +
                'user and password needed (no credentials)\nexit 1\n'

        where:
        command           | end
        ['login']         | '\n'
        ['login']         | '\r\n'
        ['auth', 'login'] | ''
    }

    def 'a password on the command line is warned of'() {
        expect:
        davit('login', 'REGISTRY', '-u', 'ann', '-p', SECRET) == '''\
            ! warning: others can see what stands on a command line; say --password-stdin
            ! logged in via FOLDER/config.json
            '''.stripIndent()
    }

    def 'a user without a name is refused'() {
        expect:
        davit('login', 'REGISTRY', '-u', '', '-p', 'x').readLines()[1..2] == ['! davit login: the name of the user is empty', 'exit 1']
    }

    def 'login at a registry with tokens is verified there'() {
        expect:
        davit('login', 'TOKENS', '-u', 'alice', '-p', 'secret').readLines().last() == '! logged in via FOLDER/config.json'
        davit('login', 'TOKENS', '-u', 'alice', '-p', 'wrong').contains("401 UNAUTHORIZED: authentication required (user 'alice', ")
    }

    def 'a program keeps the password where the configuration says so'() {
        given:
        def program = write('docker-credential-spec', '#!/bin/sh\necho "$1 $(cat)" >> "$KEPT"\n')
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString('rwxr-xr-x'))
        write('config.json', '{"credsStore":"spec"}')
        environment = [PATH: "$folder:/bin:/usr/bin" as String, KEPT: folder.resolve('kept') as String]
        input = SECRET.bytes

        when:
        davit('login', 'REGISTRY', '-u', 'ann', '--password-stdin')

        then:
        Files.readString(folder.resolve('kept')) ==
                "store {\"ServerURL\":\"${server.address()}\",\"Username\":\"ann\",\"Secret\":\"$SECRET\"}\n"
        !config().contains(SECRET)
        !config().contains(SECRET.bytes.encodeBase64() as String)
    }

    def 'auth get: #words'() {
        given:
        input = 'https://index.docker.io/v1/\n'.bytes
        environment = [DAVIT_AUTH_DOCKER_IO: 'erin:pw', DAVIT_AUTH_EXAMPLE_COM: 'ann:pw']
        write('config.json', '{"auths":{"id.example.com":{"identitytoken":"t"},"r.example.com":{"registrytoken":"t"}}}')

        expect:
        davit('auth', 'get', *words) == output

        where:
        words                   || output
        ['example.com']         || '{"Username":"ann","Secret":"pw"}\n'
        ['example.com/team']    || '{"Username":"ann","Secret":"pw"}\n'
        []                      || '{"Username":"erin","Secret":"pw"}\n'
        ['id.example.com']      || '{"Username":"<token>","Secret":"t"}\n'
        ['r.example.com']       || '! davit auth get: what is known is a registry token, for which this form has no words\nexit 1\n'
        ['other.example.com']   || 'credentials not found in native keychain\n! davit auth get: no credentials\nexit 1\n'
        ['nonsense']            || "! davit auth get: malformed registry 'nonsense': expected a registry and maybe a path in it, such as registry.example.com/team\nexit 1\n"
    }

    def 'auth token prints what the registry gives'() {
        given:
        environment = [('DAVIT_AUTH_' + tokens.host.toUpperCase().replace(':', '_')): 'alice:secret']

        expect:
        davit('auth', 'token', *words) ==~ output
        tokens.tokenServer.requests.last() == "GET /token?service=spec&scope=$scope"

        where:
        words                                                        || output                                  | scope
        ['TOKENS/a/b']                                               || /\{"token":"[0-9a-f-]{36}"}\n/           | 'repository%3Aa%2Fb%3Apull'
        ['-H', '--push', 'TOKENS/a/b']                               || /Authorization: Bearer [0-9a-f-]{36}\n/ | 'repository%3Aa%2Fb%3Apull%2Cpush'
        ['-m', 'TOKENS/c', '-m', 'TOKENS/d', 'TOKENS/a/b']           || /\{"token":"[0-9a-f-]{36}"}\n/           | 'repository%3Aa%2Fb%3Apull&scope=repository%3Ac%3Apull&scope=repository%3Ad%3Apull'
    }

    def 'auth token fails where there is none'() {
        expect:
        davit('auth', 'token', 'REGISTRY/a') ==
                '! davit auth token: registry REGISTRY asks for no token: it asks for a user and a password\nexit 1\n'
    }

    def 'a command of two words is found by both, and told by its first: #words'() {
        expect:
        davit(*words) == output

        where:
        words                 || output
        ['auth']              || "! davit: there are several commands 'auth': auth get, auth login, auth logout, auth token\nexit 1\n"
        ['auth', 'gte']       || "! davit: there are several commands 'auth': auth get, auth login, auth logout, auth token\nexit 1\n"
        ['..', 'x']           || "! davit: there is no command or script '..'; 'davit help' tells what there is\nexit 1\n"
    }

    def 'help of a command of two words'() {
        expect:
        davit(*words).startsWith('Usage: davit auth token [OPTIONS] REPOSITORY\n')

        where:
        words << [['help', 'auth', 'token'], ['auth', 'token', '--help']]
    }

    def 'no failure shows the secret: #words'() {
        given:
        input = SECRET.bytes
        write('trace.groovy', "params { }\nlogin('$names.REGISTRY', 'ann', '$SECRET')")
        write('wrong.groovy', "credentials '$names.REGISTRY', user: 'bob', password: '$SECRET'\ncatalog '$names.REGISTRY'")
        write('syntax.groovy', "credentials 'x', password: '$SECRET' user 'ann'")

        when:
        def said = davit(*words)

        then:
        said.endsWith('exit 1\n')
        !said.contains(SECRET)
        !said.contains("bob:$SECRET".bytes.encodeBase64() as String)

        where:
        words << [['login', 'REGISTRY', '-u', 'bob', '-p', SECRET],
                  ['login', 'REGISTRY', '-u', 'bob', '--password-stdin'],
                  ['--trace', 'login', 'REGISTRY', '-u', 'bob', '-p', SECRET],
                  ['login', 'REGISTRY', '-u', 'bob', '-p', SECRET, '--trace'],
                  ['login', 'REGISTRY', '-p', SECRET],
                  ['login', 'REGISTRY', 'bob', SECRET],
                  ['login', 'REGISTRY', '-u', 'bob', "-x$SECRET"],
                  ['login', 'REGISTRY', '-u', 'bob', "--pasword=$SECRET"],
                  ['login', 'REGISTRY', '-u', 'bob', '-p', SECRET, '--password-stdin'],
                  ['login', 'localhost:1', '-u', 'bob', '-p', SECRET],
                  ['login', 'TOKENS', '-u', 'bob', '-p', SECRET],
                  ['login', 'TOKENS', '-u', 'bob', '-p', SECRET, '--trace'],
                  ['login', 'nonsense', '-u', 'bob', '-p', SECRET],
                  ['--trace', 'trace.groovy'], ['--trace', 'wrong.groovy'], ['wrong.groovy'], ['syntax.groovy'],
                  ['--trace', 'syntax.groovy'], ['--trace', '-e', "login('a.b', 'ann', '$SECRET')"]]
    }

    def 'parameters that are secret show nothing when they are printed'() {
        given:
        write('show.groovy', "params { option 'key', 'a key', secret: true; option 'tag', 'x', 'a tag' }\nprintln params")

        expect:
        davit('show.groovy', '--key', SECRET) == '{key=…, tag=x}\n'
    }

    def 'without a terminal and without --password-stdin nobody is asked'() {
        expect:
        davit('login', 'REGISTRY', '-u', 'ann') ==
                '! davit login: there is no terminal to ask for the password: say --password-stdin\nexit 1\n'
    }
}
