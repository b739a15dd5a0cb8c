package dev.davit.auth;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What one issuer issued, kept until it expires. That nothing was issued is kept for a minute. */
final class IssuedCredentials implements Keychain {

    private static final Duration NOTHING_KEPT = Duration.ofMinutes(1);
    private static final Duration LONGEST_RESERVE = Duration.ofMinutes(5);

    private record Kept(Credentials credentials, Instant until) { }

    private final Issuer issuer;
    private final Consumer<String> warnings;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    IssuedCredentials(Issuer issuer, Consumer<String> warnings) {
        this.issuer = issuer;
        this.warnings = warnings;
    }

    @Override
    public synchronized Credentials credentials(String asked, String path) throws IOException {
        String registry = asked.toLowerCase(Locale.ROOT);
        if (!issuer.serves(registry)) {
            return Credentials.anonymous();
        }
        Kept known = kept.get(registry);
        if (known == null || !Instant.now().isBefore(known.until)) {
            known = ask(registry);
            kept.put(registry, known);
        }
        return known.credentials;
    }

    private Kept ask(String registry) throws IOException {
        Instant now = Instant.now();
        try {
            Optional<Issuer.Issued> issued = issuer.issue(registry);
            if (issued.isPresent()) {
                Duration reserve = Duration.between(now, issued.get().expires()).dividedBy(5);
                return new Kept(issued.get().credentials(), issued.get().expires()
                        .minus(reserve.compareTo(LONGEST_RESERVE) > 0 ? LONGEST_RESERVE : reserve));
            }
            return new Kept(Credentials.anonymous(), now.plus(NOTHING_KEPT));
        } catch (InterruptedIOException e) {
            throw e; // nobody waits for the answer any more
        } catch (IOException e) {
            String failure = issuer.name() + " issues no credentials for " + registry + ": " + e.getMessage();
            warnings.accept(failure + "; going on without");
            return new Kept(new Credentials.Anonymous(failure), now.plus(NOTHING_KEPT));
        }
    }
}
