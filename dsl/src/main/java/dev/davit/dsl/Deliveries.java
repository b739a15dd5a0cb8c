package dev.davit.dsl;

import dev.davit.image.Artifact;
import dev.davit.ref.Reference;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a script hands on, the gates that it passes, and what they have held back. What passes is remembered where it goes, also
 * by a registry that is only rehearsed.
 */
final class Deliveries {

    /** Puts an artifact where it is to go. */
    @FunctionalInterface
    interface Delivery {
        void run() throws IOException;
    }

    private final List<Gate> gates = new CopyOnWriteArrayList<>();
    private final Map<String, Artifact> held = new LinkedHashMap<>();

    void add(Gate gate) {
        gates.add(gate);
    }

    int gates() {
        return gates.size();
    }

    boolean isGated() {
        return !gates.isEmpty();
    }

    void deliver(Map<String, ? extends Artifact> places, Delivery delivery) throws IOException {
        boolean passes = true;
        for (Gate gate : gates) {
            for (Map.Entry<String, ? extends Artifact> one : places.entrySet()) {
                passes &= gate.pass(one.getKey(), one.getValue());
            }
        }
        if (passes) {
            delivery.run();
        } else {
            synchronized (held) {
                held.putAll(places);
            }
        }
    }

    /** What a gate has held back on its way to this place; without a name, the only one of those in the file or folder. */
    Optional<Artifact> held(String place) {
        synchronized (held) {
            List<Artifact> named = held.entrySet().stream().filter(one -> one.getKey().startsWith(place + ":"))
                    .map(Map.Entry::getValue).toList();
            return held.containsKey(place) ? Optional.of(held.get(place))
                    : named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
        }
    }

    /** What a registry would have by now under this reference, if a gate had not held it back. */
    Optional<Artifact> held(Reference reference) {
        synchronized (held) {
            return reference.digest().isEmpty() ? Optional.ofNullable(held.get(reference.toString()))
                    : held.values().stream().filter(known -> known.digest().equals(reference.digest().get())).findFirst();
        }
    }
}
