package dev.davit.registry;

import dev.davit.auth.Credentials;
import dev.davit.auth.Keychain;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Challenge;
import org.jspecify.annotations.Nullable;

/**
 * Says what one registry is shown. It shows nothing until the registry asks; from then on each request carries what the
 * registry asked for, so that a second round trip is needed once for a client and not for each request.
 */
final class Authorizer {

    /** The value of a header, and how it came to be. */
    record Authorization(String header, Access access, boolean fresh) { }

    private final Keychain keychain;
    private final Tokens tokens;
    private final Map<String, Credentials> credentials = new LinkedHashMap<>();
    private @Nullable Challenge challenge;

    Authorizer(Keychain keychain, Tokens tokens) {
        this.keychain = keychain;
        this.tokens = tokens;
    }

    /** What to send along with a request; nothing if the registry never asked. */
    synchronized Optional<Authorization> offer(Access access) throws IOException {
        Challenge asked = challenge;
        return asked == null ? Optional.empty() : authorization(access, asked);
    }

    /** What to send instead, after a refusal; nothing if there is nothing better. */
    synchronized Optional<Authorization> answer(Access access, List<Challenge> challenges,
            Optional<Authorization> sent) throws IOException {
        Optional<Challenge> supported = challenges.stream().filter(c -> isBearer(c) || isBasic(c)).findFirst();
        if (supported.isEmpty()) {
            return Optional.empty();
        }
        Challenge asked = supported.get();
        challenge = asked;
        // The registry may want more than the request would need by itself.
        Access wanted = access.and(asked.authParams().getOrDefault("scope", ""));
        if (sent.isPresent() && sent.get().fresh()
                && sent.get().access().actions().containsAll(wanted.actions())) {
            forget(access);
            return Optional.empty();
        }
        sent.ifPresent(refused -> tokens.forget(refused.header()));
        return authorization(wanted, asked);
    }

    /** Who asks, for messages. */
    synchronized String who(Access access) throws IOException {
        return credentials(access).toString();
    }

    private Optional<Authorization> authorization(Access access, Challenge asked) throws IOException {
        Credentials known = credentials(access);
        if (known instanceof Credentials.RegistryToken token) {
            return Optional.of(new Authorization("Bearer " + token.token(), access, true));
        }
        if (isBasic(asked)) {
            return known instanceof Credentials.Password password
                    ? Optional.of(new Authorization(Tokens.basic(password), access, true)) : Optional.empty();
        }
        Optional<String> kept = tokens.find(access, known);
        if (kept.isPresent()) {
            return Optional.of(new Authorization(kept.get(), access, false));
        }
        try {
            return Optional.of(new Authorization(tokens.fetch(access, known, asked), access, true));
        } catch (RegistryException e) {
            forget(access);
            throw e;
        }
    }

    private Credentials credentials(Access access) throws IOException {
        Credentials known = credentials.get(access.path());
        if (known == null) {
            known = keychain.credentials(access.registry(), access.path());
            credentials.put(access.path(), known);
        }
        return known;
    }

    /** Refused credentials are looked up again next time: in a long session somebody may log in meanwhile. */
    private void forget(Access access) {
        credentials.remove(access.path());
    }

    private static boolean isBearer(Challenge challenge) {
        return challenge.scheme().equalsIgnoreCase("Bearer");
    }

    private static boolean isBasic(Challenge challenge) {
        return challenge.scheme().equalsIgnoreCase("Basic");
    }
}
