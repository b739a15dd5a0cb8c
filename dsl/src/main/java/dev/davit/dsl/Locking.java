package dev.davit.dsl;

import dev.davit.blob.Codec;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.ref.Reference;
import dev.davit.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a recipe reads and hands on. Where there is a lock, what it names is read by the digest that it has; where the
 * lock counts, nothing is handed on that it does not have.
 */
public final class Locking implements Gate {

    private static final String WHEN = " when it was locked";
    private static final String SEPARATOR = "\n    ";
    private static final String NEW = "not in the lock: ";

    /** Which references are to be read anew, and not as they are locked. */
    private final Collection<String> updated;
    private final boolean all;
    private final boolean counts;
    private final Path recipe;
    private final Optional<Lock> lock;
    private final LocalInputs inputs;
    /** Addresses of the registries that the recipe serves itself. */
    private final Set<String> own = new ConcurrentSkipListSet<>();
    private final SortedMap<String, Lock.Pin> references = new ConcurrentSkipListMap<>();
    private final SortedMap<String, Digest> outputs = new ConcurrentSkipListMap<>();
    private final SortedSet<String> codecs = new ConcurrentSkipListSet<>();
    private volatile SortedMap<String, String> parameters = new TreeMap<>();
    private final SortedMap<String, String> kept = new TreeMap<>();
    private volatile @Nullable Drifted drift;
    private String epoch = "";
    private String said;

    private Locking(Path recipe, Optional<Lock> lock, boolean counts, boolean all, Collection<String> updated) {
        this.recipe = recipe;
        this.lock = lock;
        this.counts = counts;
        this.all = all;
        this.updated = updated.stream().map(name -> Reference.parse(name).familiar()).toList();
        this.inputs = new LocalInputs(recipe.toAbsolutePath().normalize().getParent());
        this.said = recipe.getFileName().toString();
        inputs.add(recipe);
    }

    /** Holds a recipe to its lock, if it has one. */
    public static Optional<Locking> of(Path recipe) throws IOException {
        return Lock.of(recipe).map(lock -> new Locking(recipe, Optional.of(lock), true, false, List.of()));
    }

    /**
     * For a new lock, which keeps the references of the old one but for some.
     *
     * @throws IllegalArgumentException if the old one does not have one of them
     */
    public static Locking anew(Optional<Lock> old, Path recipe, boolean all, Collection<String> updated) {
        Locking locking = new Locking(recipe, old, false, all, updated);
        old.map(lock -> lock.references().keySet()).ifPresent(known -> {
            for (String name : locking.updated) {
                if (!known.contains(name)) {
                    throw new IllegalArgumentException(locking.file() + " has no " + name + " to read anew"
                            + (known.isEmpty() ? "" : "; it has " + String.join(", ", known)));
                }
            }
        });
        return locking;
    }

    private String file() {
        return Lock.beside(recipe).getFileName().toString();
    }

    void begin(Epoch time) {
        epoch = time.toString();
    }

    /** Says with which parameters the recipe runs. */
    public void parameters(Map<String, String> values) {
        parameters = new TreeMap<>(values);
    }

    /** Says how the recipe was called, for advice: as somebody would say it again. */
    public void said(List<String> words) {
        said = words.stream().map(word -> word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /** From now on, a recipe that is given no parameters has those of the old lock, after this change. */
    public Locking keepingParameters(UnaryOperator<String> change) {
        lock.ifPresent(old -> old.parameters().forEach((name, text) -> kept.put(name, change.apply(text))));
        return this;
    }

    /** The parameters of a recipe that is given none. */
    public Map<String, String> kept() {
        return kept;
    }

    void input(Path path) {
        inputs.add(path);
    }

    void serves(String address) {
        own.add(address);
    }

    /** A name that is the same in each run, whatever port a registry of the recipe's own has. */
    private String lasting(String name) {
        String host = name.replaceFirst("/.*", "");
        return own.contains(host) ? Lock.OWN_REGISTRY + name.substring(host.length()) : name;
    }

    /** What a registry has under this name, or under the digest that is locked. */
    Artifact get(Reference reference, Session session) throws IOException {
        String name = lasting(reference.familiar());
        if (reference.digest().isPresent() || outputs.containsKey(lasting(reference.toString()))) {
            return session.registry().get(reference);
        }
        Lock.@Nullable Pin pin = pinned(name);
        Artifact artifact;
        try {
            artifact = session.registry().get(pin == null ? reference : reference.withDigest(pin.digest()));
        } catch (RegistryException e) {
            if (e.status() != 404 || pin == null || !isThere(reference, session)) {
                throw e;
            }
            throw new IOException(file() + " has " + name + " as " + pin.digest() + ", and the registry has that no more; 'davit "
                    + "lock --update=" + name + " " + said + "' takes what it has now", e);
        }
        references.put(name, Lock.Pin.of(artifact));
        return artifact;
    }

    private static boolean isThere(Reference reference, Session session) throws IOException {
        try {
            session.registry().head(reference);
            return true;
        } catch (RegistryException e) {
            return false;
        }
    }

    private Lock.@Nullable Pin pinned(String name) {
        return lock.isEmpty() || all || updated.contains(name) ? null : lock.get().references().get(name);
    }

    /** What was read from another medium. */
    void read(String place, Artifact artifact) {
        if (!outputs.containsKey(place)) {
            references.put(place, Lock.Pin.of(artifact));
        }
    }

    @Override
    public boolean pass(String delivery, Artifact artifact) throws IOException {
        String place = lasting(delivery);
        Digest earlier = outputs.put(place, artifact.digest());
        if (earlier != null && !earlier.equals(artifact.digest())) {
            outputs.put(place + "@" + earlier, earlier);
        }
        if (!counts) {
            for (Image image : artifact.images()) {
                for (Descriptor layer : image.layerDescriptors()) {
                    Codec.implementation(layer.mediaType().compression()).ifPresent(codecs::add);
                }
            }
        } else if (!lock.orElseThrow().outputs().containsValue(artifact.digest())) {
            throw drifted(explanation(place, artifact.digest()));
        }
        return true;
    }

    private Drifted drifted(String message) {
        Drifted failure = new Drifted(message);
        drift = failure;
        return failure;
    }

    /** Fails if the recipe has drifted, and went on all the same. */
    public void check() throws Drifted {
        Drifted failure = drift;
        if (failure != null) {
            throw failure;
        }
    }

    private String explanation(String place, Digest digest) throws IOException {
        Lock locked = lock.orElseThrow();
        List<String> reasons = new ArrayList<>(inputs.changesFrom(locked.inputs()));
        references.forEach((name, pin) -> {
            Lock.Pin before = locked.references().get(name);
            if (before == null) {
                reasons.add(NEW + name + " is " + pin.digest());
            } else if (!before.digest().equals(pin.digest())) {
                reasons.add("changed: " + name + " is " + pin.digest() + ", and was " + before.digest());
            }
        });
        reasons.addAll(otherParameters());
        if (!locked.epoch().equals(epoch)) {
            reasons.add("SOURCE_DATE_EPOCH: " + (epoch.isEmpty() ? "not set" : epoch) + ", and "
                    + (locked.epoch().isEmpty() ? "not set" : locked.epoch()) + WHEN);
        }
        for (String codec : locked.codecs()) {
            if (Codec.implementations().stream().noneMatch(codec::equals)) {
                reasons.add("codec: " + codec + " packed it, and here it is " + Codec.implementations().stream()
                        .filter(own -> own.split("[/ ]")[0].equals(codec.split("[/ ]")[0])).findFirst().orElse("another"));
            }
        }
        if (reasons.isEmpty()) {
            reasons.add("nothing that the lock knows of has changed: it reads something else, or differs from run to run, as "
                    + "'davit prove " + said + "' tells");
        }
        Digest before = locked.outputs().get(place);
        return place + " is " + digest + ", and " + file() + (before == null ? " has no such output" : " has " + before)
                + SEPARATOR + String.join(SEPARATOR, reasons) + advice();
    }

    /** Which parameters are not as they were locked, in lines. */
    private List<String> otherParameters() {
        List<String> others = new ArrayList<>();
        SortedMap<String, String> locked = lock.orElseThrow().parameters();
        SortedSet<String> all = new TreeSet<>(parameters.keySet());
        all.addAll(locked.keySet());
        for (String name : all) {
            String was = locked.getOrDefault(name, "");
            String is = parameters.getOrDefault(name, "");
            if (!was.equals(is)) {
                others.add("parameter " + name + ": " + (is.isEmpty() ? "nothing" : is) + ", and "
                        + (was.isEmpty() ? "nothing" : was) + WHEN);
            }
        }
        return others;
    }

    private String advice() {
        return "\n  'davit lock " + said + "' takes it over, 'davit --no-lock " + said + "' lets the lock be";
    }

    /** The lock of what has been read and handed on by now. */
    public Lock lock() throws IOException {
        return new Lock(references, inputs.content(), parameters, epoch, List.copyOf(codecs), outputs);
    }

    /** What is new in the lock, for people: of each reference that moved also what changed in it, by config, file and package. */
    public String report(Session session) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Lock.Pin> reference : references.entrySet()) {
            Lock.Pin before = lock.map(old -> old.references().get(reference.getKey())).orElse(null);
            Lock.Pin after = reference.getValue();
            if (before == null) {
                lines.add("+ " + reference.getKey() + " " + after.digest());
            } else if (!before.digest().equals(after.digest())) {
                lines.add("~ " + reference.getKey() + " " + before.digest() + " -> " + after.digest());
                lines.addAll(changes(session, reference.getKey(), before.digest(), after.digest()));
            }
        }
        changedInputs().forEach(line -> lines.add("~ " + line));
        outputs.forEach((place, digest) -> {
            Digest before = lock.map(old -> old.outputs().get(place)).orElse(null);
            if (!digest.equals(before)) {
                lines.add((before == null ? "+ " : "~ ") + place + " " + (before == null ? "" : before + " -> ") + digest);
            }
        });
        lines.add(file() + ": " + count(references.size(), "reference") + ", " + count(inputs.content().size(), "input") + ", "
                + count(outputs.size(), "output") + (lines.isEmpty() ? "; nothing has changed" : ""));
        return String.join("\n", lines);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static List<String> changes(Session session, String name, Digest before, Digest after) throws IOException {
        if (!Lock.isFromRegistry(name)) {
            return List.of();
        }
        Reference reference = Reference.parse(name);
        try {
            return LookVerbs.diff(session.registry().get(reference.withDigest(before)),
                    Map.of("only", List.of("config", "files", "packages")), session.registry().get(reference.withDigest(after)))
                    .toString().lines().map(line -> "    " + line).toList();
        } catch (RegistryException e) {
            return List.of("    what changed cannot be told: " + e.getMessage());
        }
    }

    /** What has been read that is not as it was locked, in lines; of a run with the same parameters also which references are new. */
    public List<String> changedInputs() throws IOException {
        if (lock.isEmpty()) {
            return List.of();
        }
        List<String> changes = new ArrayList<>(inputs.changesFrom(lock.get().inputs()));
        if (counts && otherParameters().isEmpty()) {
            references.keySet().stream().filter(name -> !lock.get().references().containsKey(name)).map(NEW::concat)
                    .forEach(changes::add);
        }
        return changes;
    }
}
