package dev.davit.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A client's connection, with one request after the other.
 *
 * <p>Not the JDK's own HTTP server: clients that try HTTPS before HTTP, as container tools do with a registry on this
 * machine, wait for an answer to their TLS greeting, and that server waits for the end of a line. Ten seconds go by
 * before each connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">HTTP/1.1</a>
 */
final class Connection {

    /** What answers requests. */
    @FunctionalInterface
    interface Handler {
        void answer(Exchange exchange) throws IOException;
    }

    /** A connection that is silent for this long is given up. */
    private static final int SILENCE_MILLIS = 120_000;

    /** A client that is still sending when the connection closes may lose the answer that says why. */
    private static final long DRAINED = 16 << 20;

    private final InputStream in;
    private final OutputStream out;
    private final Handler handler;
    private final Consumer<Request> observer;

    Connection(Socket socket, Handler handler, Consumer<Request> observer) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        this.handler = handler;
        this.observer = observer;
    }

    /** Answers the next request; tells whether another one may follow. */
    boolean serve() throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        if (first < 0) {
            return false;
        }
        if (first < 'A' || first > 'Z') {
            return refuse(); // a TLS greeting, most likely
        }
        String[] line = Body.line(in).split(" ");
        Map<String, String> headers = headers();
        Optional<URI> target = line.length == 3 && line[2].startsWith("HTTP/1.") ? uri(line[1]) : Optional.empty();
        String length = headers.getOrDefault("Content-Length", "0");
        if (target.isEmpty() || !length.matches("[0-9]{1,18}")) {
            return refuse();
        }
        Body body = new Body(in, headers.containsKey("Transfer-Encoding") ? -1 : Long.parseLong(length));
        Exchange exchange = new Exchange(line[0], target.get(), headers, body, out, observer);
        return answer(exchange) && exchange.isWhole() && body.drain(DRAINED)
                && line[2].equals("HTTP/1.1") && !headers.getOrDefault("Connection", "").equalsIgnoreCase("close");
    }

    private boolean answer(Exchange exchange) throws IOException {
        try {
            handler.answer(exchange);
            return true;
        } catch (IOException | RuntimeException e) {
            if (!exchange.isAnswered()) {
                exchange.send(500, "application/json", new Refusal(500, "UNKNOWN", e.toString()).json());
            }
            return false;
        }
    }

    private boolean refuse() throws IOException {
        out.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return false;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int size = 0;
        for (String line = Body.line(in); !line.isEmpty(); line = Body.line(in)) {
            size += line.length();
            if (size > Body.LONGEST_LINE) {
                throw new IOException("the request has too many headers");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static Optional<URI> uri(String target) {
        try {
            URI uri = new URI(target);
            return uri.getPath() == null ? Optional.empty() : Optional.of(uri);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
