package dev.davit.registry;

import java.io.IOException;
import java.net.ConnectException;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** One host, as a client speaks to it. */
final class Host {

    private final HostSettings settings;
    private final boolean declaredInsecure;
    private final Pace pace;
    private final Turns turns;
    private volatile boolean plain;
    private volatile boolean learned;
    private volatile boolean answered;
    private @Nullable OkHttpClient client;

    /**
     * @param plain whether it speaks plain HTTP, as far as is known
     * @param declaredInsecure whether the client's user said that nothing need protect what is sent
     */
    Host(HostSettings settings, boolean plain, boolean declaredInsecure) {
        this.settings = settings;
        this.plain = plain;
        this.declaredInsecure = declaredInsecure;
        this.pace = new Pace(settings.requestsPerSecond);
        this.turns = new Turns(settings.parallel);
    }

    HostSettings settings() {
        return settings;
    }

    boolean isPlain() {
        return plain;
    }

    boolean isDeclaredInsecure() {
        return declaredInsecure;
    }

    /** Whether it has ever answered this client. */
    boolean hasAnswered() {
        return answered;
    }

    void answered() {
        answered = true;
    }

    /** Waits until another request may be sent. */
    Turns.Turn turn() throws IOException {
        pace.await();
        return turns.take();
    }

    /** The client for this host; files with certificates are read when it is first asked for. */
    synchronized OkHttpClient client(OkHttpClient common) throws IOException {
        OkHttpClient own = client;
        if (own == null) {
            own = Tls.client(common, settings);
            client = own;
        }
        return own;
    }

    /** The address to ask in place of this one: another where the host is known by now to speak no TLS. */
    HttpUrl actual(HttpUrl url) {
        return learned && url.isHttps()
                ? url.newBuilder().scheme("http").port(url.port() == 443 ? 80 : url.port()).build() : url;
    }

    /**
     * Learns from the failure of a first request by HTTPS that an insecure host speaks plain HTTP.
     *
     * @return whether to try again at the actual address
     */
    boolean turnsPlain(HttpUrl url, IOException failure) {
        boolean noTls = failure instanceof SSLException || failure instanceof ConnectException && url.port() == 443;
        boolean maySpeakPlain = settings.http == null && Boolean.TRUE.equals(settings.insecure);
        if (url.isHttps() && noTls && maySpeakPlain && !answered) {
            learned = true;
            plain = true;
        }
        return learned && url.isHttps();
    }
}
