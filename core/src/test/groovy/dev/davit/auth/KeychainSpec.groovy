package dev.davit.auth

import dev.davit.ref.Repository
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Specification
import spock.lang.TempDir

class KeychainSpec extends Specification {

    static final ALICE = 'alice:secret'.bytes.encodeBase64().toString()
    static final BOB = 'bob:pw:with:colons'.bytes.encodeBase64().toString()

    @TempDir Path home
    List<String> warnings = []

    Credentials find(String repository, Map<String, String> environment = [:]) {
        Keychain.standard([HOME: home.toString(), PATH: home.toString()] + environment, warnings::add)
                .credentials(Repository.parse(repository))
    }

    void config(String json, String place = '.docker/config.json') {
        Files.createDirectories(home.resolve(place).parent)
        Files.writeString(home.resolve(place), json)
    }

    void helper(String name, String script) {
        def file = Files.writeString(home.resolve("docker-credential-$name"), "#!/bin/sh\n$script\n")
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    def 'without any file nobody is known'() {
        expect:
        find('ghcr.io/a/b') == Credentials.anonymous()
        warnings == []
    }

    def 'an entry may be #form'() {
        given:
        config("""{"auths":{"ghcr.io":$entry}}""")

        expect:
        find('ghcr.io/a/b') == credentials

        where:
        form                     | entry                                                || credentials
        'a base64 pair'          | """{"auth":"$ALICE"}"""                               || Credentials.of('alice', 'secret')
        'a pair with colons'     | """{"auth":"$BOB"}"""                                 || Credentials.of('bob', 'pw:with:colons')
        'a pair without padding' | """{"auth":"${ALICE.replace('=', '')}"}"""            || Credentials.of('alice', 'secret')
        'name and password'      | '{"username":"alice","password":"secret"}'            || Credentials.of('alice', 'secret')
        'both: the pair counts'  | """{"auth":"$ALICE","username":"x","password":"y"}""" || Credentials.of('alice', 'secret')
        'an identity token'      | """{"auth":"$ALICE","identitytoken":"t"}"""           || new Credentials.IdentityToken('t')
        'a registry token'       | '{"registrytoken":"t"}'                               || new Credentials.RegistryToken('t')
        'empty'                  | '{}'                                                  || Credentials.anonymous()
    }

    def 'the key #key stands for #repository: #known'() {
        given:
        config("""{"auths":{"$key":{"auth":"$ALICE"}}}""")

        expect:
        (find(repository) == Credentials.of('alice', 'secret')) == known

        where:
        key                           | repository        || known
        'ghcr.io'                     | 'ghcr.io/a/b'     || true
        'https://ghcr.io'             | 'ghcr.io/a/b'     || true
        'https://ghcr.io/v1/'         | 'ghcr.io/a/b'     || true
        'http://ghcr.io/v2'           | 'ghcr.io/a/b'     || true
        'GHCR.io'                     | 'ghcr.io/a/b'     || true
        'ghcr.io/a'                   | 'ghcr.io/a/b'     || true
        'ghcr.io/a/b'                 | 'ghcr.io/a/b'     || true
        'ghcr.io/a/b'                 | 'ghcr.io/a/bc'    || false
        'ghcr.io/a'                   | 'ghcr.io/ab'      || false
        'ghcr.io:443'                 | 'ghcr.io/a/b'     || false
        'localhost:5000'              | 'localhost:5000/a' || true
        'https://index.docker.io/v1/' | 'nginx'           || true
        'index.docker.io'             | 'nginx'           || true
        'docker.io'                   | 'nginx'           || true
        'registry-1.docker.io'        | 'a/b'             || true
        'docker.io/library'           | 'nginx'           || true
        'docker.io/library'           | 'a/b'             || false
        'https://index.docker.io/v1/access-token' | 'nginx' || false
    }

    def 'the longest key that fits wins, whatever the order'() {
        given:
        config("""{"auths":{"ghcr.io":{"auth":"$BOB"},"ghcr.io/a/b":{"auth":"$ALICE"},"ghcr.io/a":{"auth":"$BOB"}}}""")

        expect:
        find('ghcr.io/a/b/c') == Credentials.of('alice', 'secret')
        find('ghcr.io/a/c') == Credentials.of('bob', 'pw:with:colons')
    }

    def 'the first file that knows something decides: #place'() {
        given:
        def environment = [DOCKER_CONFIG     : home.resolve('d').toString(), REGISTRY_AUTH_FILE: home.resolve('r.json').toString(),
                           XDG_RUNTIME_DIR   : home.resolve('x').toString(), XDG_CONFIG_HOME: home.resolve('c').toString()]
        config("""{"auths":{"ghcr.io":{"auth":"$ALICE"}}}""", place)
        config("""{"auths":{"ghcr.io":{"auth":"$BOB"}}}""", later)

        expect:
        find('ghcr.io/a', environment) == Credentials.of('alice', 'secret')

        where:
        place                    | later
        'd/config.json'          | 'r.json'
        'r.json'                 | 'x/containers/auth.json'
        'x/containers/auth.json' | 'c/containers/auth.json'
        'c/containers/auth.json' | '.docker/config.json'
    }

    def 'of one host and its paths, each source says: #repository has #user'() {
        given:
        config("""{"auths":{"ghcr.io/a":{"auth":"$BOB"}}}""")
        def secret = home.resolve('secret.json')
        Files.writeString(secret, """{"auths":{"*.example.com":{"auth":"$ALICE"}}}""")

        expect:
        find(repository, [DAVIT_AUTH_REGISTRY_EXAMPLE_COM: 'carol:pw:1', DAVIT_AUTH_MY__HOST_IO_5000: 'dora:pw',
                          DAVIT_AUTH_DOCKER_IO: 'erin:pw', DAVIT_PULL_SECRETS: secret as String,
                          DOCKER_AUTH_CONFIG: """{"auths":{"quay.io":{"auth":"$ALICE"}}}""" as String,
                          GITHUB_TOKEN: 'ghs_1', GITHUB_ACTOR: 'octocat']) == Credentials.of(user, password)

        where:
        repository               || user      | password
        'registry.example.com/a' || 'carol'   | 'pw:1'
        'my-host.io:5000/a'      || 'dora'    | 'pw'
        'nginx'                  || 'erin'    | 'pw'
        'other.example.com/a'    || 'alice'   | 'secret'
        'quay.io/a'              || 'alice'   | 'secret'
        'ghcr.io/a/b'            || 'bob'     | 'pw:with:colons'
        'ghcr.io/c'              || 'octocat' | 'ghs_1'
    }

    def 'a variable for one registry is for no other'() {
        expect:
        find('my.host.io/a', [DAVIT_AUTH_MY__HOST_IO: 'carol:pw']) == Credentials.anonymous()
    }

    def 'a token of GitHub needs no name'() {
        expect:
        find('ghcr.io/a', [GITHUB_TOKEN: 'ghs_1']) == Credentials.of('x-access-token', 'ghs_1')
    }

    def 'text that is malformed is an error that does not show it: #environment'() {
        when:
        find('ghcr.io/a', environment)

        then:
        def e = thrown(IOException)
        e.message == message

        where:
        environment                                       || message
        [DAVIT_AUTH_GHCR_IO: 'hunter2']                   || 'the variable DAVIT_AUTH_GHCR_IO is malformed: expected USER:PASSWORD'
        [DOCKER_AUTH_CONFIG: '{"auths": {"a": hunter2}}'] || 'DOCKER_AUTH_CONFIG is not JSON that can be read at line 1, column 17'
        [DOCKER_AUTH_CONFIG: 'hunter2']                   || 'DOCKER_AUTH_CONFIG is not JSON that can be read at line 1, column 1'
    }

    def 'what a program gives is for a host or a path, and the most specific counts'() {
        given:
        def given = new GivenCredentials()
        given.give('registry.example.com', Credentials.of('ann', '1'))
        given.give('https://registry.example.com/team/', Credentials.of('ben', '2'))
        given.give('docker.io', Credentials.of('cleo', '3'))

        expect:
        given.credentials(Repository.parse(repository)) == credentials

        where:
        repository                      || credentials
        'registry.example.com/team/app' || Credentials.of('ben', '2')
        'registry.example.com/team'     || Credentials.of('ben', '2')
        'registry.example.com/teams'    || Credentials.of('ann', '1')
        'nginx'                         || Credentials.of('cleo', '3')
        'quay.io/a'                     || Credentials.anonymous()
    }

    def 'credentials for what is no registry are refused: #where'() {
        when:
        new GivenCredentials().give(where, Credentials.anonymous())

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed registry '$where': expected a registry and maybe a path in it, such as registry.example.com/team"

        where:
        where << ['team/app', 'nginx', '', 'a.b//c', 'a.b/c@d', 'a b.c']
    }

    def 'a malformed entry is an error that does not show it'() {
        given:
        config('{"auths":{"ghcr.io":{"auth":"c2VjcmV0"}}}')

        when:
        find('ghcr.io/a')

        then:
        def e = thrown(IOException)
        e.message == "$home/.docker/config.json: the 'auth' of ghcr.io is not the base64 form of USER:PASSWORD"
    }

    def 'a helper is asked for its registry: #repository'() {
        given:
        helper('spec', 'read server; echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"$server\\",\\"Secret\\":\\"pw\\"}"')
        config('{"credHelpers":{"ghcr.io":"spec","https://index.docker.io/v1/":"spec"}}')

        expect:
        find(repository) == Credentials.of(server, 'pw')

        where:
        repository    || server
        'ghcr.io/a/b' || 'ghcr.io'
        'nginx'       || 'https://index.docker.io/v1/'
    }

    def 'a helper may answer with an identity token'() {
        given:
        helper('spec', 'echo \'{"Username":"<token>","Secret":"t"}\'')
        config('{"credHelpers":{"ghcr.io":"spec"}}')

        expect:
        find('ghcr.io/a') == new Credentials.IdentityToken('t')
    }

    def 'a helper that #does is an error in one sentence'() {
        given:
        if (script != null) {
            helper('spec', script)
        }
        config('{"credHelpers":{"ghcr.io":"spec"}}')

        when:
        find('ghcr.io/a')

        then:
        def e = thrown(IOException)
        e.message == "credential helper docker-credential-spec, asked for ghcr.io, $message"

        where:
        does                | script                     || message
        'is missing'        | null                       || 'is not on the PATH'
        'fails with a text' | 'echo no session; exit 3'  || 'fails with status 3: no session'
        'fails in silence'  | 'exit 1'                   || 'fails with status 1'
        'talks nonsense'    | 'echo secret'              || 'does not answer with a JSON object'
    }

    def 'a helper that knows nothing is no error, and the file counts'() {
        given:
        helper('spec', 'echo credentials not found in native keychain; exit 1')
        config("""{"credHelpers":{"ghcr.io":"spec"},"auths":{"ghcr.io":{"auth":"$ALICE"}}}""")

        expect:
        find('ghcr.io/a') == Credentials.of('alice', 'secret')
    }

    def 'the credential store is asked for every registry that has no helper of its own'() {
        given:
        helper('store', 'echo \'{"Username":"carol","Secret":"pw"}\'')
        config('{"credsStore":"store","auths":{"ghcr.io":{}}}')

        expect:
        find(repository) == Credentials.of('carol', 'pw')

        where:
        repository << ['ghcr.io/a', 'quay.io/a', 'nginx']
    }

    def 'a credential store that is missing or fails is warned of, and a pull goes on without'() {
        given:
        config('{"credsStore":"../store"}')

        expect:
        find('ghcr.io/a').toString() ==
                'no credentials: credential helper docker-credential-../store, asked for ghcr.io, is not on the PATH'
        warnings == ['credential helper docker-credential-../store, asked for ghcr.io, is not on the PATH; ' +
                             'going on without credentials for ghcr.io']
    }

    def 'no text form shows a secret'() {
        expect:
        [Credentials.of('alice', 'secret'), new Credentials.IdentityToken('secret'), new Credentials.RegistryToken('secret'),
         Credentials.anonymous()]*.toString() ==
                ["user 'alice'", 'an identity token', 'a registry token', 'no credentials']
    }

    def 'credentials that are given for one registry go to no other'() {
        given:
        def keychain = Keychain.of('ghcr.io', Credentials.of('alice', 'secret'))

        expect:
        keychain.credentials('ghcr.io', 'a') == Credentials.of('alice', 'secret')
        keychain.credentials('quay.io', 'a') == Credentials.anonymous()
        keychain.or((r, p) -> Credentials.of('bob', r)).credentials('quay.io', 'a') == Credentials.of('bob', 'quay.io')
    }
}
