package dev.davit.daemon;

import java.nio.file.Path;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Where an engine listens.
 *
 * @param name for messages: {@code unix:///var/run/docker.sock}
 * @param url what the paths of requests are added to; its host means nothing where there is a socket
 * @param socket in the file system; empty where it is reached over the network
 * @param certificates the folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem}; empty where none is said
 */
record Endpoint(String name, HttpUrl url, Optional<Path> socket, Optional<Path> certificates) {

    private static final int PLAIN_PORT = 2375;
    private static final int SECURE_PORT = 2376;

    static Endpoint of(Path socket) {
        return new Endpoint("unix://" + socket, HttpUrl.get("http://localhost/"), Optional.of(socket), Optional.empty());
    }

    /**
     * Reads an address.
     *
     * @param place what says this, for the message
     * @param certificates makes {@code tcp} mean TLS
     * @throws IllegalArgumentException if it has another form, or is one of SSH
     */
    static Endpoint parse(String text, String place, Optional<Path> certificates) {
        int colon = text.indexOf("://");
        String rest = colon < 0 ? "" : text.substring(colon + 3);
        return switch (colon < 0 ? "" : text.substring(0, colon)) {
            case "unix" -> rest.startsWith("/") ? of(Path.of(rest)) : malformed(text, place);
            case "tcp" -> certificates.isPresent() ? network("https", rest, SECURE_PORT, certificates, text, place)
                    : network("http", rest, PLAIN_PORT, certificates, text, place);
            case "https" -> network("https", rest, HttpUrl.defaultPort("https"), certificates, text, place);
            case "http" -> network("http", rest, HttpUrl.defaultPort("http"), Optional.empty(), text, place);
            case "ssh" -> throw new IllegalArgumentException(place + " is '" + text + "', but Davit opens no SSH "
                    + "connections: forward the socket, as with ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock "
                    + rest.replaceFirst("/.*", "") + ", and set DOCKER_HOST=unix:///tmp/docker.sock");
            default -> malformed(text, place);
        };
    }

    private static Endpoint network(String scheme, String rest, int port, Optional<Path> certificates, String text,
            String place) {
        HttpUrl url = HttpUrl.parse(scheme + "://" + rest);
        if (url == null || rest.isEmpty() || !url.username().isEmpty() || url.query() != null) {
            return malformed(text, place);
        }
        boolean saysPort = rest.replaceFirst("/.*", "").matches(".*:[0-9]+");
        HttpUrl complete = saysPort ? url : url.newBuilder().port(port).build();
        return new Endpoint(text, complete, Optional.empty(), certificates);
    }

    private static Endpoint malformed(String text, String place) {
        // What stands before an @ may be a password.
        throw new IllegalArgumentException("malformed " + place + " '" + text.replaceFirst("//.*@", "//…@")
                + "': expected unix:///PATH, tcp://HOST:PORT, http://HOST:PORT or https://HOST:PORT");
    }
}
