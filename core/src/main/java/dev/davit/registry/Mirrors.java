package dev.davit.registry;

import dev.davit.ref.Repository;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Reads what a repository has from its mirrors, in their order, and from the repository itself where none has it. */
final class Mirrors {

    /** Reads from one place. */
    @FunctionalInterface
    interface Reading<T> {
        T from(Repository place, Retries retries) throws IOException;
    }

    /** A mirror that fails is not waited for: there is another place. */
    private static final Retries ONCE = new Retries(0, Duration.ZERO);

    private final Hosts hosts;
    private final Retries retries;
    private final Consumer<String> warnings;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    Mirrors(Hosts hosts, Retries retries, Consumer<String> warnings) {
        this.hosts = hosts;
        this.retries = retries;
        this.warnings = warnings;
    }

    /** @throws IOException what the last place says; what the mirrors said is suppressed in it */
    <T> T read(Repository repository, boolean byDigest, Reading<T> reading) throws IOException {
        List<Repository> places = places(repository, byDigest);
        List<IOException> refusals = new ArrayList<>();
        for (Repository mirror : places.subList(0, places.size() - 1)) {
            if (silent.contains(mirror.registry())) {
                continue;
            }
            try {
                return reading.from(mirror, ONCE);
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                if (e instanceof RegistryException failure && failure.status() == 0 && silent.add(mirror.registry())) {
                    warnings.accept("going on without the mirror " + mirror.registry() + ": " + e.getMessage());
                }
                refusals.add(e);
            }
        }
        try {
            return reading.from(places.get(places.size() - 1), retries);
        } catch (IOException e) {
            refusals.forEach(e::addSuppressed);
            throw e;
        }
    }

    private List<Repository> places(Repository repository, boolean byDigest) throws IOException {
        List<Repository> places = new ArrayList<>();
        Repository itself = repository;
        List<Mirror> own = hosts.settings(repository.registry()).mirrors;
        Optional<RegistryRule> rule = hosts.files().rule(repository);
        if (!own.isEmpty()) {
            own.forEach(mirror -> mirror.repository(repository.path(), byDigest).ifPresent(places::add));
        } else if (rule.isPresent()) {
            String rest = rule.get().rest(HostFiles.name(repository)).orElseThrow();
            rule.get().mirrors().forEach(mirror -> mirror.repository(rest, byDigest).ifPresent(places::add));
            itself = rule.get().location().flatMap(location -> location.repository(rest, byDigest)).orElse(repository);
        }
        places.add(itself);
        return places;
    }
}
