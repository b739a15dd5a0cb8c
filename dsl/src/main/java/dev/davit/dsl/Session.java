package dev.davit.dsl;

import dev.davit.blob.ContentStore;
import dev.davit.blob.Disk;
import dev.davit.blob.Traffic;
import dev.davit.blob.Transfers;
import dev.davit.daemon.Daemon;
import dev.davit.image.Artifact;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import dev.davit.ref.Reference;
import dev.davit.registry.RegistryClient;
import dev.davit.registry.Settings;
import dev.davit.tar.Entry;
import dev.davit.tar.LayerBuilder;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the verbs of a script share while it runs: the folder that relative paths start from, the environment, the
 * content store and the connections to registries. Close it when the script has ended: what the script opened is closed.
 */
public final class Session implements AutoCloseable {

    private static final long STORE_LIMIT = 10L << 30;
    private static final InheritableThreadLocal<@Nullable Session> CURRENT = new InheritableThreadLocal<>();

    private final Path folder;
    private final Map<String, String> environment;
    private final StandardStreams streams;
    private final ContentStore store;
    private final Epoch epoch;
    private final Accounts accounts;
    private final Connections connections;
    private final Overlays overlays;
    private final Deliveries deliveries = new Deliveries();
    private final Checks checks = new Checks();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    /** Of a session that only reads. */
    private final @Nullable Plan plan;
    private final @Nullable Restraint restraint;
    /** The one that plans in this one's place. */
    private volatile @Nullable Session inner;
    private volatile @Nullable Locking locking;
    private volatile @Nullable MovingTags movingTags;
    private volatile LayerTrace trace = LayerTrace.NONE;

    /**
     * A session that starts relative paths from this folder.
     *
     * @throws IllegalArgumentException if {@code SOURCE_DATE_EPOCH} is set and is not a number of seconds
     */
    public Session(Path folder, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.folder = folder.toAbsolutePath().normalize();
        this.environment = environment;
        this.streams = closing(new StandardStreams(environment, out, err));
        this.store = ContentStore.at(cache(environment).resolve("blobs"), STORE_LIMIT);
        this.epoch = Epoch.in(environment);
        this.accounts = new Accounts(this);
        this.connections = new Connections(this);
        this.overlays = new Overlays(store);
        this.plan = null;
        this.restraint = null;
    }

    /** Only reads, and shares nothing that the other one has opened. What its script prints is no result. */
    private Session(Session other, Path folder, @Nullable Restraint restraint) {
        this.folder = folder;
        this.environment = other.environment;
        this.streams = closing(other.streams.withoutResults());
        this.store = other.store;
        this.epoch = other.epoch;
        this.accounts = new Accounts(this, other.accounts);
        this.connections = new Connections(this, other.connections);
        this.overlays = new Overlays(store);
        this.movingTags = other.movingTags;
        Plan own = new Plan(this);
        this.plan = own;
        this.restraint = restraint;
        change(settings -> settings.observer(exchange -> own.request()).rehearse(own::write));
        other.checks.all().forEach(this::check);
        gate(own);
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

    /** The session in which the calling thread runs a script. */
    public static Session current() {
        Session session = CURRENT.get();
        if (session == null) {
            throw new IllegalStateException("no Davit session: verbs work while a script runs");
        }
        return session;
    }

    /** That in which this thread runs code, or the one that plans in its place. */
    static Optional<Session> innermost() {
        Session session = CURRENT.get();
        for (Session next = session; next != null; next = next.inner) {
            session = next;
        }
        return Optional.ofNullable(session);
    }

    /** Runs a script's code with the verbs bound to this session. */
    public <T extends @Nullable Object> T run(Callable<T> code) throws Exception {
        Session outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return Traffic.observed(streams::begin, code);
        } finally {
            CURRENT.set(outer);
        }
    }

    /** Interrupts a thread that runs a script's code, also where it waits for a registry or an engine. */
    public void interrupt(Thread thread) {
        Session planning = inner;
        if (planning != null) {
            planning.interrupt(thread);
        }
        thread.interrupt();
        connections.cancel(thread);
    }

    /**
     * Runs code that says what is to be written, and writes nothing of it: every request to a registry or an engine that could
     * change something, and every file that a verb would write, ends here. What was written counts as written until the end.
     * What the code prints goes to {@link #err}. What it would write by itself, past the verbs, is held back as well.
     *
     * @param start where relative paths start meanwhile
     * @param programs whether it may run programs
     */
    public Plan plan(Path start, boolean programs, Callable<?> code) throws Exception {
        return plan(start, restraint == null ? new Restraint(programs) : restraint.with(programs), code);
    }

    /** The same, but for what the code does past the verbs. */
    public Plan tryOut(Path start, Callable<?> code) throws Exception {
        return plan(start, restraint, code);
    }

    private Plan plan(Path start, @Nullable Restraint its, Callable<?> code) throws Exception {
        try (Session planning = new Session(this, start, its)) {
            inner = planning;
            return planning.run(() -> {
                Disk.readOnly(code);
                planning.checkRestraint();
                return Objects.requireNonNull(planning.plan).finish();
            });
        } finally {
            inner = null;
        }
    }

    /** What this session plans, if it only reads. */
    Optional<Plan> plan() {
        return Optional.ofNullable(plan);
    }

    Optional<Restraint> restraint() {
        return Optional.ofNullable(restraint);
    }

    /** Fails if something has been held back of what code that is only planned would have done by itself, and it went on. */
    public void checkRestraint() {
        restraint().ifPresent(Restraint::check);
    }

    /** Whether this session only reads. */
    boolean isPlanning() {
        return plan != null;
    }

    // What it runs in

    /** Where relative paths start. */
    public Path folder() {
        return folder;
    }

    /** The path that a script means by this: relative to the session's folder. */
    public Path resolve(Object path) {
        return folder.resolve(path.toString());
    }

    /** How {@link Gate}s call a name in a file or a folder: with the path that somebody would say in the session's folder. */
    String place(String medium, Object path, Object name) {
        Path file = resolve(path).normalize();
        return medium + (file.startsWith(folder) ? folder.relativize(file) : file) + (name.toString().isEmpty() ? "" : ":" + name);
    }

    public Map<String, String> environment() {
        return environment;
    }

    public ContentStore store() {
        return store;
    }

    /** The time that new layers, entries and history get: {@code SOURCE_DATE_EPOCH} where it is set, else 1970. */
    public Instant created() {
        return epoch.time();
    }

    Epoch epoch() {
        return epoch;
    }

    /** The same edit, whose new layers have nothing in them that is newer than {@code SOURCE_DATE_EPOCH}, where that is set. */
    Edit clamped(Edit edit) {
        return epoch.clamped(edit, store);
    }

    // What it says

    StandardStreams streams() {
        return streams;
    }

    /** Where results go: where warnings go, once standard output has an archive in it. */
    public PrintStream out() {
        return streams.out();
    }

    /** Where progress and warnings go: nowhere, once the session is quiet. */
    public PrintStream err() {
        return streams.err();
    }

    /** Where failures go, also once the session is quiet. */
    public PrintStream failures() {
        return streams.failures();
    }

    /** Whether a standard stream, 0 for input, 1 for output, 2 for errors, is a terminal; Davit's launcher says so. */
    public boolean isTerminal(int stream) {
        return streams.isTerminal(stream);
    }

    /** Prints each request to a registry, from now on, where warnings go; without what may be secret. */
    public void verbose() {
        streams.verbose();
    }

    /** Neither warns nor shows progress from now on. */
    public void quiet() {
        streams.quiet();
    }

    /** Tells of content while it moves, from now on. */
    public void transfers(Transfers listener) {
        streams.transfers(listener);
    }

    void warn(String message) {
        streams.warn(message);
    }

    /**
     * From now on, warns of each reference to a tag that is there to move, once. For what is kept and run again, and not
     * for what is said once.
     *
     * @param script what the warning calls the script
     */
    public void warnOfMovingTags(String script) {
        movingTags = new MovingTags(script);
    }

    /** Warns where the script starts from a tag that somebody may move at any time, and no lock holds it. */
    void warnIfMoving(String said, Reference reference) {
        MovingTags tags = movingTags;
        if (tags != null && locking == null) {
            tags.warning(said, reference).ifPresent(this::warn);
        }
    }

    // Whom it speaks to

    /** Who this session is to its registries. */
    Accounts accounts() {
        return accounts;
    }

    Connections connections() {
        return connections;
    }

    /** The client for all registries; made when first asked for. */
    public RegistryClient registry() {
        return connections.registry();
    }

    /** Changes how registries are spoken to; comes before the first verb that speaks to one. */
    public void change(Consumer<Settings> change) {
        connections.change(change);
    }

    /**
     * A client for what Tab completes: it knows registries and credentials as this session does, only reads, tries nothing
     * twice, and prints nothing. The caller closes it.
     *
     * @param patience how long it waits for a connection or an answer
     */
    public RegistryClient silentClient(Duration patience) {
        return connections.silentClient(patience);
    }

    /** The Docker or Podman engine that the environment names; connected when first asked for. */
    public Daemon daemon() throws IOException {
        return connections.daemon();
    }

    // What it reads

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

    /** Reads as a lock says from now on, hands on what it has, and lets it remember all that. */
    public void lock(Locking lock) {
        lock.begin(epoch);
        locking = lock;
        gate(lock);
    }

    /** What remembers, where there is a lock or is to be one. */
    public Optional<Locking> locking() {
        return Optional.ofNullable(locking);
    }

    /** The files of an image; the last few images' are remembered. */
    Overlay files(Image image) throws IOException {
        return overlays.of(image);
    }

    /** The files of an image, if they can be told without asking a registry: what Tab may complete. */
    public Optional<List<Entry>> knownFiles(Image image) throws IOException {
        return overlays.known(image);
    }

    // What it makes and hands on

    Layer layer(LayerBuilder.Block block) throws IOException {
        LayerTrace.Statements statements = trace.statements(this::source);
        Layer layer = LayerBuilder.build(store, folder, created(), block, statements);
        statements.tell(layer);
        return layer;
    }

    /**
     * From now on, tells of each layer that a script makes in which of its lines which paths were said.
     *
     * @param source the script
     */
    public void trace(ScriptSource source, LayerTrace.Listener listener) {
        trace = new LayerTrace(source.fileName(), listener);
    }

    /** Judges all that scripts of this session hand on from now on, after the gates that are there. */
    public void gate(Gate gate) {
        deliveries.add(gate);
    }

    Checks checks() {
        return checks;
    }

    /** Checks all that is handed on from now on. */
    void check(Check check) {
        checks.add(check);
        gate(check);
    }

    /** Writes what checks find to this file, in JUnit's XML, unless they name another one. */
    public void junit(Path file) {
        checks.reportTo(file);
    }

    /** Hands an artifact on, if the gates let it pass. */
    void deliver(String place, Artifact artifact, Deliveries.Delivery delivery) throws IOException {
        deliver(Map.of(place, artifact), delivery);
    }

    /** Hands several artifacts on at once, if the gates let all of them pass. */
    void deliver(Map<String, ? extends Artifact> places, Deliveries.Delivery delivery) throws IOException {
        deliveries.deliver(places, delivery);
    }

    /** Makes a change that is no artifact on its way. */
    void deliver(String place, Deliveries.Delivery change) throws IOException {
        if (plan != null) {
            plan.note(place);
        } else {
            change.run();
        }
    }

    /** What a reference stands for, which a run reads only where a gate judges it. */
    Artifact look(Reference reference) throws IOException {
        return plan == null || deliveries.gates() > 1 ? get(reference) : plan.aside(() -> get(reference));
    }

    /** Whether anybody wants to know what is handed on. */
    boolean isGated() {
        return deliveries.isGated();
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
