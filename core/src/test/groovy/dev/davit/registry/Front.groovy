package dev.davit.registry

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsParameters
import com.sun.net.httpserver.HttpsServer
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicLong
import javax.net.ssl.SSLContext

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
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

    /**
     * @param upstream the registry behind, or nothing for a server that only has rules
     * @param tls for HTTPS; clients must have a certificate that it trusts if it trusts any
     */
    Front(String upstream = null, SSLContext tls = null) {
        this.upstream = upstream
        def address = new InetSocketAddress(InetAddress.loopbackAddress, 0)
        server = tls == null ? HttpServer.create(address, 0) : HttpsServer.create(address, 0).tap {
            httpsConfigurator = new HttpsConfigurator(tls) {
                @Override
                void configure(HttpsParameters parameters) {
                    def wanted = tls.defaultSSLParameters
                    wanted.needClientAuth = Certificates.asksClients(tls)
                    parameters.setSSLParameters(wanted)
                }
            }
        }
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
        HttpResponse<InputStream> upstream = open(exchange, without)
        upstream.headers().map().each { name, values ->
            if (!name.equalsIgnoreCase('Transfer-Encoding')) {
                exchange.responseHeaders.put(name, values)
            }
        }
        block(upstream)
        long length = length(upstream)
        boolean none = exchange.requestMethod == 'HEAD' || length == 0
        exchange.sendResponseHeaders(upstream.statusCode(), none ? -1 : Math.max(length, 0))
        if (!none) {
            count(exchange, downloaded, upstream.body().transferTo(exchange.responseBody))
        }
    }

    void passWithoutRange(HttpExchange exchange) {
        pass(exchange, {}, ['range'])
    }

    private static long length(HttpResponse<?> response) {
        response.headers().firstValueAsLong('Content-Length').orElse(response.statusCode() == 204 ? 0 : -1)
    }

    private HttpResponse<InputStream> open(HttpExchange exchange, List<String> without = []) {
        def request = HttpRequest.newBuilder(URI.create("http://$upstream$exchange.requestURI"))
        def length = exchange.requestHeaders.getFirst('Content-Length') as Long ?: 0L
        def body = length == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream {
            new FilterInputStream(exchange.requestBody) {
                @Override
                int read(byte[] buffer, int offset, int limit) {
                    int n = super.read(buffer, offset, limit)
                    count(exchange, uploaded, Math.max(n, 0))
                    n
                }
            }
        }, length)
        request.method(exchange.requestMethod, body)
        exchange.requestHeaders.each { name, values ->
            if (!(name.toLowerCase() in ['host', 'authorization', 'content-length', 'connection', *without])) {
                request.setHeader(name, values.join(', '))
            }
        }
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream())
    }

    private static void count(HttpExchange exchange, AtomicLong total, long bytes) {
        if (exchange.requestURI.path.contains('/blobs/')) {
            total.addAndGet(bytes)
        }
    }

    /** Sends the first bytes of what the registry behind answers, and then closes the connection. */
    void truncate(HttpExchange exchange, int bytes) {
        def upstream = open(exchange)
        upstream.headers().firstValue('Content-Range').ifPresent { exchange.responseHeaders.set('Content-Range', it) }
        exchange.sendResponseHeaders(upstream.statusCode(), length(upstream))
        exchange.responseBody.write(upstream.body().readNBytes(bytes))
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
