package dev.davit.daemon

import dev.davit.blob.Digest
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class EndpointsSpec extends Specification {

    @TempDir
    Path home

    private Endpoint chosen(Map<String, String> environment) {
        new Endpoints([HOME: home.toString()] + environment).chosen().orElse(null)
    }

    def 'an address is read as Docker reads it: #environment'() {
        given:
        def endpoint = chosen(environment)

        expect:
        "$endpoint.url" == url
        endpoint.socket().orElse(null)?.toString() == socket
        endpoint.certificates().orElse(null)?.toString()?.replace("$home", '~') == certificates

        where:
        environment                                                       || url                      | socket    | certificates
        [DOCKER_HOST: 'unix:///run/x.sock']                               || 'http://localhost/'      | '/run/x.sock' | null
        [CONTAINER_HOST: 'unix:///run/y.sock']                            || 'http://localhost/'      | '/run/y.sock' | null
        [DOCKER_HOST: 'unix:///a', CONTAINER_HOST: 'unix:///b']           || 'http://localhost/'      | '/a'      | null
        [DOCKER_HOST: '', CONTAINER_HOST: 'unix:///b']                    || 'http://localhost/'      | '/b'      | null
        [DOCKER_HOST: 'tcp://host:1234']                                  || 'http://host:1234/'      | null      | null
        [DOCKER_HOST: 'tcp://host']                                       || 'http://host:2375/'      | null      | null
        [DOCKER_HOST: 'tcp://[::1]:80']                                   || 'http://[::1]/'          | null      | null
        [DOCKER_HOST: 'tcp://host', DOCKER_TLS_VERIFY: '1']               || 'https://host:2376/'     | null      | '~/.docker'
        [DOCKER_HOST: 'tcp://host', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs'] || 'https://host:2376/' | null | '/certs'
        [DOCKER_HOST: 'tcp://host', DOCKER_TLS_VERIFY: '', DOCKER_CERT_PATH: '/certs']  || 'http://host:2375/'  | null | null
        [DOCKER_HOST: 'https://host']                                     || 'https://host/'          | null      | null
        [DOCKER_HOST: 'http://host:81/engine']                            || 'http://host:81/engine'  | null      | null
    }

    def 'an address of another form is refused: #address'() {
        when:
        chosen(DOCKER_HOST: address)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed DOCKER_HOST '$shown': expected unix:///PATH, tcp://HOST:PORT, http://HOST:PORT or " +
                'https://HOST:PORT'

        where:
        address                 || shown
        'localhost:2375'        || 'localhost:2375'
        'unix://docker.sock'    || 'unix://docker.sock'
        'tcp://'                || 'tcp://'
        'fd://'                 || 'fd://'
        'tcp://me:secret@host'  || 'tcp://…@host'
    }

    def 'an address of SSH is refused with what to do instead'() {
        when:
        chosen(DOCKER_HOST: 'ssh://me@host:22/run/docker.sock')

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "DOCKER_HOST is 'ssh://me@host:22/run/docker.sock', but Davit opens no SSH connections: forward the " +
                'socket, as with ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock me@host:22, and set ' +
                'DOCKER_HOST=unix:///tmp/docker.sock'
    }

    def 'the current context of docker is where its file says'() {
        given:
        def folder = Digest.of('far'.bytes).hex()
        write('.docker/config.json', '{"currentContext":"far"}')
        write(".docker/contexts/meta/$folder/meta.json",
                '{"Name":"far","Endpoints":{"docker":{"Host":"tcp://far:2376","SkipTLSVerify":false}}}')

        expect:
        chosen([:]).url().toString() == 'http://far:2376/'
        chosen(DOCKER_CONTEXT: 'default') == null
        chosen(DOCKER_HOST: 'unix:///a').name() == 'unix:///a'

        when:
        write(".docker/contexts/tls/$folder/docker/ca.pem", '')

        then:
        chosen([:]).url().toString() == 'https://far:2376/'
        chosen([:]).certificates().get() == home.resolve(".docker/contexts/tls/$folder/docker")

        when:
        chosen(DOCKER_CONTEXT: 'near')

        then:
        def e = thrown(IOException)
        e.message == "there is no docker context 'near': $home/.docker/contexts/meta/${Digest.of('near'.bytes).hex()}" +
                '/meta.json does not exist'
    }

    private void write(String path, String text) {
        Files.createDirectories(home.resolve(path).parent)
        Files.writeString(home.resolve(path), text)
    }

    def 'where nothing is said, the sockets of Docker come before those of Podman'() {
        expect:
        chosen([:]) == null
        new Endpoints(HOME: '/home/me', XDG_RUNTIME_DIR: '/run/user/7').usual()*.toString() == [
                '/var/run/docker.sock', '/run/user/7/docker.sock', '/home/me/.docker/run/docker.sock',
                '/run/user/7/podman/podman.sock', '/run/podman/podman.sock']
        new Endpoints(HOME: '/home/me').usual()*.toString() == [
                '/var/run/docker.sock', '/home/me/.docker/run/docker.sock', '/run/podman/podman.sock']
    }

    def 'the first socket where an engine answers is taken'() {
        given:
        def engine = TestEngine.start()
        Files.createFile(home.resolve('stale.sock'))

        expect:
        Daemon.connect([home.resolve('none.sock'), home.resolve('stale.sock'), engine.socket]).images() == []

        when:
        Daemon.connect([home.resolve('none.sock'), home.resolve('stale.sock')])

        then:
        def e = thrown(IOException)
        e.message == "no Docker or Podman engine answers at $home/none.sock, $home/stale.sock (connection refused); " +
                'start one, or say in DOCKER_HOST where it is'

        cleanup:
        engine?.close()
    }
}
