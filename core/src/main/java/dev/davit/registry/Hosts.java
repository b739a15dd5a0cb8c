package dev.davit.registry;

import dev.davit.auth.EnvironmentProxies;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** How hosts are reached, as the client's settings and the machine's own files say; the more specific word counts. */
final class Hosts {

    /** Stands for every host. */
    static final String EVERY = "*";

    private final Map<String, HostSettings> said = new LinkedHashMap<>();
    private final HostFiles files;
    private final @Nullable UnaryOperator<String> standIns;
    private final Map<String, Host> known = new ConcurrentHashMap<>();

    Hosts(Settings settings) {
        settings.hosts.forEach((key, host) -> said.put(key, HostSettings.of(own -> own.inherit(host))));
        for (HostSettings host : List.copyOf(said.values())) {
            for (Mirror mirror : host.mirrors) {
                HostSettings own = said.computeIfAbsent(key(mirror.host()), key -> new HostSettings());
                own.http = own.http == null ? mirror.http() : own.http;
            }
        }
        this.standIns = settings.standIns;
        this.files = new HostFiles(settings.environment, settings.systemFolder);
    }

    HostFiles files() {
        return files;
    }

    /** The registry's address, with {@code /} as its path. */
    HttpUrl url(String registry) throws IOException {
        if (standIns != null) {
            return HttpUrl.get("http://" + standIns.apply(registry) + "/");
        }
        HttpUrl secure = parsed(registry);
        return at(secure).isPlain() ? HttpUrl.get("http://" + registry + "/") : secure;
    }

    private static HttpUrl parsed(String registry) {
        HttpUrl secure = HttpUrl.parse("https://" + registry + "/");
        if (secure == null) {
            throw new IllegalArgumentException("malformed registry '" + registry
                    + "': expected a host name and maybe a port, such as registry.example.com:5000");
        }
        return secure;
    }

    /** What is behind an address, however it is spoken to. */
    Host at(HttpUrl url) throws IOException {
        String key = key(url);
        Host host = known.get(key);
        if (host == null) {
            Host made = made(key, url.host());
            host = known.putIfAbsent(key, made);
            host = host == null ? made : host;
        }
        return host;
    }

    HostSettings settings(String registry) throws IOException {
        return at(parsed(registry)).settings();
    }

    private Host made(String key, String name) throws IOException {
        HostSettings merged = new HostSettings();
        HostSettings own = said.get(key);
        if (own != null) {
            merged.inherit(own);
        }
        boolean insecureByName = Boolean.TRUE.equals(merged.insecure);
        for (HostSettings wider : wider(name)) {
            merged.inherit(wider);
        }
        boolean isDeclaredInsecure = Boolean.TRUE.equals(merged.insecure) || Boolean.TRUE.equals(merged.http);
        merged.inherit(files.of(key));
        boolean isPlain = merged.http != null ? merged.http : EnvironmentProxies.isLoopback(name) && !insecureByName
                && merged.authorities.isEmpty() && merged.certificates.isEmpty();
        return new Host(merged, isPlain, isDeclaredInsecure);
    }

    /** What is said of several hosts, among them this one; the longest name first. */
    private List<HostSettings> wider(String name) {
        List<String> patterns = new ArrayList<>(said.keySet());
        patterns.removeIf(pattern -> !pattern.startsWith(EVERY) || !name.endsWith(pattern.substring(1)));
        patterns.sort((a, b) -> b.length() - a.length());
        return patterns.stream().map(said::get).toList();
    }

    /** Host and port; without the port where it is that of HTTP or of HTTPS. */
    private static String key(HttpUrl url) {
        return url.port() == 80 || url.port() == 443 ? url.host() : url.host() + ":" + url.port();
    }

    /** The name under which settings are kept, as a user writes it. */
    static String key(String name) {
        if (name.equals(EVERY) || name.startsWith("*.")) {
            return name.toLowerCase(Locale.ROOT);
        }
        return key(parsed(name.equals("docker.io") ? Repository.HUB : name));
    }
}
