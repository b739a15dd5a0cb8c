package dev.davit.server

import dev.davit.blob.Digest
import spock.lang.AutoCleanup
import spock.lang.Specification

class BlobsSpec extends Specification {

    static final HELLO = 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'

    @AutoCleanup
    RegistryServer server = RegistryServer.start()
    Client client = new Client(server)

    def 'a blob that was pushed at once can be read'() {
        when:
        def pushed = client.send('POST', "/v2/a/b/blobs/uploads/?digest=$HELLO", 'hello'.bytes)

        then:
        pushed.status == 201
        pushed.header('Location') == "/v2/a/b/blobs/$HELLO"
        pushed.header('Docker-Content-Digest') == HELLO

        and:
        def read = client.send('GET', "/v2/a/b/blobs/$HELLO")
        read.status == 200
        read.text == 'hello'
        read.header('Content-Length') == '5'
        read.header('Docker-Content-Digest') == HELLO
    }

    def 'HEAD says how long a blob is, and sends none of it'() {
        given:
        client.blob('a', 'hello'.bytes)

        when:
        def answer = client.send('HEAD', "/v2/a/blobs/$HELLO")

        then:
        answer.status == 200
        answer.header('Content-Length') == '5'
        answer.bytes.length == 0
        server.requests().last() == new Request('HEAD', "/v2/a/blobs/$HELLO", 200, 0, 0)
    }

    def 'the range #range of five bytes is #expected'() {
        given:
        client.blob('a', 'hello'.bytes)

        when:
        def answer = client.send('GET', "/v2/a/blobs/$HELLO", Range: range)

        then:
        answer.status == status
        status == 416 || answer.text == expected
        answer.header('Content-Range') == contentRange

        where:
        range         || status | expected | contentRange
        'bytes=1-3'   || 206    | 'ell'    | 'bytes 1-3/5'
        'bytes=2-'    || 206    | 'llo'    | 'bytes 2-4/5'
        'bytes=-2'    || 206    | 'lo'     | 'bytes 3-4/5'
        'bytes=-9'    || 206    | 'hello'  | 'bytes 0-4/5'
        'bytes=4-99'  || 206    | 'o'      | 'bytes 4-4/5'
        'bytes=5-'    || 416    | null     | 'bytes */5'
        'bytes=3-2'   || 416    | null     | 'bytes */5'
        'bytes=-0'    || 416    | null     | 'bytes */5'
        'bytes=0-1,4' || 200    | 'hello'  | null
        'lines=1-2'   || 200    | 'hello'  | null
        'bytes=-'     || 200    | 'hello'  | null
    }

    def 'a blob is there only in repositories that it was pushed to or mounted into'() {
        given:
        client.blob('a', 'hello'.bytes)

        expect:
        client.send('GET', "/v2/b/blobs/$HELLO").status == 404
        client.send('GET', "/v2/b/blobs/$HELLO").code == 'BLOB_UNKNOWN'

        when:
        def mounted = client.send('POST', "/v2/b/blobs/uploads/?mount=$HELLO&from=a")

        then:
        mounted.status == 201
        mounted.header('Location') == "/v2/b/blobs/$HELLO"
        client.send('GET', "/v2/b/blobs/$HELLO").text == 'hello'
    }

    def 'a mount that cannot be done begins an upload: #query'() {
        given:
        client.blob('a', 'hello'.bytes)

        when:
        def answer = client.send('POST', "/v2/b/blobs/uploads/?mount=$query")

        then:
        answer.status == 202
        answer.header('Location') =~ '^/v2/b/blobs/uploads/[0-9a-f-]{36}$'

        where:
        query << [HELLO, HELLO + '&from=c', Digest.of('other'.bytes).toString() + '&from=a']
    }

    def 'a deleted blob is gone from its repository and stays in another one'() {
        given:
        client.blob('a', 'hello'.bytes)
        client.blob('b', 'hello'.bytes)

        expect:
        client.send('DELETE', "/v2/a/blobs/$HELLO").status == 202
        client.send('HEAD', "/v2/a/blobs/$HELLO").status == 404
        client.send('DELETE', "/v2/a/blobs/$HELLO").code == 'BLOB_UNKNOWN'
        client.send('GET', "/v2/b/blobs/$HELLO").text == 'hello'
    }

    def 'a blob may be empty'() {
        given:
        def empty = client.blob('a', new byte[0]).digest

        expect:
        client.send('GET', "/v2/a/blobs/$empty").status == 200
        client.send('GET', "/v2/a/blobs/$empty").header('Content-Length') == '0'
        client.send('HEAD', "/v2/a/blobs/$empty").header('Content-Length') == '0'
    }

    def 'a blob may be named by its SHA-512'() {
        given:
        def digest = 'sha512:9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca7' +
                '2323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043'

        expect:
        client.send('POST', "/v2/a/blobs/uploads/?digest=$digest", 'hello'.bytes).status == 201
        client.send('GET', "/v2/a/blobs/$digest").text == 'hello'
    }

    def 'each request says how many bytes went in and out'() {
        given:
        def bytes = new byte[8 << 20]
        client.blob('a', bytes)

        expect:
        client.send('GET', "/v2/a/blobs/${Digest.of(bytes)}").bytes.length == 8 << 20
        server.requests()*.received() == [8 << 20, 0]
        server.requests()*.sent() == [0, 8 << 20]
    }

    def 'a malformed #what is refused with #code'() {
        when:
        def answer = client.send('GET', path)

        then:
        answer.status == status
        answer.code == code
        answer.header('Content-Type') == 'application/json'

        where:
        what         | path                                | status | code
        'digest'     | '/v2/a/blobs/sha256:12'             | 400    | 'DIGEST_INVALID'
        'repository' | "/v2/A/blobs/$HELLO"                | 400    | 'NAME_INVALID'
        'path'       | "/v2/../../etc/blobs/$HELLO"        | 400    | 'NAME_INVALID'
        'path'       | "/v2/a/%2e%2e/_tags/blobs/$HELLO"   | 400    | 'NAME_INVALID'
        'path'       | '/v2/a/blobs/..%2f..%2fetc'         | 404    | 'UNSUPPORTED'
        'endpoint'   | '/v1/a'                             | 404    | 'UNSUPPORTED'
    }
}
