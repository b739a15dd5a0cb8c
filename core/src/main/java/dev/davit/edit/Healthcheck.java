package dev.davit.edit;

import dev.davit.json.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says how an engine finds out whether a container is well, while a block of {@link ImageEditor#healthcheck} runs. What
 * is not said stays as it is. OCI has no such member: Docker's engine and Podman read it, also in an OCI image.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#healthcheck">HEALTHCHECK</a>
 */
public final class Healthcheck {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final List<Consumer<Document.Editor>> changes = new ArrayList<>();

    Healthcheck() {
    }

    /** The command to run, word by word; it says that all is well by ending with 0. */
    public Healthcheck cmd(String... words) {
        return test("CMD", words);
    }

    /** A line for the image's shell to run. */
    public Healthcheck shell(String line) {
        return test("CMD-SHELL", line);
    }

    /** No check, whatever images built on this one inherit from below. */
    public Healthcheck none() {
        return test("NONE");
    }

    private Healthcheck test(String kind, String... words) {
        List<String> test = new ArrayList<>(List.of(words));
        if (!kind.equals("NONE") && String.join("", test).isBlank()) {
            throw new IllegalArgumentException("a health check needs a command: expected words, such as curl -f localhost");
        }
        test.add(0, kind);
        return set("Test", test);
    }

    /** Time from one check to the next. */
    public Healthcheck interval(Duration time) {
        return time("Interval", time);
    }

    /** Time that a check may take. */
    public Healthcheck timeout(Duration time) {
        return time("Timeout", time);
    }

    /** Time that the container has to start, in which a failed check does not count. */
    public Healthcheck startPeriod(Duration time) {
        return time("StartPeriod", time);
    }

    /** Time from one check to the next while the container starts. */
    public Healthcheck startInterval(Duration time) {
        return time("StartInterval", time);
    }

    /** How many checks have to fail in a row. */
    public Healthcheck retries(int times) {
        if (times < 0) {
            throw new IllegalArgumentException("cannot try a health check " + times + " times: expected 0 or more");
        }
        return set("Retries", times);
    }

    private Healthcheck time(String key, Duration time) {
        if (!time.isZero() && time.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("a time of " + time + " is too short for a health check: expected "
                    + "1 ms or more, or 0 for the engine's own choice");
        }
        return set(key, time.toNanos());
    }

    private Healthcheck set(String key, Object value) {
        changes.add(tree -> tree.set(value, "config", "Healthcheck", key));
        return this;
    }

    void applyTo(Document.Editor config) {
        changes.forEach(change -> change.accept(config));
    }
}
