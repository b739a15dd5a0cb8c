package dev.davit.server;

import dev.davit.blob.Digest;
import dev.davit.json.Json;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out what a request is about, whether it is allowed, and who answers it. */
final class Router {

    /** Greedy: a repository may itself be called {@code a/manifests/b}. */
    private static final Pattern PATH = Pattern.compile(
            "/v2/(?<name>.+)/(?<kind>blobs/uploads|blobs|manifests|tags|referrers)/(?<id>[^/]*)");

    private final Storage storage;
    private final Blobs blobs;
    private final Uploads uploads;
    private final Manifests manifests;
    private final boolean readOnly;
    private final @Nullable String credentials;

    /** @param credentials {@code user:password}, or null if everybody may do everything */
    Router(Storage storage, boolean readOnly, @Nullable String credentials) {
        this.storage = storage;
        this.blobs = new Blobs(storage);
        this.uploads = new Uploads(storage);
        this.manifests = new Manifests(storage);
        this.readOnly = readOnly;
        this.credentials = credentials;
    }

    void answer(Exchange exchange) throws IOException {
        try {
            exchange.with("Docker-Distribution-API-Version", "registry/2.0");
            checkAllowed(exchange);
            route(exchange);
        } catch (Refusal e) {
            exchange.send(e.status(), "application/json", e.json());
        }
    }

    void close() throws IOException {
        uploads.close();
    }

    private void checkAllowed(Exchange exchange) throws Refusal {
        if (credentials != null && !isKnown(exchange.header("Authorization").orElse(""))) {
            exchange.with("WWW-Authenticate", "Basic realm=\"davit\"");
            throw new Refusal(401, "UNAUTHORIZED", "user and password needed");
        }
        if (readOnly && !exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            exchange.with("Allow", "GET, HEAD");
            throw new Refusal(405, "UNSUPPORTED", "this registry can only be read");
        }
    }

    private boolean isKnown(String authorization) {
        byte[] expected = String.valueOf(credentials).getBytes(StandardCharsets.UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString(expected);
        return MessageDigest.isEqual(basic.getBytes(StandardCharsets.UTF_8),
                authorization.getBytes(StandardCharsets.UTF_8));
    }

    private void route(Exchange exchange) throws IOException, Refusal {
        String path = exchange.path();
        if (path.equals("/v2/") || path.equals("/v2")) {
            checkRead(exchange);
            exchange.send(200, "application/json", Json.write(Map.of()));
            return;
        }
        if (path.equals("/v2/_catalog")) {
            checkRead(exchange);
            Map<String, Object> page = new LinkedHashMap<>();
            page.put("repositories", Page.of(storage.repositories(), exchange));
            exchange.send(200, "application/json", Json.write(page));
            return;
        }
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw new Refusal(404, "UNSUPPORTED", "no such endpoint: " + path);
        }
        Repository repository = repository(matcher.group("name"));
        String id = matcher.group("id");
        switch (matcher.group("kind")) {
            case "blobs" -> blobs.answer(exchange, repository, digest(id));
            case "blobs/uploads" -> uploads.answer(exchange, repository, id);
            case "manifests" -> manifests.answer(exchange, repository, id);
            case "referrers" -> {
                checkRead(exchange);
                Referrers.list(exchange, storage, repository, digest(id));
            }
            default -> {
                checkRead(exchange);
                manifests.list(exchange, repository);
            }
        }
    }

    private static void checkRead(Exchange exchange) throws Refusal {
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            throw unsupported(exchange);
        }
    }

    static Refusal unsupported(Exchange exchange) {
        return new Refusal(405, "UNSUPPORTED", exchange.method() + " is not possible for " + exchange.path());
    }

    static Repository repository(String name) throws Refusal {
        try {
            return new Repository("localhost", name);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "NAME_INVALID", e.getMessage());
        }
    }

    static Digest digest(String text) throws Refusal {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "DIGEST_INVALID", e.getMessage());
        }
    }
}
