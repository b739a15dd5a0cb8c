package dev.davit.dsl;

import dev.davit.daemon.Daemon;
import dev.davit.registry.RegistryClient;
import dev.davit.registry.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a session reaches registries, and the engine of this machine; each connection is made when first asked for. */
final class Connections {

    private final Session session;
    private final List<Consumer<Settings>> changes = new ArrayList<>();
    private int parallel = 4;
    private volatile @Nullable RegistryClient registry;
    private volatile @Nullable Daemon daemon;

    Connections(Session session) {
        this.session = session;
    }

    /** The same settings, for connections of its own. */
    Connections(Session session, Connections others) {
        this(session);
        changes.addAll(others.changes);
        parallel = others.parallel;
    }

    synchronized RegistryClient registry() {
        RegistryClient client = registry;
        if (client == null) {
            client = session.closing(client(settings -> settings.keychain(session.accounts().keychain())));
            registry = client;
        }
        return client;
    }

    /** A client of its own, which the caller closes. */
    synchronized RegistryClient client(Consumer<Settings> change) {
        StandardStreams streams = session.streams();
        return RegistryClient.create(settings -> {
            change.accept(settings.environment(session.environment()).warnings(streams::warn).observer(streams::tell));
            changes.forEach(earlier -> earlier.accept(settings));
        });
    }

    synchronized RegistryClient silentClient(Duration patience) {
        return RegistryClient.create(settings -> {
            settings.environment(session.environment()).keychain(session.accounts().silentKeychain());
            changes.forEach(earlier -> earlier.accept(settings));
            settings.readOnly().retries(0).connectTimeout(patience).idleTimeout(patience);
        });
    }

    synchronized void change(Consumer<Settings> change) {
        if (registry != null) {
            throw new IllegalStateException("this must come before the first verb that speaks to a registry");
        }
        changes.add(change);
    }

    /** How many blobs are moved at once. */
    synchronized int parallel() {
        return parallel;
    }

    synchronized void parallel(int blobs) {
        change(settings -> settings.parallel(blobs));
        parallel = blobs;
    }

    /** Looks up credentials anew from now on. */
    void forgetCredentials() {
        RegistryClient client = registry;
        if (client != null) {
            client.forgetCredentials();
        }
    }

    synchronized Daemon daemon() throws IOException {
        Daemon connected = daemon;
        if (connected == null) {
            connected = session.closing(Daemon.connect(session.environment()));
            if (session.isPlanning()) {
                connected.readOnly();
            }
            daemon = connected;
        }
        return connected;
    }

    /** Ends what a thread waits for. */
    void cancel(Thread thread) {
        RegistryClient client = registry;
        if (client != null) {
            client.cancel(thread);
        }
        Daemon connected = daemon;
        if (connected != null) {
            connected.cancel(thread);
        }
    }
}
