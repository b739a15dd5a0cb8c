package dev.davit.server

import dev.davit.blob.Digest
import dev.davit.json.Json
import spock.lang.AutoCleanup
import spock.lang.Specification

class ManifestsSpec extends Specification {

    @AutoCleanup
    RegistryServer server = RegistryServer.start()
    Client client = new Client(server)

    def 'a manifest is there by tag and by digest, byte for byte'() {
        given:
        client.blob('a', '{}'.bytes)
        def text = '{ "schemaVersion": 2,\n"config": {"digest": "' + Digest.of('{}'.bytes) + '"}, "layers": [] }'

        when:
        def pushed = client.send('PUT', '/v2/a/manifests/v1', text.bytes, 'Content-Type': Client.MANIFEST)

        then:
        pushed.status == 201
        pushed.header('Docker-Content-Digest') ==
                'sha256:8f82fc400a1053cdcf19d08126184e9abc2bbf913631af979e05daebe3dbb53f'
        pushed.header('Location') == "/v2/a/manifests/${pushed.header('Docker-Content-Digest')}"

        and:
        [client.send('GET', '/v2/a/manifests/v1'), client.send('GET', pushed.header('Location'))].every {
            it.status == 200 && it.text == text && it.header('Content-Type') == Client.MANIFEST
                    && it.header('Docker-Content-Digest') == pushed.header('Docker-Content-Digest')
        }
        with(client.send('HEAD', '/v2/a/manifests/v1')) {
            status == 200
            header('Content-Length') == text.length().toString()
            header('Content-Type') == Client.MANIFEST
            bytes.length == 0
        }
    }

    def 'a manifest that refers to what is not there is refused: #what'() {
        given:
        client.blob('a', '{}'.bytes)
        client.blob('b', 'hello'.bytes)
        def tree = [schemaVersion: 2] + members

        when:
        def answer = client.send('PUT', '/v2/a/manifests/v1', Json.write(tree), 'Content-Type': type)

        then:
        answer.status == 404
        answer.code == 'MANIFEST_BLOB_UNKNOWN'
        client.send('GET', '/v2/a/manifests/v1').code == 'MANIFEST_UNKNOWN'

        where:
        what                        | type            | members
        'no config'                 | Client.MANIFEST | [config: descriptor('absent'), layers: []]
        'no layer'                  | Client.MANIFEST | [config: descriptor('{}'), layers: [descriptor('absent')]]
        'layer of another one only' | Client.MANIFEST | [config: descriptor('{}'), layers: [descriptor('hello')]]
        'no child'                  | Client.INDEX    | [manifests: [descriptor('absent')]]
        'a blob is no image'        | Client.INDEX    | [manifests: [descriptor('{}') + [mediaType: Client.MANIFEST]]]
    }

    def 'an index may list a blob as what it is'() {
        given:
        def blob = client.blob('a', 'hello'.bytes)

        expect:
        client.manifest('a', 'v1', [schemaVersion: 2, mediaType: Client.INDEX, manifests: [blob + [mediaType: 'text/plain']]])
    }

    def 'a layer that is served elsewhere need not be there'() {
        given:
        def config = client.blob('a', '{}'.bytes)
        def layer = descriptor('absent') + [mediaType: type, urls: ['https://example.com/layer']]

        expect:
        client.manifest('a', 'v1', [schemaVersion: 2, mediaType: Client.MANIFEST, config: config, layers: [layer]])

        where:
        type << ['application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
                 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip']
    }

    static Map descriptor(String content) {
        [mediaType: 'application/octet-stream', digest: Digest.of(content.bytes).toString(), size: content.length()]
    }

    def 'what is not a manifest is refused: #body as #type under #name'() {
        expect:
        with(client.send('PUT', "/v2/a/manifests/$name", body.bytes, 'Content-Type': type)) {
            status == expected
            it.code == error
        }

        where:
        name               | type            | body                                  || expected | error
        'v1'               | Client.MANIFEST | 'hello'                               || 400      | 'MANIFEST_INVALID'
        'v1'               | Client.MANIFEST | '[]'                                  || 400      | 'MANIFEST_INVALID'
        'v1'               | Client.MANIFEST | '{"mediaType":"' + Client.INDEX + '"}' || 400     | 'MANIFEST_INVALID'
        '-v1'              | Client.MANIFEST | '{}'                                  || 400      | 'MANIFEST_INVALID'
        'v1'               | Client.INDEX    | '{"manifests":[{}]}'                  || 400      | 'MANIFEST_INVALID'
        Digest.of('x'.bytes) | Client.INDEX  | '{}'                                  || 400      | 'DIGEST_INVALID'
        'v1'               | Client.INDEX    | '"' + 'x' * (4 << 20) + '"'           || 413      | 'SIZE_INVALID'
    }

    def 'a deleted tag leaves the manifest, a deleted manifest takes its tags along'() {
        given:
        def one = client.image('a', 'v1', 'one').digest
        client.image('a', 'latest', 'one')
        client.image('a', 'v2', 'two')

        expect:
        client.send('DELETE', '/v2/a/manifests/v1').status == 202
        client.send('GET', '/v2/a/manifests/v1').code == 'MANIFEST_UNKNOWN'
        client.send('GET', "/v2/a/manifests/$one").status == 200
        client.send('GET', '/v2/a/tags/list').json.tags == ['latest', 'v2']

        and:
        client.send('DELETE', "/v2/a/manifests/$one").status == 202
        client.send('GET', "/v2/a/manifests/$one").code == 'MANIFEST_UNKNOWN'
        client.send('GET', '/v2/a/tags/list').json.tags == ['v2']
        client.send('DELETE', "/v2/a/manifests/$one").code == 'MANIFEST_UNKNOWN'
    }

    def 'what is not there is unknown: #path'() {
        given:
        client.image('a', 'v1', 'one')

        expect:
        client.send('GET', path).status == 404
        client.send('GET', path).code == code

        where:
        path                                           | code
        '/v2/a/manifests/v2'                           | 'MANIFEST_UNKNOWN'
        '/v2/a/manifests/.v1'                          | 'MANIFEST_UNKNOWN'
        '/v2/b/manifests/v1'                           | 'MANIFEST_UNKNOWN'
        "/v2/a/manifests/${Digest.of('one'.bytes)}"    | 'MANIFEST_UNKNOWN'
        '/v2/b/tags/list'                              | 'NAME_UNKNOWN'
    }

    def 'tags come sorted and in pages'() {
        given:
        ['v2', 'v10', 'latest', 'V1'].each { client.image('a', it, 'one') }

        expect:
        client.send('GET', '/v2/a/tags/list').json == [name: 'a', tags: ['V1', 'latest', 'v10', 'v2']]
        with(client.send('GET', '/v2/a/tags/list?n=3')) {
            json.tags == ['V1', 'latest', 'v10']
            header('Link') == '</v2/a/tags/list?n=3&last=v10>; rel="next"'
        }
        with(client.send('GET', '/v2/a/tags/list?n=3&last=v10')) {
            json.tags == ['v2']
            header('Link') == null
        }
        client.send('GET', '/v2/a/tags/list?n=0').json.tags == []
        client.send('GET', '/v2/a/tags/list?last=v').json.tags == ['v10', 'v2']
        client.send('GET', '/v2/a/tags/list?n=many').code == 'PAGINATION_NUMBER_INVALID'
    }

    def 'the catalog lists repositories, sorted and in pages'() {
        given:
        ['b', 'a/manifests/c', 'a'].each { client.image(it, 'v1', 'one') }

        expect:
        client.send('GET', '/v2/_catalog').json == [repositories: ['a', 'a/manifests/c', 'b']]
        with(client.send('GET', '/v2/_catalog?n=2')) {
            json.repositories == ['a', 'a/manifests/c']
            header('Link') == '</v2/_catalog?n=2&last=a%2Fmanifests%2Fc>; rel="next"'
        }
        client.send('GET', '/v2/_catalog?n=2&last=a%2Fmanifests%2Fc').json.repositories == ['b']
    }

    def 'referrers are listed by their subject, even one that is not there'() {
        given:
        def subject = client.image('a', 'v1', 'one')
        def signature = client.image('a', null, 'sig', artifactType: 'example/signature', subject: subject,
                annotations: [who: 'me'])
        def sbom = client.image('a', null, 'sbom', subject: subject)
        def listed = [
                signature + [artifactType: 'example/signature', annotations: [who: 'me']],
                sbom + [artifactType: 'application/vnd.oci.image.config.v1+json']].sort { it.digest }

        expect:
        with(client.send('GET', "/v2/a/referrers/$subject.digest")) {
            header('Content-Type') == Client.INDEX
            header('OCI-Filters-Applied') == null
            json == [schemaVersion: 2, mediaType: Client.INDEX, manifests: listed]
        }
        with(client.send('GET', "/v2/a/referrers/$subject.digest?artifactType=example/signature")) {
            header('OCI-Filters-Applied') == 'artifactType'
            json.manifests*.digest == [signature.digest]
        }
        client.send('GET', "/v2/a/referrers/${Digest.of('x'.bytes)}").json.manifests == []
        client.send('GET', '/v2/a/referrers/x').code == 'DIGEST_INVALID'

        and:
        client.send('DELETE', "/v2/a/manifests/$sbom.digest").status == 202
        client.send('GET', "/v2/a/referrers/$subject.digest").json.manifests*.digest == [signature.digest]
    }

    def 'the answer to a push says that the subject was understood'() {
        given:
        def subject = descriptor('absent')

        when:
        def answer = client.send('PUT', '/v2/a/manifests/v1', Json.write([manifests: [], subject: subject]), 'Content-Type': Client.INDEX)

        then:
        answer.header('OCI-Subject') == subject.digest
    }
}
