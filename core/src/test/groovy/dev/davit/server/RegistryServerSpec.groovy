package dev.davit.server

import dev.davit.Peers
import dev.davit.blob.Digest
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

class RegistryServerSpec extends Specification {

    @TempDir
    Path folder
    @AutoCleanup(quiet = true)
    RegistryServer server

    def 'what was pushed to a folder is there after a restart'() {
        given:
        server = RegistryServer.start(settings -> settings.folder(folder.resolve('registry')))
        def image = new Client(server).image('a/b', 'v1', 'one')
        def upload = new Client(server).send('POST', '/v2/a/b/blobs/uploads/').header('Location')
        server.close()

        when:
        server = RegistryServer.start(settings -> settings.folder(folder.resolve('registry')).readOnly())
        def client = new Client(server)

        then:
        client.send('GET', '/v2/a/b/manifests/v1').header('Docker-Content-Digest') == image.digest
        client.send('GET', "/v2/a/b/blobs/${Digest.of('one'.bytes)}").text == 'one'
        client.send('GET', '/v2/_catalog').json.repositories == ['a/b']
        client.send('GET', upload).code == 'BLOB_UPLOAD_UNKNOWN'
        Files.list(folder.resolve('registry/uploads')).withCloseable { it.toList() } == []
    }

    def 'a registry that can only be read refuses everything else'() {
        given:
        server = RegistryServer.start(settings -> settings.readOnly())

        expect:
        with(new Client(server).send(method, '/v2/a/blobs/uploads/', 'hello'.bytes)) {
            status == 405
            code == 'UNSUPPORTED'
            header('Allow') == 'GET, HEAD'
        }

        where:
        method << ['POST', 'PUT', 'PATCH', 'DELETE']
    }

    def 'with credentials, a request without them is refused'() {
        given:
        server = RegistryServer.start(settings -> settings.credentials('captain', 'höhe'))
        def client = new Client(server)

        expect:
        with(client.send('GET', '/v2/')) {
            status == 401
            code == 'UNAUTHORIZED'
            header('WWW-Authenticate') == 'Basic realm="davit"'
        }
        client.send('GET', '/v2/', Authorization: 'Basic Y2FwdGFpbjpow7ZoZQ==').status == 200
        client.send('GET', '/v2/', Authorization: 'Basic Y2FwdGFpbjpow7ZoZX==').status == 401
    }

    def 'an observer and the list hear of every request before its client goes on'() {
        given:
        def observed = Collections.synchronizedList([])
        server = RegistryServer.start(settings -> settings.observer { observed << it.toString() })
        def client = new Client(server)

        when:
        client.send('GET', '/v2/')
        client.blob('a', 'hello'.bytes)
        client.send('GET', '/v2/a/tags/list?n=1')

        then:
        observed == ['GET /v2/ 200, 0 bytes in, 2 out',
                     "POST /v2/a/blobs/uploads/?digest=${Digest.of('hello'.bytes)} 201, 5 bytes in, 0 out",
                     'GET /v2/a/tags/list?n=1 404, 0 bytes in, 73 out']
        server.requests()*.toString() == observed
    }

    def 'an interceptor may answer instead of the registry'() {
        given:
        server = RegistryServer.start(settings -> settings.interceptor { method, path, headers ->
            path == '/v2/' && headers['x-fault'] ? Optional.of(Interceptor.Answer.of(503)) : Optional.empty()
        })
        def client = new Client(server)

        expect:
        client.send('GET', '/v2/', 'X-Fault': 'yes').status == 503
        client.send('GET', '/v2/').status == 200
        server.requests()*.status() == [503, 200]
    }

    def 'an interceptor may break off an answer'() {
        given:
        server = RegistryServer.start(settings -> settings.interceptor { method, path, headers ->
            Optional.of(new Interceptor.Answer(200, ['Content-Length': '9'], 'hello'.bytes))
        })

        when:
        new Client(server).send('GET', '/v2/')

        then:
        thrown(IOException)
    }

    def 'a closed registry leaves nothing in the temporary folder'() {
        given:
        server = RegistryServer.start()
        new Client(server).image('a', 'v1', 'one')
        Path folder = server.@temporary // other processes make theirs beside it

        expect:
        Files.exists(folder)

        when:
        server.close()

        then:
        !Files.exists(folder)
    }

    def 'an address is said in one text: #text'() {
        given:
        server = RegistryServer.start(settings -> settings.address(text))

        expect:
        server.address().startsWith('localhost:')
        server.port() > 0

        where:
        text << ['localhost:0', '127.0.0.1', ':0', '[::1]:0']
    }

    def 'an address that is none is quoted: #text'() {
        when:
        RegistryServer.start(settings -> settings.address(text))

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed address '$text': expected HOST:PORT, or :PORT for all addresses, with a port from 0 to 65535"

        where:
        text << ['', ':', 'localhost:', 'localhost:abc', 'localhost:65536', 'a:b:1', ':99999']
    }

    def 'a port in use is named'() {
        given:
        server = RegistryServer.start()

        when:
        RegistryServer.start(settings -> settings.port(server.port()))

        then:
        def e = thrown(IOException)
        e.message == "cannot listen at 127.0.0.1:${server.port()}: Address already in use"
    }

    @Requires(value = { Peers.has('skopeo') && Peers.has('umoci') }, reason = 'needs skopeo and umoci')
    def 'skopeo pushes to it, lists, inspects, pulls and deletes'() {
        given:
        server = RegistryServer.start()
        def name = "docker://${server.address()}/team/app"
        def layout = folder.resolve('layout')
        Peers.run('umoci', 'init', '--layout', layout)
        Peers.run('umoci', 'new', '--image', "$layout:v1")
        Files.writeString(folder.resolve('hello.txt'), 'hello')
        Peers.run('umoci', 'insert', '--rootless', '--image', "$layout:v1", folder.resolve('hello.txt'), '/hello.txt')
        def digest = Peers.run('skopeo', 'inspect', '--format', '{{.Digest}}', "oci:$layout:v1").trim()

        when:
        Peers.run('skopeo', 'copy', '--dest-tls-verify=false', "oci:$layout:v1", "$name:v1")
        Peers.run('skopeo', 'copy', '--src-tls-verify=false', '--dest-tls-verify=false', "$name:v1", "$name:v2")

        then:
        Peers.run('skopeo', 'inspect', '--tls-verify=false', '--format', '{{.Digest}}', "$name:v2").trim() == digest
        Peers.run('skopeo', 'list-tags', '--tls-verify=false', name).findAll(/"v\d"/) == ['"v1"', '"v2"']

        when:
        Peers.run('skopeo', 'copy', '--src-tls-verify=false', "$name:v1", "oci:${folder.resolve('back')}:v1")

        then:
        Peers.run('skopeo', 'inspect', '--format', '{{.Digest}}', "oci:${folder.resolve('back')}:v1").trim() == digest

        when:
        Peers.run('skopeo', 'delete', '--tls-verify=false', "$name:v1")

        then:
        new Client(server).send('GET', '/v2/team/app/tags/list').json.tags == []
    }
}
