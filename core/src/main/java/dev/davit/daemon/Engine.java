package dev.davit.daemon;

import dev.davit.json.Document;
import dev.davit.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Requests to one engine, failing unless they succeed. */
final class Engine implements AutoCloseable {

    /** The newest version of the interface that this code knows; an engine that is older is spoken to in its own. */
    private static final String NEWEST = "1.51";
    private static final Pattern VERSION = Pattern.compile("1\\.([0-9]{1,4})");
    private static final int LARGEST_DOCUMENT = 32 << 20;

    private static final Duration CONNECTION = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    /** An engine says nothing while it gathers or unpacks layers. */
    private static final Duration WORK = Duration.ofMinutes(10);

    private final Endpoint endpoint;
    private final OkHttpClient client;
    private final OkHttpClient patient;
    /** What has not been answered, or not been read to its end, and who asked. */
    private final Map<Call, Thread> running = new ConcurrentHashMap<>();
    private volatile boolean readOnly;
    private String podman = "";
    private final String version;

    /**
     * Asks the engine which version of the interface it speaks.
     *
     * @throws DaemonException if it does not answer
     */
    Engine(Endpoint endpoint) throws IOException {
        this(endpoint, SILENCE);
    }

    Engine(Endpoint endpoint, Duration silence) throws IOException {
        this.endpoint = endpoint;
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(CONNECTION).readTimeout(silence).writeTimeout(silence)
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .eventListener(new EventListener() {
                    @Override
                    public void callEnd(Call call) {
                        running.remove(call);
                    }

                    @Override
                    public void callFailed(Call call, IOException e) {
                        running.remove(call);
                    }
                })
                // A new connection is cheap, and OkHttp tests an old one by a timeout that UnixSocket does not have.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS));
        if (endpoint.socket().isPresent()) {
            builder.socketFactory(UnixSocket.factory(endpoint.socket().get()))
                    .dns(host -> List.of(InetAddress.getLoopbackAddress()));
        }
        if (endpoint.certificates().isPresent()) {
            new Certificates(endpoint.certificates().get()).use(builder);
        }
        this.client = builder.build();
        this.patient = client.newBuilder().readTimeout(WORK).writeTimeout(WORK).build();
        this.version = version();
    }

    private String version() throws IOException {
        HttpUrl url = endpoint.url().newBuilder().addPathSegment("_ping").build();
        Request request = request(new Request.Builder().url(url));
        try (Response response = send(request, client)) {
            String newest = response.header("Api-Version", "");
            Matcher theirs = VERSION.matcher(newest);
            Matcher ours = VERSION.matcher(NEWEST);
            if (!theirs.matches() || !ours.matches()) {
                throw failure(request, response.code(),
                        "answers, but not as Docker or Podman does: it says no version of their interface");
            }
            podman = response.header("Libpod-Api-Version", "");
            return Integer.parseInt(theirs.group(1)) < Integer.parseInt(ours.group(1)) ? newest : NEWEST;
        }
    }

    /** Where it listens, for messages. */
    String place() {
        return endpoint.name();
    }

    /** The address of this path; names of images may stand in it as they are. */
    HttpUrl.Builder url(String path) {
        return endpoint.url().newBuilder().addPathSegment("v" + version).addPathSegments(path);
    }

    /** The address of this path in Podman's own interface; empty if it is not Podman. */
    Optional<HttpUrl.Builder> own(String path) {
        return podman.isEmpty() ? Optional.empty() : Optional.of(endpoint.url().newBuilder()
                .addPathSegment("v" + podman).addPathSegment("libpod").addPathSegments(path));
    }

    Document object(HttpUrl url) throws IOException {
        return Document.parse(whole(url), "the answer of " + place() + " to " + url.encodedPath());
    }

    @Nullable Object value(HttpUrl url) throws IOException {
        return Json.read(whole(url), "the answer of " + place() + " to " + url.encodedPath());
    }

    private byte[] whole(HttpUrl url) throws IOException {
        Request request = request(new Request.Builder().url(url));
        try (Response response = send(request, client)) {
            byte[] bytes = response.body().byteStream().readNBytes(LARGEST_DOCUMENT + 1);
            if (bytes.length > LARGEST_DOCUMENT) {
                throw failure(request, response.code(), "the answer is larger than " + LARGEST_DOCUMENT + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw Failures.of(request, place(), e);
        }
    }

    /** A request whose answer says nothing but that it was done. */
    void tell(String method, HttpUrl url) throws IOException {
        RequestBody body = method.equals("POST") ? RequestBody.create(new byte[0]) : null;
        send(request(new Request.Builder().url(url).method(method, body)), client).close();
    }

    /** The answer to a request that may take the engine long. Close it. */
    Response download(HttpUrl url) throws IOException {
        return send(request(new Request.Builder().url(url)), patient);
    }

    /** Sends an image, and reads what the engine says of it to its end. */
    void upload(HttpUrl url, LoadBody body) throws IOException {
        Request request = request(new Request.Builder().url(url).post(body));
        try (Response response = send(request, patient)) {
            String error = Progress.error(response.body().source());
            if (!error.isEmpty()) {
                throw failure(request, response.code(), "failed: " + error);
            }
        } catch (IOException e) {
            IOException source = body.sourceFailure();
            throw source == null ? Failures.of(request, place(), e) : source;
        }
    }

    private static Request request(Request.Builder builder) {
        return builder.header("User-Agent", "davit").header("Accept-Encoding", "identity").build();
    }

    /** Refuses from now on what could change something, before it is sent. */
    void readOnly() {
        readOnly = true;
    }

    private Response send(Request request, OkHttpClient by) throws IOException {
        if (readOnly && !request.method().equals("GET")) {
            throw failure(request, 0, "not sent, because this client may only read");
        }
        Call call = by.newCall(request);
        running.put(call, Thread.currentThread());
        Response response;
        try {
            response = call.execute();
        } catch (IOException e) {
            throw Failures.of(request, place(), e);
        }
        if (!response.isSuccessful()) {
            throw Failures.of(response, place());
        }
        return response;
    }

    private DaemonException failure(Request request, int status, String reason) {
        return new DaemonException(request.method(), Failures.path(request), place(), status, reason, null);
    }

    /** Ends what this thread waits for. */
    void cancel(Thread thread) {
        running.forEach((call, caller) -> {
            if (caller == thread) {
                call.cancel();
            }
        });
    }

    /** Ends what all threads wait for. */
    @Override
    public void close() {
        running.keySet().forEach(Call::cancel);
    }
}
