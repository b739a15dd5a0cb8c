package dev.davit.auth;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name, in capitals or not; where they say
 * nothing, those of the JVM's system properties. Loopback is never reached through a proxy.
 */
public final class EnvironmentProxies extends ProxySelector {

    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final Map<String, String> environment;

    public EnvironmentProxies(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (isLoopback(host)) {
            return DIRECT;
        }
        HttpUrl proxy = proxy(uri.getScheme());
        if (proxy == null) {
            ProxySelector properties = ProxySelector.getDefault();
            return properties == null ? DIRECT : properties.select(uri);
        }
        return isExempt(host, uri.getPort()) ? DIRECT
                : List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
    }

    private @Nullable HttpUrl proxy(String scheme) {
        String value = variable(scheme + "_proxy");
        return value.isEmpty() ? null : HttpUrl.parse(value.contains("://") ? value : "http://" + value);
    }

    private String variable(String name) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : value;
    }

    private boolean isExempt(String host, int port) {
        for (String entry : variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+")) {
            String name = entry.replaceFirst("^\\*?\\.", "");
            if (entry.equals("*") || !name.isEmpty()
                    && (host.equals(name) || host.endsWith("." + name) || (host + ":" + port).equals(name))) {
                return true;
            }
        }
        return false;
    }

    /** The value of the header {@code Proxy-Authorization}, if the address of the proxy for this one names a user. */
    public Optional<String> authorization(URI uri) {
        HttpUrl proxy = proxy(uri.getScheme());
        return proxy == null || proxy.username().isEmpty() ? Optional.empty()
                : Optional.of(okhttp3.Credentials.basic(proxy.username(), proxy.password()));
    }

    /** Whether a host is this machine itself. */
    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost") || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals("::1") || name.equals("[::1]");
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // OkHttp reports it.
    }
}
