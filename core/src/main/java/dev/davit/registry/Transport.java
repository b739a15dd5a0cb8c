package dev.davit.registry;

import dev.davit.auth.Keychain;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Requests to registries: authorised, redirected, and failing unless they succeed. */
final class Transport {

    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_REFUSALS = 3;
    private static final int MOST_WARNINGS = 100;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Pattern WARNING = Pattern.compile("\\s*299\\s+\\S+\\s+\"?(.*?)\"?\\s*");

    private final Wire wire;
    private final Retries retries;
    private final Hosts hosts;
    private final Mirrors mirrors;
    private final Keychain keychain;
    private final @Nullable Rehearsal rehearsal;
    private final Consumer<String> warnings;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    /** Registries that have been said to let few more pulls through. */
    private final Set<String> limited = ConcurrentHashMap.newKeySet();
    private final Map<String, Authorizer> authorizers = new ConcurrentHashMap<>();

    Transport(Wire wire, Retries retries, Settings settings) {
        this.wire = wire;
        this.retries = retries;
        this.hosts = wire.hosts();
        this.mirrors = new Mirrors(hosts, retries, settings.warnings);
        this.rehearsal = settings.rehearsal == null ? null
                : new Rehearsal(hosts, settings.rehearsal, settings.observer);
        this.keychain = settings.chosenKeychain();
        this.warnings = settings.warnings;
    }

    Retries retries() {
        return retries;
    }

    Mirrors mirrors() {
        return mirrors;
    }

    /** The address of something in a registry; the path begins with {@code v2}. */
    HttpUrl url(String registry, String path) throws IOException {
        return hosts.url(registry).newBuilder().addPathSegments(path).build();
    }

    /**
     * Sends a request once; retrying is up to the caller.
     *
     * @return an answer with a status of success; close it
     * @throws RegistryException if there is no answer or it has another status
     */
    Response send(Request request, Access access) throws IOException {
        checkAllowed(access);
        return rehearsal == null ? deliver(request, access) : rehearsal.answer(request, access, this::deliver);
    }

    private Response deliver(Request request, Access access) throws IOException {
        Authorizer authorizer = authorizer(access);
        Optional<Authorizer.Authorization> authorization = authorizer.offer(access);
        Response response = follow(request, access, authorization);
        for (int refused = 1; response.code() == 401 && isAt(access, response.request().url()); refused++) {
            Optional<Authorizer.Authorization> better = refused > MOST_REFUSALS ? Optional.empty()
                    : authorizer.answer(access, response.challenges(), authorization);
            if (better.isEmpty()) {
                break;
            }
            response.close();
            authorization = better;
            response = follow(request, access, authorization);
        }
        for (String warning : response.headers("Warning")) {
            warn(warning);
        }
        RateLimit.of(response).filter(RateLimit::isNear).ifPresent(limit -> {
            if (limited.add(access.registry())) {
                warnings.accept(access.registry() + ": " + limit);
            }
        });
        if (response.isSuccessful()) {
            return response;
        }
        boolean denied = response.code() == 401 || response.code() == 403;
        throw Failures.of(response, denied ? " (" + authorizer.who(access) + ")" : "");
    }

    private void checkAllowed(Access access) throws IOException {
        if (!access.path().isEmpty()) {
            Repository repository = new Repository(access.registry(), access.path());
            Optional<RegistryRule> rule = hosts.files().rule(repository);
            if (rule.isPresent() && rule.get().blocked()) {
                throw new IOException(repository + " is blocked by " + rule.get().file());
            }
        }
    }

    private Authorizer authorizer(Access access) {
        return authorizers.computeIfAbsent(access.registry(), registry ->
                new Authorizer(keychain, new Tokens(wire, retries)));
    }

    String token(Access access) throws IOException {
        return authorizer(access).token(access);
    }

    void forgetCredentials() {
        authorizers.clear();
    }

    /**
     * Where somebody who is no registry serves something.
     *
     * @throws IOException if that is not HTTPS, nor HTTP at a host that is declared insecure
     */
    HttpUrl outside(String url) throws IOException {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null || !parsed.isHttps() && !hosts.at(parsed).isDeclaredInsecure()) {
            throw new IOException("GET " + (parsed == null ? url : Redaction.of(parsed)) + ": not sent, as it is not HTTPS");
        }
        return parsed;
    }

    /** Sends a request once to somebody who is no registry: nothing authorises it. */
    Response sendOutside(Request request) throws IOException {
        Response response = follow(request, Access.toRegistry(request.url().host()), Optional.empty());
        if (response.isSuccessful()) {
            return response;
        }
        throw Failures.of(response, "");
    }

    /** Follows redirects. Only the registry itself sees what authorises the request. */
    private Response follow(Request request, Access access, Optional<Authorizer.Authorization> authorization)
            throws IOException {
        Request next = request;
        for (int hops = 0; ; hops++) {
            HttpUrl url = hosts.at(next.url()).actual(next.url());
            Request.Builder outgoing = next.newBuilder().url(url);
            if (authorization.isPresent() && isAt(access, url)) {
                outgoing.header("Authorization", authorization.get().header());
            }
            Response response = wire.exchange(outgoing.build());
            Optional<HttpUrl> target = redirect(response);
            if (target.isEmpty()) {
                return response;
            }
            response.close();
            if (hops == MOST_REDIRECTS) {
                throw new IOException(request.method() + " " + Redaction.of(request.url()) + ": redirected more than "
                        + MOST_REDIRECTS + " times");
            }
            Optional<String> objection = Detour.objection(hosts, request.url(), response.request().url(), target.get());
            if (objection.isPresent()) {
                throw new IOException(request.method() + " " + Redaction.of(request.url()) + ": redirected to "
                        + Redaction.of(target.get()) + ", " + objection.get() + ": refused");
            }
            next = next.newBuilder().url(target.get()).build();
        }
    }

    private static Optional<HttpUrl> redirect(Response response) {
        String method = response.request().method();
        boolean reads = method.equals("GET") || method.equals("HEAD");
        // Only 307 and 308 promise to keep method and body.
        if (!REDIRECTS.contains(response.code()) || !reads && response.code() < 307) {
            return Optional.empty();
        }
        return Optional.ofNullable(response.request().url().resolve(response.header("Location", "")));
    }

    /** Where the registry says that something goes on; behind a proxy that ends TLS it may believe to speak plain HTTP. */
    HttpUrl resolve(HttpUrl base, String location, Access access) throws IOException {
        HttpUrl registry = hosts.url(access.registry());
        HttpUrl target = base.resolve(location);
        if (target == null || location.isEmpty()) {
            throw new IOException(Redaction.of(base) + ": the answer does not say where to go on");
        }
        if (registry.isHttps() && !target.isHttps() && target.host().equals(registry.host())
                && (target.port() == registry.port() || target.port() == 80)) {
            return target.newBuilder().scheme("https").port(registry.port()).build();
        }
        Optional<String> objection = Detour.objection(hosts, registry, base, target);
        if (objection.isPresent()) {
            throw new IOException(Redaction.of(base) + ": to go on at " + Redaction.of(target) + ", " + objection.get()
                    + ": refused");
        }
        return target;
    }

    /** Whether this is the registry itself, and neither another host nor another port or protocol. */
    boolean isAt(Access access, HttpUrl url) throws IOException {
        HttpUrl registry = hosts.url(access.registry());
        return url.scheme().equals(registry.scheme()) && url.host().equals(registry.host())
                && url.port() == registry.port();
    }

    private void warn(String header) {
        Matcher matcher = WARNING.matcher(header);
        if (matcher.matches() && warned.size() < MOST_WARNINGS && warned.add(matcher.group(1))) {
            warnings.accept(matcher.group(1));
        }
    }

    /** The whole answer to a GET, tried again where that may help. */
    record Answer(byte[] bytes, String mediaType, Optional<String> digest, List<String> links, HttpUrl url) { }

    Answer get(HttpUrl url, String accept, Access access) throws IOException {
        return get(url, accept, access, retries);
    }

    Answer get(HttpUrl url, String accept, Access access, Retries tries) throws IOException {
        Request.Builder request = new Request.Builder().url(url);
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        return tries.run(() -> {
            try (Response response = send(request.build(), access)) {
                return new Answer(Bodies.whole(response, Bodies.LARGEST_DOCUMENT),
                        response.header("Content-Type", ""), Optional.ofNullable(response.header("Docker-Content-Digest")),
                        response.headers("Link"), response.request().url());
            }
        });
    }
}
