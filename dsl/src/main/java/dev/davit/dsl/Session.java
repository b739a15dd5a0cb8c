package dev.davit.dsl;

import dev.davit.archive.Archive;
import dev.davit.blob.AtomicFile;
import dev.davit.blob.Blob;
import dev.davit.blob.ContentStore;
import dev.davit.blob.Disk;
import dev.davit.blob.Transfers;
import dev.davit.daemon.Daemon;
import dev.davit.edit.Clamp;
import dev.davit.image.Artifact;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import dev.davit.policy.JUnitReport;
import dev.davit.policy.Verdict;
import dev.davit.ref.Reference;
import dev.davit.registry.Exchange;
import dev.davit.registry.RegistryClient;
import dev.davit.registry.Settings;
import dev.davit.tar.Entry;
import dev.davit.tar.LayerBuilder;
import dev.davit.tar.Overlay;
import groovy.lang.Closure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the verbs of a script share while it runs: the folder that relative paths start from, the environment, the
 * content store and the connections to registries. Close it when the script has ended: what the script opened is closed.
 */
public final class Session implements AutoCloseable {

    private static final long STORE_LIMIT = 10L << 30;
    private static final int REMEMBERED_OVERLAYS = 8;
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());
    private static final InheritableThreadLocal<@Nullable Session> CURRENT = new InheritableThreadLocal<>();

    private final Path folder;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private final ContentStore store;
    private final Instant created;
    private final Accounts accounts;
    private final List<Consumer<Settings>> changes = new ArrayList<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Map<Image, Overlay> overlays = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Image, Overlay> eldest) {
            return size() > REMEMBERED_OVERLAYS;
        }
    };
    private volatile @Nullable Locking locking;
    private final Deliveries deliveries = new Deliveries();
    /** Of a session that only reads. */
    private final @Nullable Plan plan;
    /** The one that plans in this one's place. */
    private volatile @Nullable Session inner;
    private final List<Check> checks = new ArrayList<>();
    private final Map<Path, JUnitReport> reports = new LinkedHashMap<>();
    private @Nullable Path junit;
    private volatile @Nullable RegistryClient registry;
    private volatile boolean verbose;
    private volatile boolean quiet;
    private volatile Transfers transfers = Transfers.UNSEEN;
    private volatile LayerTrace trace = LayerTrace.NONE;
    private volatile @Nullable Daemon daemon;
    private volatile boolean taken;
    private @Nullable Archive input;
    private int parallel = 4;
    private volatile @Nullable String recipe;
    /** The references that have been warned of. */
    private final Set<Reference> moved = ConcurrentHashMap.newKeySet();

    /**
     * A session that starts relative paths from this folder.
     *
     * @throws IllegalArgumentException if {@code SOURCE_DATE_EPOCH} is set and is not a number of seconds
     */
    public Session(Path folder, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.folder = folder.toAbsolutePath().normalize();
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.store = ContentStore.at(cache(environment).resolve("blobs"), STORE_LIMIT,
                (name, size) -> transfers.begin(name, size));
        this.created = created(environment);
        this.accounts = new Accounts(this);
        this.plan = null;
    }

    /** Only reads, and shares nothing that the other one has opened. What its script prints is no result. */
    private Session(Session other, Path folder) {
        this.folder = folder;
        this.environment = other.environment;
        this.out = other.err;
        this.err = other.err;
        this.store = other.store;
        this.created = other.created;
        this.accounts = new Accounts(this, other.accounts);
        this.verbose = other.verbose;
        this.quiet = other.quiet;
        this.transfers = other.transfers;
        this.parallel = other.parallel;
        this.recipe = other.recipe;
        Plan own = new Plan(this);
        this.plan = own;
        changes.addAll(other.changes);
        changes.add(settings -> settings.observer(exchange -> own.request()).rehearse(own::write));
        other.checks.forEach(this::check);
        deliveries.add(own);
    }

    /**
     * Runs code that says what is to be written, and writes nothing of it: every request to a registry or an engine that could
     * change something, and every file that a verb would write, ends here. What was written counts as written until the end.
     * What the code prints goes to {@link #err}.
     *
     * @param start where relative paths start meanwhile
     */
    public Plan plan(Path start, Callable<?> code) throws Exception {
        try (Session planning = new Session(this, start)) {
            inner = planning;
            return planning.run(() -> {
                Disk.readOnly(code);
                return Objects.requireNonNull(planning.plan).finish();
            });
        } finally {
            inner = null;
        }
    }

    /** Whether this session only reads. */
    boolean isPlanning() {
        return plan != null;
    }

    /** Makes a change that is no artifact on its way. */
    void change(String place, Deliveries.Delivery change) throws IOException {
        if (plan != null) {
            plan.note(place);
        } else {
            change.run();
        }
    }

    /** Davit's folder in the user's cache directory: {@code $DAVIT_CACHE}, or {@code davit} in the XDG cache directory. */
    public static Path cache(Map<String, String> environment) {
        String own = environment.getOrDefault("DAVIT_CACHE", "");
        if (!own.isEmpty()) {
            return Path.of(own).toAbsolutePath();
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg)).resolve("davit");
    }

    private static Instant created(Map<String, String> environment) {
        String epoch = environment.getOrDefault("SOURCE_DATE_EPOCH", "");
        try {
            return epoch.isEmpty() ? Instant.EPOCH : Instant.ofEpochSecond(Long.parseLong(epoch));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("malformed SOURCE_DATE_EPOCH '" + epoch
                    + "': expected a number of seconds since 1970", e);
        }
    }

    /** The session in which the calling thread runs a script. */
    public static Session current() {
        Session session = CURRENT.get();
        if (session == null) {
            throw new IllegalStateException("no Davit session: verbs work while a script runs");
        }
        return session;
    }

    /** Runs a script's code with the verbs bound to this session. */
    public <T extends @Nullable Object> T run(Callable<T> code) throws Exception {
        Session outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return code.call();
        } finally {
            CURRENT.set(outer);
        }
    }

    /** Where relative paths start. */
    public Path folder() {
        return folder;
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** Where results go: where warnings go, once standard output has an archive in it. */
    public PrintStream out() {
        return taken ? err : out;
    }

    /** Whether a standard stream, 0 for input, 1 for output, 2 for errors, is a terminal; Davit's launcher says so. */
    public boolean isTerminal(int stream) {
        return environment.getOrDefault("DAVIT_TERMINAL", "").contains(String.valueOf(stream));
    }

    /**
     * Standard output, for one archive. What is printed after it goes where warnings go.
     *
     * @throws IllegalArgumentException if it is a terminal, or has one already
     */
    synchronized PrintStream takeOutput() {
        if (isTerminal(1)) {
            throw new IllegalArgumentException("standard output is a terminal: expected a file or a pipe for an archive");
        }
        if (taken) {
            throw new IllegalArgumentException("standard output has an archive already: expected only one");
        }
        taken = true;
        return out;
    }

    /** The archive on standard input, which is read once. */
    synchronized Archive input(InputStream in) throws IOException {
        Archive read = input;
        if (read == null) {
            if (isTerminal(0)) {
                throw new IllegalArgumentException("standard input is a terminal: expected an archive");
            }
            read = closing(Archive.read(in, "standard input"));
            input = read;
        }
        return read;
    }

    /** Where progress and warnings go: nowhere, once the session is quiet. */
    public PrintStream err() {
        return quiet ? NOWHERE : err;
    }

    public ContentStore store() {
        return store;
    }

    /** The time that new layers, entries and history get: {@code SOURCE_DATE_EPOCH} where it is set, else 1970. */
    public Instant created() {
        return created;
    }

    /** The same edit, whose new layers have nothing in them that is newer than {@code SOURCE_DATE_EPOCH}, where that is set. */
    Edit clamped(Edit edit) {
        return environment.getOrDefault("SOURCE_DATE_EPOCH", "").isEmpty() ? edit : Clamp.of(edit, created, store);
    }

    /** The path that a script means by this: relative to the session's folder. */
    public Path resolve(Object path) {
        return folder.resolve(path.toString());
    }

    /**
     * The folder or file of a place in one of these.
     *
     * @throws IllegalArgumentException if it is not there because what was meant has a colon
     */
    Path resolve(Place place) {
        Path path = resolve(place.path());
        String longer = place.path() + ":" + place.name();
        if (!place.name().isEmpty() && !Files.exists(path) && Files.exists(resolve(longer))) {
            throw new IllegalArgumentException("malformed reference '" + place + "': a path ends at its first colon, and "
                    + "there is no " + place.path() + "; expected a path without colons");
        }
        return path;
    }

    /** The same path as somebody would say it in the session's folder. */
    String shown(Object path) {
        Path file = resolve(path).normalize();
        return (file.startsWith(folder) ? folder.relativize(file) : file).toString();
    }

    /** The client for all registries; made when first asked for. */
    public synchronized RegistryClient registry() {
        RegistryClient client = registry;
        if (client == null) {
            client = client(settings -> settings.keychain(accounts.keychain()));
            registry = closing(client);
        }
        return client;
    }

    /** What a registry has under this reference, or what the script has handed on and a gate has held back. */
    Artifact get(Reference reference) throws IOException {
        Optional<Artifact> held = deliveries.held(reference);
        Locking lock = locking;
        return held.isPresent() ? held.get() : lock == null ? registry().get(reference) : lock.get(reference, this);
    }

    /** What the script has handed on to a file or a folder, and a gate has held back; see {@link Gate#pass}. */
    Optional<Artifact> held(String place) {
        return deliveries.held(place);
    }

    /** Reads as a lock says from now on, hands on what it has, and lets it remember all that. */
    public void lock(Locking lock) {
        lock.begin(this);
        locking = lock;
        gate(lock);
    }

    /** What remembers, where there is a lock or is to be one. */
    public Optional<Locking> locking() {
        return Optional.ofNullable(locking);
    }

    /** The same artifact, which is not from a registry; a lock remembers it. */
    <T extends Artifact> T read(String place, T artifact) {
        Locking lock = locking;
        if (lock != null) {
            lock.read(place, artifact);
        }
        return artifact;
    }

    /** The path that a script means to read; a lock remembers it. */
    public Path source(Object path) {
        Path file = resolve(path);
        Locking lock = locking;
        if (lock != null) {
            lock.input(file);
        }
        return file;
    }

    /** Judges all that scripts of this session hand on from now on, after the gates that are there. */
    public void gate(Gate gate) {
        deliveries.add(gate);
    }

    /** Checks all that is handed on from now on. */
    void check(Check check) {
        checks.add(check);
        gate(check);
    }

    /** Writes what checks find to this file, in JUnit's XML, unless they name another one. */
    public void junit(Path file) {
        junit = file;
    }

    /** Writes what a check has found to a file, after what others have found; or to the session's, if it has one. */
    synchronized void report(@Nullable Path file, String place, Verdict verdict) throws IOException {
        Path target = file == null ? junit : file;
        if (target != null && plan == null) {
            JUnitReport report = reports.computeIfAbsent(target, path -> new JUnitReport());
            report.add(place, verdict);
            try (AtomicFile out = AtomicFile.create(target)) {
                report.writeTo(out);
                out.commit();
            }
        }
    }

    /** Checks an artifact by all checks that there are. */
    void check(String place, Artifact artifact) throws IOException {
        for (Check check : checks) {
            check.pass(place, artifact);
        }
    }

    /** Hands an artifact on, if the gates let it pass. */
    void deliver(String place, Artifact artifact, Deliveries.Delivery delivery) throws IOException {
        deliver(Map.of(place, artifact), delivery);
    }

    /** Hands several artifacts on at once, if the gates let all of them pass. */
    void deliver(Map<String, ? extends Artifact> places, Deliveries.Delivery delivery) throws IOException {
        deliveries.deliver(places, delivery);
    }

    /** Whether anybody wants to know what is handed on. */
    boolean isGated() {
        return deliveries.isGated();
    }

    /** The Docker or Podman engine that the environment names; connected when first asked for. */
    public synchronized Daemon daemon() throws IOException {
        Daemon connected = daemon;
        if (connected == null) {
            connected = closing(Daemon.connect(environment));
            if (isPlanning()) {
                connected.readOnly();
            }
            daemon = connected;
        }
        return connected;
    }

    /** A client of its own, which the caller closes. */
    synchronized RegistryClient client(Consumer<Settings> change) {
        return RegistryClient.create(settings -> {
            change.accept(settings.environment(environment).warnings(this::warn).observer(this::tell)
                    .transfers((name, size) -> transfers.begin(name, size)));
            changes.forEach(earlier -> earlier.accept(settings));
        });
    }

    /**
     * A client for what Tab completes: it knows registries and credentials as this session does, only reads, tries nothing
     * twice, and prints nothing. The caller closes it.
     *
     * @param patience how long it waits for a connection or an answer
     */
    public synchronized RegistryClient silentClient(Duration patience) {
        return RegistryClient.create(settings -> {
            settings.environment(environment).keychain(accounts.silentKeychain());
            changes.forEach(earlier -> earlier.accept(settings));
            settings.readOnly().retries(0).connectTimeout(patience).idleTimeout(patience);
        });
    }

    /** Who this session is to its registries. */
    Accounts accounts() {
        return accounts;
    }

    /** Looks up credentials anew from now on. */
    void forgetCredentials() {
        RegistryClient client = registry;
        if (client != null) {
            client.forgetCredentials();
        }
    }

    /** Changes nothing in a registry, and goes on as if it had. Comes before the first verb that speaks to one. */
    public void rehearse() {
        change(settings -> settings.rehearse(write -> { }));
    }

    /** Speaks to other addresses in the place of all registries, and to nobody else; see {@link Settings#standIns}. */
    public void standIns(UnaryOperator<String> addresses) {
        change(settings -> settings.standIns(addresses));
    }

    /**
     * From now on, tells of each layer that a script makes in which of its lines which paths were said.
     *
     * @param source the script
     */
    public void trace(ScriptSource source, LayerTrace.Listener listener) {
        trace = new LayerTrace(source.fileName(), listener);
    }

    /** A layer of files, as a block says. */
    Layer layer(Closure<?> block) throws IOException {
        return layer(builder -> Blocks.run(block, builder));
    }

    Layer layer(LayerBuilder.Block block) throws IOException {
        LayerTrace.Statements statements = trace.statements();
        Layer layer = LayerBuilder.build(store, folder, created, block,
                new LayerBuilder.Listener() {
                    @Override
                    public void statement(String path) {
                        statements.accept(path);
                    }

                    @Override
                    public void source(Path file) {
                        Session.this.source(file);
                    }
                });
        statements.tell(layer);
        return layer;
    }

    /** Changes how registries are spoken to; comes before the first verb that speaks to one. */
    public synchronized void change(Consumer<Settings> change) {
        if (registry != null) {
            throw new IllegalStateException("this must come before the first verb that speaks to a registry");
        }
        changes.add(change);
    }

    /** Interrupts a thread that runs a script's code, also where it waits for a registry or an engine. */
    public void interrupt(Thread thread) {
        Session planning = inner;
        if (planning != null) {
            planning.interrupt(thread);
        }
        thread.interrupt();
        RegistryClient client = registry;
        if (client != null) {
            client.cancel(thread);
        }
        Daemon connected = daemon;
        if (connected != null) {
            connected.cancel(thread);
        }
    }

    /** How many blobs are moved at once. */
    synchronized int parallel() {
        return parallel;
    }

    synchronized void parallel(int blobs) {
        change(settings -> settings.parallel(blobs));
        parallel = blobs;
    }

    /**
     * From now on, warns of each reference to a tag that is there to move, once. For what is kept and run again, and not
     * for what is said once.
     *
     * @param script what the warning calls the script
     */
    public void warnOfMovingTags(String script) {
        recipe = script;
    }

    /** Warns where the script starts from a tag that somebody may move at any time. */
    void warnIfMoving(String said, Reference reference) {
        String script = locking == null ? recipe : null;
        boolean moving = reference.digest().isEmpty() && reference.tag().equals(Optional.of("latest"));
        if (script != null && moving && moved.add(reference)) {
            warn(script + ": '" + said + (said.endsWith(":latest") ? "' moves" : "' means " + reference.familiar()
                    + ", which moves") + "; name a version");
        }
    }

    /** Prints each request to a registry, from now on, where warnings go; without what may be secret. */
    public void verbose() {
        verbose = true;
    }

    /** Neither warns nor shows progress from now on. */
    public void quiet() {
        quiet = true;
        transfers = Transfers.UNSEEN;
    }

    /** Tells of content while it moves, from now on. */
    public void transfers(Transfers listener) {
        transfers = listener;
    }

    private void tell(Exchange exchange) {
        if (verbose) {
            err.println(exchange);
        }
    }

    void warn(String message) {
        err().println("warning: " + message);
    }

    /** The files of an image; the last few images' are remembered. */
    synchronized Overlay files(Image image) throws IOException {
        Overlay files = overlays.get(image);
        if (files == null) {
            files = Overlay.of(image, store);
            overlays.put(image, files);
        }
        return files;
    }

    /** The files of an image, if they can be told without asking a registry: what Tab may complete. */
    public Optional<List<Entry>> knownFiles(Image image) throws IOException {
        boolean known;
        synchronized (this) {
            known = overlays.containsKey(image); // and so is its config
        }
        List<Blob> blobs = image.blobs();
        for (Blob blob : blobs) {
            boolean isKnownConfig = known && blob == blobs.get(0);
            if (!isKnownConfig && !blob.isLocal() && store.find(blob.digest()).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(files(image).entries());
    }

    /** Closes this when the session is closed. */
    synchronized <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public synchronized void close() throws IOException {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                warn(String.valueOf(e.getMessage()));
            }
        }
        store.prune();
    }
}
