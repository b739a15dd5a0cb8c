package dev.davit.dsl;

import dev.davit.registry.HostSettings;
import java.util.Map;

/** How registries are spoken to. */
public final class ConnectionVerbs {

    private ConnectionVerbs() {
    }

    // Connections

    /**
     * Lets these registries, with their port if they have one, show any certificate, or speak plain HTTP where they speak
     * no TLS; every registry where none is named. Comes before the first verb that speaks to one.
     */
    public static void insecure(DavitScript self, String... registries) {
        self.session().change(settings -> settings.insecure(registries));
    }

    /**
     * How a host is spoken to: {@code host 'registry.example.com:5000', ca: 'ca.pem', mirror: 'mirror.example.com/hub'}.
     * Takes {@code http}, {@code insecure} and {@code trustRedirects}, true or false; {@code ca}, a file or several;
     * {@code cert} with {@code key}; {@code mirror}, one or several; {@code requestsPerSecond}; {@code parallel}. The name
     * may be {@code *.example.com} for a domain and {@code *} for all. Comes before the first verb that speaks to a registry.
     */
    public static void host(DavitScript self, Map<?, ?> options, Object name) {
        HostSettings host = HostOptions.read(self.session(), options);
        self.session().change(settings -> settings.host(name.toString(), host));
    }

    /** Prints each request to a registry, from now on, where warnings go; without what may be secret. */
    public static void verbose(DavitScript self) {
        self.session().verbose();
    }

    /** Moves so many blobs at once; 4 where nothing is said. Comes before the first verb that speaks to a registry. */
    public static void parallel(DavitScript self, int blobs) {
        self.session().connections().parallel(blobs);
    }
}
