package dev.davit.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An OCI registry in this process, over plain HTTP. It speaks the whole of version 1.1 of the specification: pushes at
 * once, in a stream or in chunks, mounts, ranges, deletes, tags, the catalog and referrers. Its threads do not keep the
 * process alive.
 *
 * <p>A blob arrives in a file and is served from it, never held in memory. Without {@link Settings#folder} the files are
 * in a temporary folder that goes when the server is closed. With one they stay, and only one server at a time may use
 * it. A deleted blob is gone from its repository; its bytes stay on disk.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI distribution specification</a>
 */
public final class RegistryServer implements AutoCloseable {

    /** How many requests {@link #requests()} remembers. */
    private static final int REMEMBERED = 10_000;

    private static final Pattern ADDRESS = Pattern.compile("([^:]*|\\[[^]]+])(?::(\\d{1,5}))?");

    private final ServerSocket socket;
    private final Router router;
    private final Settings settings;
    private final @Nullable Path temporary;
    private final Listener listener;
    private final Deque<Request> requests = new ArrayDeque<>();

    private RegistryServer(ServerSocket socket, Router router, Settings settings, @Nullable Path temporary) {
        this.socket = socket;
        this.router = router;
        this.settings = settings;
        this.temporary = temporary;
        this.listener = Listener.start(socket, this::answer, this::answered);
    }

    /** How a server is to be; used while {@link #start(Consumer)} runs. */
    public static final class Settings {

        private String host = InetAddress.getLoopbackAddress().getHostAddress();
        private int port;
        private @Nullable Path folder;
        private boolean readOnly;
        private @Nullable String credentials;
        private Consumer<Request> observer = request -> { };
        private Interceptor interceptor = (method, path, headers) -> Optional.empty();

        private Settings() {
        }

        /** The address to listen at; this machine's own by default, {@code 0.0.0.0} for all. */
        public Settings host(String value) {
            host = value;
            return this;
        }

        /** The port to listen at; by default, and for 0, one that is free. */
        public Settings port(int value) {
            port = value;
            return this;
        }

        /**
         * Host and port in one text: {@code localhost:5000}, {@code :5000} for all addresses of this machine, {@code localhost}
         * for a port that is free.
         */
        public Settings address(String value) {
            Matcher parts = ADDRESS.matcher(value);
            if (!parts.matches() || value.isEmpty() || parts.group(2) != null && Integer.parseInt(parts.group(2)) > 65535) {
                throw new IllegalArgumentException("malformed address '" + value + "': expected HOST:PORT, or :PORT for all "
                        + "addresses, with a port from 0 to 65535");
            }
            port(parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)));
            return host(parts.group(1).isEmpty() ? "0.0.0.0" : parts.group(1));
        }

        /** Where to keep what is pushed; made if it is not there. */
        public Settings folder(Path value) {
            folder = value;
            return this;
        }

        /** Refuses all that would change something, and leaves the folder as it is. */
        public Settings readOnly() {
            readOnly = true;
            return this;
        }

        /** Asks every request for this user and password. */
        public Settings credentials(String user, String password) {
            credentials = user + ":" + password;
            return this;
        }

        /** Told of each request before its client has the whole answer, by the thread that answers. */
        public Settings observer(Consumer<Request> value) {
            observer = value;
            return this;
        }

        /** Asked for each request, also for those without credentials. */
        public Settings interceptor(Interceptor value) {
            interceptor = value;
            return this;
        }
    }

    /** A server in memory, on a free port of this machine's own address. */
    public static RegistryServer start() throws IOException {
        return start(settings -> { });
    }

    /** @throws IOException if the port is in use or the folder cannot be written */
    public static RegistryServer start(Consumer<Settings> block) throws IOException {
        Settings settings = new Settings();
        block.accept(settings);
        ServerSocket socket = Listener.bind(new InetSocketAddress(settings.host, settings.port));
        try {
            Path temporary = settings.folder == null ? Files.createTempDirectory("davit-registry-") : null;
            Storage storage = new Storage(temporary == null ? settings.folder : temporary);
            if (!settings.readOnly) {
                storage.prepare();
            }
            return new RegistryServer(socket, new Router(storage, settings.readOnly, settings.credentials), settings,
                    temporary);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The registry's name in references: host and port. */
    public String address() {
        InetAddress host = socket.getInetAddress();
        boolean own = host.isLoopbackAddress() || host.isAnyLocalAddress();
        return (own ? "localhost" : host.getHostAddress()) + ":" + port();
    }

    /** The last requests that were answered, up to 10,000, the oldest first. */
    public List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private void answer(Exchange exchange) throws IOException {
        Optional<Interceptor.Answer> other =
                settings.interceptor.intercept(exchange.method(), exchange.target(), exchange.headers());
        if (other.isEmpty()) {
            router.answer(exchange);
            return;
        }
        other.get().headers().forEach(exchange::with);
        byte[] body = other.get().body();
        exchange.send(other.get().status(), body.length, new ByteArrayInputStream(body));
    }

    private void answered(Request request) {
        synchronized (requests) {
            if (requests.size() == REMEMBERED) {
                requests.removeFirst();
            }
            requests.addLast(request);
        }
        settings.observer.accept(request);
    }

    /** Stops at once and ends the connections; what was pushed in memory is gone. */
    @Override
    public void close() throws IOException {
        listener.close();
        router.close();
        if (temporary != null) {
            Storage.deleteTree(temporary);
        }
    }
}
