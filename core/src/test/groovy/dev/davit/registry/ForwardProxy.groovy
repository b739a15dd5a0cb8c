package dev.davit.registry

import java.util.concurrent.CopyOnWriteArrayList

/** A forward proxy: whole addresses for HTTP, tunnels for HTTPS. All hosts are this machine to it. */
final class ForwardProxy implements Closeable {

    /** The first line of each request, and what authorises it. */
    final List<String> requests = new CopyOnWriteArrayList<>()
    String authorization = ''
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.loopbackAddress)

    ForwardProxy() {
        Thread.startDaemon {
            while (!server.closed) {
                try {
                    def client = server.accept()
                    Thread.startDaemon { serve(client) }
                } catch (IOException e) {
                    // closed
                }
            }
        }
    }

    String getAddress() {
        "127.0.0.1:$server.localPort"
    }

    private void serve(Socket client) {
        try {
            def head = head(client.inputStream)
            requests << head[0]
            if (authorization && !head.contains("Proxy-Authorization: $authorization".toString())) {
                client.outputStream << 'HTTP/1.1 407 Who is it\r\nProxy-Authenticate: Basic realm="spec"\r\n' +
                        'Content-Length: 0\r\nConnection: close\r\n\r\n'
                client.close()
                return
            }
            def (method, target) = head[0].split(' ')
            def url = method == 'CONNECT' ? URI.create("https://$target") : URI.create(target)
            def behind = new Socket(InetAddress.loopbackAddress, url.port)
            if (method == 'CONNECT') {
                client.outputStream << 'HTTP/1.1 200 Go on\r\n\r\n'
            } else {
                def rest = head.drop(1).findAll { !it.startsWith('Proxy-') && !it.startsWith('Connection:') }
                behind.outputStream << ["$method ${target.replaceFirst('^http://[^/]+', '')} HTTP/1.1", *rest, 'Connection: close', '', ''].join('\r\n')
            }
            Thread.startDaemon { quietly { client.inputStream.transferTo(behind.outputStream) } }
            if (method != 'CONNECT') {
                client.outputStream << upTo('\r\n', behind.inputStream) + 'Connection: close\r\n'
            }
            quietly { behind.inputStream.transferTo(client.outputStream) }
            client.close()
        } catch (IOException e) {
            client.close()
        }
    }

    private static List<String> head(InputStream input) {
        upTo('\r\n\r\n', input).readLines().findAll()
    }

    private static String upTo(String end, InputStream input) {
        def bytes = new ByteArrayOutputStream()
        while (!bytes.toString().endsWith(end)) {
            int next = input.read()
            if (next < 0) {
                throw new EOFException()
            }
            bytes.write(next)
        }
        bytes.toString()
    }

    private static void quietly(Closure block) {
        try {
            block()
        } catch (IOException e) {
            // one side is gone
        }
    }

    @Override
    void close() {
        server.close()
    }
}
