package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.blob.Legible;
import dev.davit.image.Artifact;
import dev.davit.json.Json;
import dev.davit.layout.OciLayout;
import dev.davit.ref.Reference;
import dev.davit.registry.RegistryException;
import dev.davit.registry.Write;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a script would write, and nothing of it is written: registries and engines are only read, and so is the disk, but for
 * the content store. A run that finds what the plan has found does just that.
 */
public final class Plan implements Gate {

    private final Session session;
    private final List<PlannedStep> steps = new ArrayList<>();
    private final Map<Path, OciLayout> layouts = new ConcurrentHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private long requests;
    private long upload;
    private boolean asking;
    /** What a run would have looked into by then, and have in the content store. */
    private final Set<Digest> read = new HashSet<>();

    Plan(Session session) {
        this.session = session;
    }

    @Override
    public boolean pass(String place, Artifact artifact) throws IOException {
        Optional<Reference> reference = PlannedStep.reference(place);
        Optional<Digest> now = reference.isPresent() ? now(reference.get()) : Optional.empty();
        synchronized (this) {
            steps.add(new PlannedStep(session, place, Optional.of(artifact), now));
        }
        return reference.isPresent(); // what goes to a registry goes on, and the client rehearses it
    }

    private Optional<Digest> now(Reference reference) throws IOException {
        return aside(() -> {
            try {
                return Optional.of(session.registry().head(reference).digest());
            } catch (RegistryException e) {
                if (e.status() == 404 || e.status() == 403) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** What the plan wants to know, and a run does not. */
    interface Question<T> {
        T ask() throws IOException;
    }

    /** Asks without counting the requests. */
    <T> T aside(Question<T> question) throws IOException {
        boolean outer = asking;
        asking = true;
        try {
            return question.ask();
        } finally {
            asking = outer;
        }
    }

    /** Notes a change of another kind that there would be. */
    synchronized void note(String what) {
        steps.add(new PlannedStep(session, what, Optional.empty(), Optional.empty()));
    }

    /** The same layout, whose files stay as they are, as all that was planned has left it. */
    OciLayout layout(OciLayout layout) {
        return layouts.computeIfAbsent(layout.folder(), folder -> layout.rehearsed());
    }

    synchronized void write(Write write) {
        upload += write.kind() == Write.Kind.UPLOAD ? write.size() : 0;
        PlannedStep last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        if (last == null || !last.takes(write)) {
            last = new PlannedStep(session, write.what().toString(), Optional.empty(), Optional.empty());
            steps.add(last);
        }
        last.add(write);
    }

    synchronized void request() {
        requests += asking ? 0 : 1;
    }

    /** Finds out the rest, while the session is open. */
    Plan finish() throws IOException {
        for (PlannedStep step : steps) {
            int fetched = step.fetch(read); // which sends some itself
            requests += fetched;
            aside(step::finish);
            lines.addAll(step.lines());
        }
        lines.add(requests + (requests == 1 ? " request, " : " requests, ") + Legible.size(upload)
                + " to upload; nothing is written yet");
        return this;
    }

    /** The digests of what would be pushed, saved or loaded, by the places where it would go. */
    public Map<String, Digest> getDigests() {
        Map<String, Digest> digests = new LinkedHashMap<>();
        steps.forEach(step -> step.artifact().ifPresent(artifact -> digests.put(step.place(), artifact.digest())));
        return digests;
    }

    /** How many requests to registries a run would send. */
    public long getRequests() {
        return requests;
    }

    /** Bytes of blobs that a run would upload. */
    public long getUpload() {
        return upload;
    }

    /** All of it for a program: an object with {@code steps}, {@code requests} and {@code upload}. */
    public String getJson() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("steps", steps.stream().map(PlannedStep::tree).toList());
        tree.put("requests", requests);
        tree.put("upload", upload);
        return new String(Json.writeIndented(tree), StandardCharsets.UTF_8);
    }

    /** All of it for people, in lines. */
    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
