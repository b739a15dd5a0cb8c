package dev.davit.server;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One request and its answer. Reports itself before the client can have read the whole answer. */
final class Exchange {

    private final String method;
    private final URI target;
    private final Map<String, String> headers;
    private final Body body;
    private final OutputStream out;
    private final Consumer<Request> observer;
    private final Map<String, String> answer = new LinkedHashMap<>();
    private boolean awaited;
    private int status;
    private long sent;
    private boolean reported;
    private boolean shortened;

    Exchange(String method, URI target, Map<String, String> headers, Body body, OutputStream out,
            Consumer<Request> observer) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.out = out;
        this.observer = observer;
        this.awaited = headers.getOrDefault("Expect", "").equalsIgnoreCase("100-continue");
    }

    String method() {
        return method;
    }

    /** Decoded, without the query. */
    String path() {
        return target.getPath();
    }

    /** As the client sent it, with the query. */
    String target() {
        return target.toString();
    }

    Optional<String> query(String name) {
        String query = target.getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (decoded(equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
                return Optional.of(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The body; a client that waits to be asked for it is asked. */
    InputStream body() throws IOException {
        if (awaited) {
            awaited = false;
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        return body;
    }

    /** Sets a header of the answer. */
    Exchange with(String name, Object value) {
        answer.put(name, value.toString());
        return this;
    }

    /** Whether the answer has begun, so that it is too late for another one. */
    boolean isAnswered() {
        return status != 0;
    }

    /** Whether both sides agree on where the next request begins, once the rest of the body is read. */
    boolean isWhole() {
        return !awaited && !shortened;
    }

    void send(int code) throws IOException {
        send(code, 0, InputStream.nullInputStream());
    }

    void send(int code, String type, byte[] content) throws IOException {
        with("Content-Type", type).send(code, content.length, new ByteArrayInputStream(content));
    }

    void send(int code, long length, InputStream content) throws IOException {
        status = code;
        answer.put("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        if (code != 204) {
            String announced = answer.putIfAbsent("Content-Length", String.valueOf(length));
            shortened = announced != null && !announced.equals(String.valueOf(length));
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 " + code + " \r\n");
        answer.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        try {
            copy(content, method.equals("HEAD") ? 0 : length);
        } finally {
            report();
        }
        out.flush();
    }

    private void copy(InputStream content, long length) throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (sent < length) {
            int n = content.read(buffer, 0, (int) Math.min(buffer.length, length - sent));
            if (n < 0) {
                throw new EOFException(path() + " ends after " + sent + " of " + length + " bytes");
            }
            sent += n;
            if (sent == length) {
                report();
            }
            out.write(buffer, 0, n);
        }
    }

    private void report() {
        if (!reported) {
            reported = true;
            observer.accept(new Request(method, target(), status, body.count(), sent));
        }
    }
}
