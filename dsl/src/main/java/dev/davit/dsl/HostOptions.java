package dev.davit.dsl;

import dev.davit.registry.HostSettings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the verb {@code host} takes. */
final class HostOptions {

    private static final String[] KNOWN = {"http", "insecure", "ca", "cert", "key", "mirror",
            "requestsPerSecond", "parallel", "trustRedirects"};

    private HostOptions() {
    }

    static HostSettings read(Session session, Map<?, ?> options) {
        Options.of(options, KNOWN);
        if (options.containsKey("cert") != options.containsKey("key")) {
            throw new IllegalArgumentException("incomplete certificate: expected cert: and key:");
        }
        return HostSettings.of(host -> options.forEach((name, value) -> {
            switch (name.toString()) {
                case "http" -> host.http(truth(name, value));
                case "insecure" -> host.insecure(truth(name, value));
                case "trustRedirects" -> host.trustRedirects(truth(name, value));
                case "ca" -> host.ca(all(value).stream().map(session::resolve).toArray(Path[]::new));
                case "cert" -> host.certificate(session.resolve(value), session.resolve(options.get("key")));
                case "mirror" -> host.mirrors(all(value).stream().map(Object::toString).toArray(String[]::new));
                case "requestsPerSecond" -> host.requestsPerSecond(number(name, value).doubleValue());
                case "parallel" -> host.parallel(number(name, value).intValue());
                default -> { } // the key goes with its certificate
            }
        }));
    }

    private static Collection<?> all(Object value) {
        return value instanceof Collection<?> many ? many : List.of(value);
    }

    private static Number number(Object name, Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("malformed " + name + " '" + value + "': expected a number");
    }

    private static boolean truth(Object name, Object value) {
        if (value instanceof Boolean on) {
            return on;
        }
        throw new IllegalArgumentException("malformed " + name + " '" + value + "': expected true or false");
    }
}
