package dev.davit.registry

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicLong

/**
 * A server in front of a registry: it passes everything on, except what one of its rules takes. A rule is asked with the
 * exchange and says whether it has answered.
 */
final class Front implements Closeable {

    final String host
    final List<String> requests = new CopyOnWriteArrayList<>()
    /** Bytes of blobs that came in requests, and that went out in answers. */
    final AtomicLong uploaded = new AtomicLong()
    final AtomicLong downloaded = new AtomicLong()
    final List<String> authorizations = new CopyOnWriteArrayList<>()
    private final List<Closure<Boolean>> rules = new CopyOnWriteArrayList<>()
    private final HttpServer server
    private final ExecutorService threads = Executors.newCachedThreadPool { new Thread(it).tap { daemon = true } }
    private final String upstream

    /** @param upstream the registry behind, or nothing for a server that only has rules */
    Front(String upstream = null) {
        this.upstream = upstream
        server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
        server.executor = threads
        server.createContext('/') { HttpExchange exchange -> handle(exchange) }
        server.start()
        host = "localhost:$server.address.port"
    }

    /** Takes each request that this closure answers. */
    Front rule(Closure<Boolean> rule) {
        rules << rule
        this
    }

    /** Takes as many requests of this method, whose path has this in it, as said. */
    Front fault(String method, String part, int times = 1, Closure fault) {
        int left = times
        rule { HttpExchange exchange ->
            if (exchange.requestMethod == method && exchange.requestURI.toString().contains(part) && left-- > 0) {
                fault(exchange)
                return true
            }
            false
        }
    }

    private void handle(HttpExchange exchange) {
        requests << "$exchange.requestMethod $exchange.requestURI".toString()
        authorizations << exchange.requestHeaders.getFirst('Authorization')
        try {
            if (!rules.any { it(exchange) }) {
                pass(exchange)
            }
        } catch (IOException e) {
            // The client or the registry went away; closing tells the other one.
        } catch (Exception | Error e) {
            answer(exchange, 599, e.toString(), ['Content-Type': 'text/plain'])
        } finally {
            exchange.close()
        }
    }

    /** Passes the request on; the block may change what comes back before it is sent. */
    void pass(HttpExchange exchange, Closure block = {}, List<String> without = []) {
        HttpURLConnection connection = open(exchange, without)
        int status = connection.responseCode
        connection.headerFields.each { name, values ->
            if (name != null && !name.equalsIgnoreCase('Transfer-Encoding')) {
                exchange.responseHeaders.put(name, values)
            }
        }
        block(connection)
        def body = status < 400 ? connection.inputStream : connection.errorStream
        boolean none = exchange.requestMethod == 'HEAD' || connection.contentLengthLong == 0 || body == null
        exchange.sendResponseHeaders(status, none ? -1 : Math.max(connection.contentLengthLong, 0))
        if (!none) {
            count(exchange, downloaded, body.transferTo(exchange.responseBody))
        }
    }

    void passWithoutRange(HttpExchange exchange) {
        pass(exchange, {}, ['range'])
    }

    private HttpURLConnection open(HttpExchange exchange, List<String> without = []) {
        def connection = (HttpURLConnection) new URL("http://$upstream$exchange.requestURI").openConnection()
        connection.instanceFollowRedirects = false
        connection.requestMethod = exchange.requestMethod
        exchange.requestHeaders.each { name, values ->
            if (!(name.toLowerCase() in ['host', 'authorization', 'content-length', 'connection', *without])) {
                connection.setRequestProperty(name, values.join(', '))
            }
        }
        if (exchange.requestMethod in ['PUT', 'POST']) {
            connection.doOutput = true
            connection.setFixedLengthStreamingMode(exchange.requestHeaders.getFirst('Content-Length') as long)
            connection.outputStream.withCloseable { count(exchange, uploaded, exchange.requestBody.transferTo(it)) }
        }
        connection
    }

    private static void count(HttpExchange exchange, AtomicLong total, long bytes) {
        if (exchange.requestURI.path.contains('/blobs/')) {
            total.addAndGet(bytes)
        }
    }

    /** Sends the first bytes of what the registry behind answers, and then closes the connection. */
    void truncate(HttpExchange exchange, int bytes) {
        HttpURLConnection connection = open(exchange)
        if (connection.getHeaderField('Content-Range') != null) {
            exchange.responseHeaders.set('Content-Range', connection.getHeaderField('Content-Range'))
        }
        exchange.sendResponseHeaders(connection.responseCode, connection.contentLengthLong)
        exchange.responseBody.write(connection.inputStream.readNBytes(bytes))
        exchange.responseBody.flush()
    }

    static void answer(HttpExchange exchange, int status, String body = '', Map<String, String> headers = [:]) {
        headers.each { name, value -> exchange.responseHeaders.add(name, value) }
        exchange.requestBody.readAllBytes()
        boolean none = body.empty || exchange.requestMethod == 'HEAD'
        exchange.sendResponseHeaders(status, none ? -1 : body.bytes.length)
        if (!none) {
            exchange.responseBody.write(body.bytes)
        }
    }

    @Override
    void close() {
        server.stop(0)
        threads.shutdownNow()
    }
}
