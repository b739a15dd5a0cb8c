package dev.davit.validate;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.json.Document;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds all that is wrong at once: in manifests, indexes and configs, in how they refer to each other, and in layers down
 * to the entries of their archives. Members that no specification knows are not wrong. What cannot be read is a finding
 * too, so that the rest is still looked at. Layers that are to be fetched from where their owner serves them are left
 * out.
 *
 * <p>Each manifest is checked once, each layer read once for each image that has it, in a stream. After 1000 findings the
 * rest are only counted.
 */
public final class Validation {

    private static final int MOST_FINDINGS = 1000;

    /** What is to be checked. */
    @FunctionalInterface
    public interface Checks {
        void run(Validation validation) throws IOException;
    }

    private final boolean fast;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> notes = new ArrayList<>();
    private final Set<Digest> referenced = new LinkedHashSet<>();
    private final Map<Digest, Optional<Platform>> manifests = new LinkedHashMap<>();
    private long more;

    private Validation(boolean fast) {
        this.fast = fast;
    }

    /**
     * What is wrong with an image or an index, and all that is in it.
     *
     * @param fast whether to leave the bytes of layers alone and only ask whether they are there, and how many
     * @throws IOException only if the thread is interrupted
     */
    public static Findings of(Artifact artifact, boolean fast) throws IOException {
        return run(fast, artifact.toString(), validation -> validation.check(Subject.of(artifact)));
    }

    /**
     * What these checks find.
     *
     * @param place what is wrong if the checks fail
     * @throws IOException only if the thread is interrupted
     */
    public static Findings run(boolean fast, String place, Checks checks) throws IOException {
        Validation validation = new Validation(fast);
        validation.attempt(place, () -> checks.run(validation));
        if (validation.more > 0) {
            validation.findings.add(new Finding(place, "there are " + validation.more + " more findings"));
        }
        return new Findings(validation.findings, validation.notes);
    }

    /** Whether the bytes of layers are to be left alone. */
    public boolean isFast() {
        return fast;
    }

    public void add(String place, String problem) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(place, problem));
        } else {
            more++;
        }
    }

    /** Something worth knowing that is not wrong. */
    public void note(String place, String remark) {
        if (notes.size() < MOST_FINDINGS) {
            notes.add(new Finding(place, remark));
        }
    }

    /** Something that may fail: what fails is a finding. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws IOException;
    }

    /** Does something; a failure is a finding. Only an interruption goes on. */
    public void attempt(String place, Attempt attempt) throws IOException {
        try {
            attempt.run();
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw e;
        } catch (NoSuchFileException e) {
            add(place, place.equals(e.getFile()) ? "is not there" : "there is no file " + e.getFile());
        } catch (IOException | IllegalArgumentException e) {
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            add(place, message.startsWith(place) ? message.substring(place.length()).replaceFirst("^:? ", "") : message);
        }
    }

    /** Checks a manifest or an index, and all that it refers to. */
    public void manifest(Document manifest, Artifact.Content content) throws IOException {
        check(Subject.of(manifest, content));
    }

    /** Checks the list of a layout, which may have several images for one platform, and all that it refers to. */
    public void list(String place, Document index, Artifact.Content content) throws IOException {
        new ManifestCheck(this, place, Subject.of(index, content), 0).list();
    }

    /** Checks digest and size of a blob, which is read in a stream. */
    public void blob(String place, Blob blob) throws IOException {
        new BlobCheck(this, place, blob.digest(), blob.size()).check(blob);
    }

    /** Whether something that was checked refers to this. */
    public boolean isReferenced(Digest digest) {
        return referenced.contains(digest);
    }

    void refer(Digest digest) {
        referenced.add(digest);
    }

    private void check(Subject subject) throws IOException {
        check(subject, new MediaType(""), 0);
    }

    /** The platform that the config says, if it is an image that has one. */
    Optional<Platform> check(Subject subject, MediaType listedAs, int depth) throws IOException {
        Digest digest = subject.manifest().digest();
        Optional<Platform> known = manifests.get(digest);
        if (known == null) {
            known = new ManifestCheck(this, ManifestCheck.place(subject.manifest()), subject, depth).check(listedAs);
            manifests.put(digest, known);
        }
        return known;
    }
}
