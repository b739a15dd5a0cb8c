package dev.davit.auth;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A service that keeps registries, and issues short-lived credentials for them to who has an identity with it. */
interface Issuer {

    /**
     * What was issued.
     *
     * @param expires when it is good no more
     */
    record Issued(Credentials credentials, Instant expires) { }

    /** What messages call it. */
    String name();

    /** Whether it issues for this registry. */
    boolean serves(String registry);

    /**
     * Asks for credentials; gives nothing where neither the environment nor the machine has an identity.
     *
     * @throws IOException if there is an identity and nothing is issued to it
     */
    Optional<Issued> issue(String registry) throws IOException;
}
