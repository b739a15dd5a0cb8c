package dev.davit.server

import spock.lang.AutoCleanup
import spock.lang.Specification

class ConnectionSpec extends Specification {

    static final HELLO = 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'

    @AutoCleanup
    RegistryServer server = RegistryServer.start()
    @AutoCleanup
    Socket socket = new Socket('127.0.0.1', server.port())

    def setup() {
        socket.soTimeout = 5000
    }

    /** Sends this text, and reads until this line has come; returns all until then. */
    private String talk(String request, String end = '') {
        socket.outputStream.write(request.replace('\n', '\r\n').getBytes('ISO-8859-1'))
        def lines = []
        while (!lines || lines.last() != end) {
            def line = new StringBuilder()
            for (int b = socket.inputStream.read(); b != '\n' as char; b = socket.inputStream.read()) {
                if (b < 0) {
                    return lines.join('\n') + line
                }
                line.append((char) b)
            }
            lines << line.toString() - '\r'
        }
        lines.join('\n')
    }

    def 'a client that speaks TLS is refused at once, so that it can try plain HTTP'() {
        when:
        socket.outputStream.write([0x16, 0x03, 0x01, 0x02, 0x00, 0x01] as byte[])

        then:
        talk('').startsWith('HTTP/1.1 400 ')
        socket.inputStream.read() == -1
    }

    def 'a connection serves several requests, also when they come at once'() {
        when:
        socket.outputStream.write(('HEAD /v2/ HTTP/1.1\r\nHost: x\r\n\r\n' * 3).bytes)

        then:
        3.times { assert talk('').startsWith('HTTP/1.1 200 ') }
        server.requests().size() == 3
    }

    def 'a connection ends when the client asks for it: #head'() {
        expect:
        talk("HEAD /v2/ $head\n\n").startsWith('HTTP/1.1 200 ')
        socket.inputStream.read() == -1

        where:
        head << ['HTTP/1.0', 'HTTP/1.1\nconnection: Close']
    }

    def 'a body may come in chunks, with extensions and trailers'() {
        expect:
        talk("POST /v2/a/blobs/uploads/?digest=$HELLO HTTP/1.1\nTransfer-Encoding: chunked\n\n" +
                '2\nhe\n3;x=y\nllo\n0\nX-Trailer: z\n\n').startsWith('HTTP/1.1 201 ')
        talk('GET /v2/ HTTP/1.1\n\n').startsWith('HTTP/1.1 200 ')
    }

    def 'a client that waits to be asked for its body is asked'() {
        expect:
        talk("POST /v2/a/blobs/uploads/?digest=$HELLO HTTP/1.1\nContent-Length: 5\nExpect: 100-continue\n\n") ==
                'HTTP/1.1 100 Continue\n'
        talk('hello').startsWith('HTTP/1.1 201 ')
    }

    def 'a client that waits to be asked for its body may be refused instead'() {
        expect:
        talk('PUT /v2/A/manifests/x HTTP/1.1\nContent-Length: 5\nExpect: 100-continue\n\n').startsWith('HTTP/1.1 400 ')
    }

    def 'a body that nobody wanted is passed over'() {
        expect:
        talk('PUT /v2/ HTTP/1.1\nContent-Length: 5\n\nhello').startsWith('HTTP/1.1 405 ')
        socket.inputStream.skipNBytes(server.requests().last().sent())
        talk('HEAD /v2/ HTTP/1.1\n\n').startsWith('HTTP/1.1 200 ')
    }

    def 'an upload that breaks off keeps what has come'() {
        given:
        def client = new Client(server)
        def upload = client.send('POST', '/v2/a/blobs/uploads/').header('Location')

        when:
        socket.outputStream.write("PATCH $upload HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel".bytes)
        socket.shutdownOutput()
        socket.inputStream.readAllBytes()

        then:
        client.send('GET', upload).header('Range') == '0-2'
        client.send('PUT', "$upload?digest=$HELLO", 'lo'.bytes, 'Content-Range': '3-4').status == 201
    }

    def 'what is not HTTP is refused: #request'() {
        expect:
        talk("$request\n\n").startsWith('HTTP/1.1 400 ')
        socket.inputStream.read() == -1

        where:
        request << ['GET /', 'GET / HTTP/2', 'GET /%zz HTTP/1.1', 'GET mailto:x HTTP/1.1', 'hello',
                    'GET / HTTP/1.1\nContent-Length: -1']
    }
}
