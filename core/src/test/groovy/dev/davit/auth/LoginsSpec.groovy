package dev.davit.auth

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Specification
import spock.lang.TempDir

class LoginsSpec extends Specification {

    static final ALICE = Credentials.of('alice', 'secret')
    static final BASE64 = 'alice:secret'.bytes.encodeBase64() as String

    @TempDir Path home
    Map<String, String> environment
    Logins logins

    def setup() {
        environment = [HOME: home as String, PATH: "$home:/bin:/usr/bin" as String, KEPT: home.resolve('kept') as String]
        logins = Logins.in(environment)
    }

    void config(String text) {
        Files.createDirectories(logins.file().parent)
        Files.writeString(logins.file(), text)
    }

    String config() {
        Files.readString(logins.file())
    }

    Credentials known(String registry) {
        Keychain.standard(environment, { throw new AssertionError(it as Object) }).credentials(registry, '')
    }

    /** A program that appends what it is asked to the file 'kept'. */
    void helper(String name, String script = 'echo "$1 $(cat)" >> "$KEPT"') {
        def file = Files.writeString(home.resolve("docker-credential-$name"), "#!/bin/sh\n$script\n")
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    def 'the first login makes the file, which only its user can read'() {
        when:
        logins.store('ghcr.io', ALICE)

        then:
        config() == """\
            {
              "auths": {
                "ghcr.io": {
                  "auth": "$BASE64"
                }
              }
            }""".stripIndent()
        PosixFilePermissions.toString(Files.getPosixFilePermissions(logins.file())) == 'rw-------'
        known('ghcr.io') == ALICE
        Files.list(logins.file().parent).toList() == [logins.file()]
    }

    def 'what else is in the file stays, in its order; another key for the same registry does not'() {
        given:
        config('{"HttpHeaders":{"X":"1"},"auths":{"quay.io":{"auth":"a2VlcDptZQ=="},"https://ghcr.io/v1/":{"auth":"x"},' +
                '"ghcr.io":{"auth":"y","email":"e"}},"big":12345678901234567890,"float":1.50}')
        Files.setPosixFilePermissions(logins.file(), PosixFilePermissions.fromString('rw-r--r--'))

        when:
        logins.store('ghcr.io', ALICE)

        then:
        config().replaceAll(/\s/, '') == '{"HttpHeaders":{"X":"1"},"auths":{"quay.io":{"auth":"a2VlcDptZQ=="},' +
                """"ghcr.io":{"auth":"$BASE64"}},"big":12345678901234567890,"float":1.50}"""
        PosixFilePermissions.toString(Files.getPosixFilePermissions(logins.file())) == 'rw-------'

        when:
        def erased = logins.erase('ghcr.io')

        then:
        erased
        config().replaceAll(/\s/, '') == '{"HttpHeaders":{"X":"1"},"auths":{"quay.io":{"auth":"a2VlcDptZQ=="}},' +
                '"big":12345678901234567890,"float":1.50}'
    }

    def 'who was not logged in leaves the file alone'() {
        given:
        config('{ "auths" : { } }')

        expect:
        !logins.erase('ghcr.io')
        config() == '{ "auths" : { } }'
    }

    def 'without a file nobody is logged in, and none is made'() {
        expect:
        !logins.erase('ghcr.io')
        !Files.exists(logins.file())
    }

    def 'Docker Hub by any of its names is Docker Hub: #name'() {
        when:
        logins.store(name, ALICE)

        then:
        config().contains('"https://index.docker.io/v1/"')
        known('index.docker.io') == ALICE
        logins.erase('docker.io')
        known('index.docker.io') == Credentials.anonymous()

        where:
        name << ['docker.io', 'index.docker.io', 'https://index.docker.io/v1/', 'registry-1.docker.io']
    }

    def 'a program keeps them where the file names one: #file'() {
        given:
        helper('spec')
        helper('other', 'exit 1')
        config(file)

        when:
        logins.store('ghcr.io', ALICE)
        def text = config()
        logins.erase('ghcr.io')

        then:
        Files.readAllLines(home.resolve('kept')) ==
                ['store {"ServerURL":"ghcr.io","Username":"alice","Secret":"secret"}', 'erase ghcr.io']
        text.replaceAll(/\s/, '') == file[0..-2] + ',"auths":{"ghcr.io":{}}}'

        where:
        file << ['{"credsStore":"spec"}', '{"credHelpers":{"ghcr.io":"spec"},"credsStore":"other"}']
    }

    def 'a program that #does fails without saying what it was told'() {
        given:
        helper('spec', script)
        config('{"credsStore":"spec"}')

        when:
        logins.store('ghcr.io', ALICE)

        then:
        def e = thrown(IOException)
        e.message == 'credential helper docker-credential-spec, asked for ghcr.io, cannot store it: status 3'
        config() == '{"credsStore":"spec"}'

        where:
        does         | script
        'repeats it' | 'cat; exit 3'
        'is silent'  | 'exit 3'
    }
}
