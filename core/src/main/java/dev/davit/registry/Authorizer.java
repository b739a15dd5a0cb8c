package dev.davit.registry;

import dev.davit.auth.Credentials;
import dev.davit.auth.Keychain;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Challenge;
import org.jspecify.annotations.Nullable;

/**
 * Says what one registry is shown. It shows nothing until the registry asks; from then on each request carries what the
 * registry asked for, so that a second round trip is needed once for a client and not for each request.
 */
final class Authorizer {

    /** The value of a header, and how it came to be. */
    record Authorization(String header, Access access, boolean fresh) { }

    /** Credentials that live for some time only are issued anew by who knows them. */
    private static final long KNOWN_FOR = TimeUnit.MINUTES.toNanos(1);

    private record Known(Credentials credentials, long since) { }

    private final Keychain keychain;
    private final Tokens tokens;
    private final Map<String, Known> known = new LinkedHashMap<>();
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
                && sent.get().access().actions().containsAll(wanted.actions()) && !hasOthers(access)) {
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

    /**
     * The token by itself, for who wants to speak to the registry without this client.
     *
     * @throws IOException if the registry asks for none
     */
    synchronized String token(Access access) throws IOException {
        Challenge asked = challenge;
        if (asked == null || !isBearer(asked)) {
            throw new IOException("registry " + access.registry() + " asks for no token"
                    + (asked == null ? "" : ": it asks for a user and a password"));
        }
        return authorization(access, asked).orElseThrow().header().replaceFirst("^Bearer ", "");
    }

    private Optional<Authorization> authorization(Access access, Challenge asked) throws IOException {
        try {
            return authorization(access, asked, credentials(access));
        } catch (RegistryException e) {
            if (e.status() == 401 && hasOthers(access)) {
                return authorization(access, asked, credentials(access));
            }
            forget(access);
            throw e;
        }
    }

    private Optional<Authorization> authorization(Access access, Challenge asked, Credentials shown) throws IOException {
        if (shown instanceof Credentials.RegistryToken token) {
            return Optional.of(new Authorization("Bearer " + token.token(), access, true));
        }
        if (isBasic(asked)) {
            return shown instanceof Credentials.Password password
                    ? Optional.of(new Authorization(Tokens.basic(password), access, true)) : Optional.empty();
        }
        Optional<String> kept = tokens.find(access, shown);
        return Optional.of(kept.isPresent() ? new Authorization(kept.get(), access, false)
                : new Authorization(tokens.fetch(access, shown, asked), access, true));
    }

    private Credentials credentials(Access access) throws IOException {
        Known last = known.get(access.path());
        if (last == null || System.nanoTime() - last.since() > KNOWN_FOR) {
            last = new Known(keychain.credentials(access.registry(), access.path()), System.nanoTime());
            known.put(access.path(), last);
        }
        return last.credentials();
    }

    /** Whether the keychain knows others by now than those that were refused. */
    private boolean hasOthers(Access access) throws IOException {
        Credentials refused = credentials(access);
        forget(access);
        return !credentials(access).equals(refused);
    }

    /** Refused credentials are looked up again next time: in a long session somebody may log in meanwhile. */
    private void forget(Access access) {
        known.remove(access.path());
    }

    private static boolean isBearer(Challenge challenge) {
        return challenge.scheme().equalsIgnoreCase("Bearer");
    }

    private static boolean isBasic(Challenge challenge) {
        return challenge.scheme().equalsIgnoreCase("Basic");
    }
}
