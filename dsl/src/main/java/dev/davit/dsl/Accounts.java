package dev.davit.dsl;

import dev.davit.auth.Credentials;
import dev.davit.auth.GivenCredentials;
import dev.davit.auth.Keychain;
import dev.davit.auth.Logins;
import dev.davit.auth.PullSecrets;
import dev.davit.auth.ServerName;
import dev.davit.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Who a session is to its registries: what its script gives, then its pull secrets, then what the user has set up. */
final class Accounts {

    private static final List<String> ACCOUNT = List.of("user", "password");
    private static final List<String> ANY = List.of("user", "password", "token", "identityToken");
    private static final List<String> CLUSTER = List.of("namespace", "serviceAccount", "secrets");

    private final Session session;
    private final GivenCredentials given = new GivenCredentials();
    private @Nullable Keychain standard;
    private volatile Keychain pullSecrets = Keychain.anonymous();

    Accounts(Session session) {
        this.session = session;
    }

    /** What the other one knows, and what is said in this session. */
    Accounts(Session session, Accounts other) {
        this(session);
        standard = other.keychain();
    }

    /** One for the whole session, as it remembers what was issued and what it has warned of. */
    synchronized Keychain keychain() {
        Keychain last = standard;
        if (last == null) {
            last = Keychain.standard(session.environment(), session::warn);
            standard = last;
        }
        return saidOr(last);
    }

    /** One that warns of nothing, and leaves it to the other one to do so. */
    Keychain silentKeychain() {
        return saidOr(Keychain.standard(session.environment(), warning -> { }));
    }

    private Keychain saidOr(Keychain last) {
        return given.or((registry, path) -> pullSecrets.credentials(registry, path)).or(last);
    }

    Credentials find(Object where) throws IOException {
        ServerName name = ServerName.parse(where.toString());
        return keychain().credentials(name.registry(), name.path());
    }

    void give(Object where, Map<?, ?> named) {
        known("credentials", named, ANY);
        String token = text(named, "token");
        String identity = text(named, "identityToken");
        Credentials credentials = named.size() == 1 && token != null ? new Credentials.RegistryToken(token)
                : named.size() == 1 && identity != null ? new Credentials.IdentityToken(identity) : password(named);
        given.give(where.toString(), credentials);
        session.connections().forgetCredentials();
    }

    void pullSecrets(Object path) throws IOException {
        add(PullSecrets.read(session.resolve(path)));
    }

    void pullSecrets(Map<?, ?> named) {
        known("pullSecrets", named, CLUSTER);
        add(PullSecrets.ofCluster(cluster -> {
            cluster.environment(session.environment()).warnings(session::warn);
            if (named.get("namespace") != null) {
                cluster.namespace(String.valueOf(named.get("namespace")));
            }
            if (named.get("serviceAccount") != null) {
                cluster.serviceAccount(String.valueOf(named.get("serviceAccount")));
            }
            Object secrets = named.get("secrets");
            if (secrets != null) {
                cluster.secrets((secrets instanceof Collection<?> many ? many : List.of(secrets)).stream()
                        .map(Object::toString).toArray(String[]::new));
            }
        }));
    }

    private void add(Keychain more) {
        pullSecrets = pullSecrets.or(more);
        session.connections().forgetCredentials();
    }

    Path login(Object registry, Map<?, ?> named) throws IOException {
        known("login", named, ACCOUNT);
        ServerName name = registry(registry);
        Credentials.Password password = password(named);
        AtomicBoolean asked = new AtomicBoolean();
        try (RegistryClient client = session.connections().client(settings -> settings.keychain(Keychain.of(name.registry(), password))
                .observer(exchange -> asked.set(asked.get() || exchange.status() == 401)))) {
            client.ping(name.registry());
        }
        if (!asked.get()) {
            session.warn(name + " asks for no credentials: these are kept, and nobody has verified them");
        }
        Logins logins = Logins.in(session.environment());
        session.deliver("keep:credentials for " + name, () -> logins.store(name.registry(), password));
        session.connections().forgetCredentials();
        return logins.file();
    }

    Path logout(Object registry) throws IOException {
        ServerName name = registry(registry);
        Logins logins = Logins.in(session.environment());
        session.deliver("forget:credentials for " + name, () -> {
            if (!logins.erase(name.registry())) {
                session.warn("nobody is logged in to " + name);
            }
        });
        session.connections().forgetCredentials();
        return logins.file();
    }

    private static ServerName registry(Object text) {
        ServerName name = ServerName.parse(text.toString());
        if (!name.path().isEmpty()) {
            throw new IllegalArgumentException("malformed registry '" + text + "': expected a host name and maybe a port,"
                    + " such as registry.example.com:5000");
        }
        return name;
    }

    private static Credentials.Password password(Map<?, ?> named) {
        String user = text(named, "user");
        String password = text(named, "password");
        if (user == null || user.isEmpty() || password == null || password.isEmpty() || named.size() != 2) {
            // The values stay out of the message.
            throw new IllegalArgumentException("incomplete credentials: expected user: and password:, or token: alone");
        }
        return new Credentials.Password(user, password);
    }

    private static void known(String verb, Map<?, ?> named, List<String> known) {
        for (Object key : named.keySet()) {
            if (!known.contains(key.toString())) {
                throw new UnknownName(key.toString(), "'" + key + "' says nothing to '" + verb + "'", known);
            }
        }
    }

    private static @Nullable String text(Map<?, ?> named, String key) {
        Object value = named.get(key);
        return value == null ? null : value.toString();
    }
}
