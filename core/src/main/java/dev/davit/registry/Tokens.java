package dev.davit.registry;

import dev.davit.auth.Credentials;
import dev.davit.json.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Challenge;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The bearer tokens of one registry, kept until they expire.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token authentication</a>
 */
final class Tokens {

    private static final long LIFETIME_IF_NOT_SAID = 60;

    /** The header that shows a token, and what it allows. */
    private record Token(String header, Credentials credentials, Set<String> actions, long expires) {

        boolean serves(Credentials wanted, Set<String> needed) {
            return expires - System.nanoTime() > 0 && credentials.equals(wanted) && actions.containsAll(needed);
        }
    }

    private final Wire wire;
    private final Retries retries;
    private final List<Token> kept = new ArrayList<>();

    Tokens(Wire wire, Retries retries) {
        this.wire = wire;
        this.retries = retries;
    }

    /** The header of a kept token that allows this. */
    Optional<String> find(Access access, Credentials credentials) {
        kept.removeIf(token -> token.expires() - System.nanoTime() <= 0);
        return kept.stream().filter(token -> token.serves(credentials, access.actions()))
                .map(Token::header).findFirst();
    }

    void forget(String header) {
        kept.removeIf(token -> token.header().equals(header));
    }

    /** The header of a new token, from where the challenge says. */
    String fetch(Access access, Credentials credentials, Challenge challenge) throws IOException {
        Request request = request(access, credentials, challenge);
        Document answer = retries.run(() -> {
            Response response = wire.exchange(request);
            if (!response.isSuccessful()) {
                throw Failures.of(response, " (" + credentials + ", asked for a token for registry " + access.registry()
                        + ")");
            }
            return Document.parse(Bodies.whole(response, Bodies.LARGEST_NOTE),
                    "the token from " + Redaction.of(request.url()));
        });
        String value = answer.text("token").or(() -> answer.text("access_token")).orElseThrow(() ->
                new IOException(request.method() + " " + Redaction.of(request.url()) + ": the answer holds no token"));
        // A fifth of its life is the reserve for slow clocks and slow requests.
        long lifetime = TimeUnit.SECONDS.toNanos(answer.number("expires_in").orElse(LIFETIME_IF_NOT_SAID)) / 5 * 4;
        kept.add(new Token("Bearer " + value, credentials, access.actions(), System.nanoTime() + lifetime));
        return "Bearer " + value;
    }

    private Request request(Access access, Credentials credentials, Challenge challenge) throws IOException {
        Map<String, String> parameters = challenge.authParams();
        HttpUrl realm = realm(parameters.getOrDefault("realm", ""), access.registry());
        String service = parameters.getOrDefault("service", "");
        Request.Builder request = new Request.Builder().tag(Wire.TokenRequest.class, new Wire.TokenRequest());
        if (credentials instanceof Credentials.IdentityToken identity) {
            return request.url(realm).post(new FormBody.Builder()
                    .add("grant_type", "refresh_token")
                    .add("refresh_token", identity.token())
                    .add("client_id", "davit")
                    .add("service", service)
                    .add("scope", String.join(" ", access.scopes())).build()).build();
        }
        HttpUrl.Builder url = realm.newBuilder();
        if (!service.isEmpty()) {
            url.setQueryParameter("service", service);
        }
        access.scopes().forEach(scope -> url.addQueryParameter("scope", scope));
        if (credentials instanceof Credentials.Password password) {
            request.header("Authorization", basic(password));
        }
        return request.url(url.build()).build();
    }

    private HttpUrl realm(String text, String name) throws IOException {
        HttpUrl realm = HttpUrl.parse(text);
        if (realm == null) {
            throw new IOException("registry " + name + " asks for a token from '" + text + "', which is no address");
        }
        HttpUrl registry = wire.hosts().url(name);
        Optional<String> objection = Detour.objection(wire.hosts(), registry, registry, realm);
        if (objection.isPresent()) {
            throw new IOException("registry " + name + " asks for a token from " + Redaction.of(realm) + ", "
                    + objection.get() + ": refused");
        }
        return realm;
    }

    static String basic(Credentials.Password password) {
        return okhttp3.Credentials.basic(password.user(), password.password(), StandardCharsets.UTF_8);
    }
}
