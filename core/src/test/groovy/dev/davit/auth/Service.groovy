package dev.davit.auth

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import dev.davit.json.Json
import java.util.concurrent.CopyOnWriteArrayList
import javax.net.ssl.SSLContext

/** A server that answers as its rules say, and keeps what it was asked. */
final class Service implements Closeable {

    /** One request: what was asked, its headers in lower case, its body and that as a form. */
    static final class Asked {
        String line
        Map<String, String> headers
        String body

        Map<String, String> getForm() {
            body.split('&').findAll().collectEntries { it.split('=', 2).collect { URLDecoder.decode(it, 'UTF-8') } }
        }

        String toString() {
            line
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>()
    private final Map<String, Closure> rules = [:]
    private final HttpServer server

    Service(SSLContext tls = null) {
        def address = new InetSocketAddress(InetAddress.loopbackAddress, 0)
        server = tls ? HttpsServer.create(address, 0).tap { httpsConfigurator = new HttpsConfigurator(tls) }
                : HttpServer.create(address, 0)
        server.createContext('/') { handle(it) }
        server.start()
    }

    /**
     * Answers requests that begin with this, such as {@code POST /token}, with what the closure gives: a body, a status or
     * both. The longest beginning decides.
     */
    Service on(String line, Closure answer) {
        rules[line] = answer
        this
    }

    String getHost() {
        "localhost:$server.address.port"
    }

    String getUrl() {
        "http://$host"
    }

    private void handle(HttpExchange exchange) {
        def one = new Asked(line: "$exchange.requestMethod $exchange.requestURI", body: exchange.requestBody.text,
                headers: exchange.requestHeaders.collectEntries { [it.key.toLowerCase(), it.value.first()] })
        asked << one
        def rule = rules.findAll { one.line.startsWith(it.key) }.max { it.key.length() }
        def answer = rule ? rule.value(one) : 404
        int status = answer instanceof Integer ? answer : answer instanceof List ? answer[0] as int : 200
        def content = answer instanceof List ? answer[1] : answer instanceof Integer ? '' : answer
        def bytes = content instanceof Map ? Json.write(content) : (content as String).getBytes('UTF-8')
        exchange.sendResponseHeaders(status, bytes.length ?: -1)
        if (bytes) {
            exchange.responseBody.write(bytes)
        }
        exchange.close()
    }

    @Override
    void close() {
        server.stop(0)
    }
}
