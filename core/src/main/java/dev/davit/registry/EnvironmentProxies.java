package dev.davit.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name, in capitals or not; where they say
 * nothing, those of the JVM's system properties. Loopback is never reached through a proxy.
 */
final class EnvironmentProxies extends ProxySelector implements Authenticator {

    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final Map<String, String> environment;

    EnvironmentProxies(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (Hosts.isLoopback(host)) {
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

    /** The user information of the proxy's address, once. */
    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response) {
        HttpUrl proxy = proxy(response.request().url().scheme());
        if (proxy == null || proxy.username().isEmpty() || response.request().header("Proxy-Authorization") != null) {
            return null;
        }
        return response.request().newBuilder()
                .header("Proxy-Authorization", Credentials.basic(proxy.username(), proxy.password())).build();
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // OkHttp reports it.
    }
}
