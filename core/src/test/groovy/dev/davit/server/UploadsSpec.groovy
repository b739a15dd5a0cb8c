package dev.davit.server

import spock.lang.AutoCleanup
import spock.lang.Specification

class UploadsSpec extends Specification {

    static final HELLO = 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'

    @AutoCleanup
    RegistryServer server = RegistryServer.start()
    Client client = new Client(server)

    String begin() {
        def answer = client.send('POST', '/v2/a/blobs/uploads/')
        assert answer.status == 202
        answer.header('Location')
    }

    def 'a blob may come in one stream'() {
        given:
        def upload = begin()

        expect:
        with(client.send('PATCH', upload, 'hello'.bytes)) {
            status == 202
            header('Range') == '0-4'
            header('Location') == upload
        }
        with(client.send('PUT', "$upload?digest=$HELLO")) {
            status == 201
            header('Location') == "/v2/a/blobs/$HELLO"
        }
        client.send('GET', "/v2/a/blobs/$HELLO").text == 'hello'
    }

    def 'a blob may come in chunks, the last one with the end of the upload'() {
        given:
        def upload = begin()

        expect:
        client.send('PATCH', upload, 'he'.bytes, 'Content-Range': '0-1').header('Range') == '0-1'
        client.send('PATCH', upload, 'l'.bytes, 'Content-Range': '2-2').header('Range') == '0-2'
        with(client.send('GET', upload)) {
            status == 204
            header('Range') == '0-2'
            header('Location') == upload
        }
        client.send('PUT', "$upload?digest=$HELLO", 'lo'.bytes, 'Content-Range': '3-4').status == 201
        client.send('GET', "/v2/a/blobs/$HELLO").text == 'hello'
    }

    def 'a chunk out of order is refused, and the upload goes on where it was'() {
        given:
        def upload = begin()
        client.send('PATCH', upload, 'he'.bytes, 'Content-Range': '0-1')

        when:
        def answer = client.send('PATCH', upload, 'lo'.bytes, 'Content-Range': range)

        then:
        answer.status == 416
        answer.code == 'BLOB_UPLOAD_INVALID'
        answer.header('Range') == '0-1'
        answer.header('Location') == upload

        and:
        client.send('PATCH', upload, 'llo'.bytes, 'Content-Range': '2-4').status == 202
        client.send('PUT', "$upload?digest=$HELLO").status == 201

        where:
        range << ['3-4', '0-1', '1-2']
    }

    def 'a chunk of another length than its range is refused'() {
        expect:
        client.send('PATCH', begin(), 'hello'.bytes, 'Content-Range': '0-9').code == 'SIZE_INVALID'
    }

    def 'bytes with another digest are refused and not kept'() {
        given:
        def upload = begin()

        when:
        def answer = client.send('PUT', "$upload?digest=$HELLO", 'jello'.bytes)

        then:
        answer.status == 400
        answer.code == 'DIGEST_INVALID'
        client.send('HEAD', "/v2/a/blobs/$HELLO").status == 404
        client.send('GET', upload).code == 'BLOB_UPLOAD_UNKNOWN'
    }

    def 'an upload can be given up'() {
        given:
        def upload = begin()

        expect:
        client.send('DELETE', upload).status == 204
        client.send('PATCH', upload, 'hello'.bytes).code == 'BLOB_UPLOAD_UNKNOWN'
    }

    def 'an upload belongs to its repository'() {
        expect:
        client.send('GET', begin().replace('/v2/a/', '/v2/b/')).code == 'BLOB_UPLOAD_UNKNOWN'
    }

    def 'an end without a digest is refused, and the upload stays'() {
        given:
        def upload = begin()

        expect:
        client.send('PUT', upload, 'hello'.bytes).code == 'DIGEST_INVALID'
        client.send('GET', upload).status == 204
    }
}
