package dev.davit.registry;

import dev.davit.auth.EnvironmentProxies;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The one place where requests leave the process. */
final class Wire implements AutoCloseable {

    private static final Set<String> READING = Set.of("GET", "HEAD");
    /** After an upload a registry may be busy for long before it answers. */
    private static final int PATIENCE = 10;

    private final Settings settings;
    private final OkHttpClient client;
    private final Hosts hosts;
    /** What has not been answered, or not been read to its end, and who asked. */
    private final Map<Call, Thread> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Wire(Settings settings) {
        this.settings = settings;
        EnvironmentProxies proxies = new EnvironmentProxies(settings.environment);
        this.client = new OkHttpClient.Builder()
                .connectTimeout(settings.connectTimeout)
                .readTimeout(settings.idleTimeout)
                .writeTimeout(settings.idleTimeout)
                .proxySelector(proxies)
                .proxyAuthenticator((route, response) -> response.request().header("Proxy-Authorization") != null ? null
                        : proxies.authorization(response.request().url().uri()).map(value -> response.request()
                                .newBuilder().header("Proxy-Authorization", value).build()).orElse(null))
                .followRedirects(false) // Transport follows them, and keeps secrets at home
                .followSslRedirects(false)
                .eventListenerFactory(call -> Objects.requireNonNull(call.request().tag(Meter.class)))
                .build();
        this.hosts = new Hosts(settings);
    }

    Hosts hosts() {
        return hosts;
    }

    /**
     * Sends one request, and gives the answer whatever its status. Close it.
     *
     * @throws RegistryException if there is no answer
     * @throws IOException if the request may not be sent, or the source of its body fails
     */
    Response exchange(Request request) throws IOException {
        Host host = hosts.at(request.url());
        if (settings.readOnly && !READING.contains(request.method()) && request.tag(TokenRequest.class) == null) {
            throw new IOException(request.method() + " " + Redaction.of(request.url())
                    + ": not sent, because this client may only read");
        }
        if (settings.standIns != null && !EnvironmentProxies.isLoopback(request.url().host())) {
            throw new IOException(request.method() + " " + Redaction.of(request.url())
                    + ": not sent, because this client speaks to stand-ins on this machine only");
        }
        if (closed) {
            throw new IOException(request.method() + " " + Redaction.of(request.url())
                    + ": not sent, because this client is closed");
        }
        OkHttpClient chosen = client(host, request);
        Turns.Turn turn = host.turn();
        Meter meter = new Meter(settings.observer, running::remove, turn);
        Request complete = request.newBuilder().url(host.actual(request.url()))
                .tag(Meter.class, meter)
                .header("User-Agent", settings.userAgent)
                // Without this OkHttp asks for gzip and unpacks it: digests and lengths are of the bytes as stored.
                .header("Accept-Encoding", "identity")
                .build();
        Call call = chosen.newCall(complete);
        running.put(call, Thread.currentThread());
        turn.begin();
        try {
            Response response = meter.counting(call.execute());
            host.answered();
            return response;
        } catch (IOException e) {
            if (request.body() instanceof StreamedBody body && body.sourceFailure() != null) {
                throw new StreamedBody.SourceException(body.sourceFailure());
            }
            if (host.turnsPlain(request.url(), e)) {
                return exchange(request.newBuilder().url(host.actual(request.url())).build());
            }
            // Where nobody has listened so far, nobody is likely to listen in a second; after an answer it may restart.
            throw Failures.of(request, e, e instanceof ConnectException && !host.hasAnswered());
        } finally {
            turn.sent();
        }
    }

    private OkHttpClient client(Host host, Request request) throws IOException {
        OkHttpClient own = host.client(client);
        return request.method().equals("PUT")
                ? own.newBuilder().readTimeout(settings.idleTimeout.multipliedBy(PATIENCE)).build() : own;
    }

    /** Marks a request that fetches a token: it changes nothing, even where it is a POST. */
    record TokenRequest() { }

    /** Ends what this thread is sending and receiving. */
    void cancel(Thread thread) {
        running.forEach((call, caller) -> {
            if (caller == thread) {
                call.cancel();
            }
        });
    }

    /** Ends everything at once, so that no thread keeps the process. */
    @Override
    public void close() {
        closed = true;
        running.keySet().forEach(Call::cancel);
        client.connectionPool().evictAll();
    }
}
