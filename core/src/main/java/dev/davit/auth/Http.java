package dev.davit.auth;

import dev.davit.json.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Calls to who issues credentials. A failure is one sentence, in which nothing is quoted that was sent: not the address's
 * query, and no value of a header or a form that the answer repeats.
 */
final class Http {

    /** The machine's own service for metadata is not there: the machine is not one of that cloud. */
    static final class Absent extends IOException {
        private static final long serialVersionUID = 1;

        Absent(String message) {
            super(message);
        }
    }

    /** What an issuer refuses with. */
    static final class HttpFailure extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;

        HttpFailure(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private static final int LARGEST = 4 << 20;
    private static final int TRIES = 3;
    private static final long FIRST_WAIT = 200;
    private static final int SHORTEST_SECRET = 4;
    private static final int LONGEST_QUOTE = 200;

    private final EnvironmentProxies proxies;
    private final UnaryOperator<OkHttpClient.Builder> trust;
    private @Nullable OkHttpClient client;

    Http(EnvironmentProxies proxies) {
        this(proxies, builder -> builder);
    }

    private Http(EnvironmentProxies proxies, UnaryOperator<OkHttpClient.Builder> trust) {
        this.proxies = proxies;
        this.trust = trust;
    }

    /** Made when it is first needed, which it seldom is. */
    private synchronized OkHttpClient client() {
        OkHttpClient made = client;
        if (made == null) {
            made = trust.apply(new OkHttpClient.Builder())
                    // With HTTP/2 a thread would wait for the other side, and hold up the end of the process.
                    .protocols(List.of(Protocol.HTTP_1_1))
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                    .connectTimeout(Duration.ofSeconds(10)).readTimeout(Duration.ofSeconds(30))
                    .followRedirects(false)
                    .proxySelector(proxies)
                    .proxyAuthenticator((route, response) -> response.request().header("Proxy-Authorization") != null
                            ? null : proxies.authorization(response.request().url().uri()).map(value -> response.request()
                            .newBuilder().header("Proxy-Authorization", value).build()).orElse(null))
                    .build();
            client = made;
        }
        return made;
    }

    /** For the machine's own service, which answers at once or is not there. */
    private OkHttpClient impatient() {
        return client().newBuilder().connectTimeout(Duration.ofSeconds(1)).readTimeout(Duration.ofSeconds(5))
                .proxy(Proxy.NO_PROXY).build();
    }

    /** The same, trusting these certificates alone. */
    Http trusting(SSLSocketFactory sockets, X509TrustManager manager) {
        return new Http(proxies, builder -> builder.sslSocketFactory(sockets, manager));
    }

    Document get(String url, Map<String, String> headers) throws IOException {
        return document(client(), request(url, headers).build(), headers.values());
    }

    Document post(String url, Map<String, String> form) throws IOException {
        return document(client(), form(url, form), form.values());
    }

    /** The answer's text to a form. */
    String postForText(String url, Map<String, String> form) throws IOException {
        return new String(send(client(), form(url, form), form.values()), StandardCharsets.UTF_8);
    }

    Document post(String url, Map<String, String> headers, byte[] body) throws IOException {
        return document(client(), request(url, headers).post(RequestBody.create(body)).build(), headers.values());
    }

    /**
     * Asks the machine's own service for metadata.
     *
     * @throws Absent if there is none
     */
    String metadata(String method, String url, Map<String, String> headers) throws IOException {
        Request request = request(url, headers)
                .method(method, method.equals("GET") ? null : RequestBody.create(new byte[0])).build();
        return new String(send(impatient(), request, headers.values()), StandardCharsets.UTF_8);
    }

    /** The same for JSON. */
    Document metadata(String url, Map<String, String> headers) throws IOException {
        return document(impatient(), request(url, headers).build(), headers.values());
    }

    private static Request.Builder request(String url, Map<String, String> headers) throws IOException {
        HttpUrl address = HttpUrl.parse(url);
        if (address == null) {
            throw new IOException("'" + url.replaceFirst("\\?.*", "") + "' is no address");
        }
        Request.Builder request = new Request.Builder().url(address).header("User-Agent", "davit");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            try {
                request.header(header.getKey(), header.getValue());
            } catch (IllegalArgumentException e) {
                throw new IOException("the value for " + header.getKey() + " is malformed"); // the cause may quote it
            }
        }
        return request;
    }

    private static Request form(String url, Map<String, String> form) throws IOException {
        FormBody.Builder body = new FormBody.Builder();
        form.forEach(body::add);
        return request(url, Map.of()).post(body.build()).build();
    }

    private static Document document(OkHttpClient client, Request request, Iterable<String> sent) throws IOException {
        return SecretDocument.parse(send(client, request, sent), "the answer of " + shown(request));
    }

    private static byte[] send(OkHttpClient client, Request request, Iterable<String> sent) throws IOException {
        for (int tried = 1; ; tried++) {
            try (Response response = client.newCall(request).execute(); InputStream in = response.body().byteStream()) {
                byte[] body = in.readNBytes(LARGEST + 1);
                if (response.isSuccessful() && body.length <= LARGEST) {
                    return body;
                }
                boolean again = response.code() == 429 || response.code() >= 500;
                if (!again || tried == TRIES) {
                    throw new HttpFailure(response.code(), request.method() + " " + shown(request) + ": " + response.code()
                            + reason(body, sent));
                }
            } catch (ConnectException | NoRouteToHostException | UnknownHostException | SocketTimeoutException e) {
                throw new Absent(request.method() + " " + shown(request) + ": no answer: " + e.getMessage());
            }
            await(FIRST_WAIT * tried * tried);
        }
    }

    private static String shown(Request request) {
        return request.url().newBuilder().username("").password("").query(null).build().toString();
    }

    /** The code and the sentence that OAuth, Amazon and Kubernetes answer with. */
    private static String reason(byte[] body, Iterable<String> sent) {
        String text;
        try {
            Document answer = Document.parse(body, "answer");
            String code = answer.text("error").or(() -> answer.text("error", "status")).or(() -> answer.text("__type"))
                    .or(() -> answer.text("code")).orElse("");
            String message = answer.text("error_description").or(() -> answer.text("error", "message"))
                    .or(() -> answer.text("message")).or(() -> answer.text("Message")).orElse("");
            text = code + (code.isEmpty() || message.isEmpty() ? "" : ": ") + message;
        } catch (IOException e) {
            text = new String(body, StandardCharsets.UTF_8).replaceFirst("(?s).*<Message>(.*?)</Message>.*|.*", "$1");
        }
        for (String value : sent) {
            text = value.length() < SHORTEST_SECRET ? text : text.replace(value, "REDACTED");
        }
        text = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return text.isEmpty() ? ""
                : " " + (text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…");
    }

    private static void await(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an issuer of credentials");
        }
    }
}
