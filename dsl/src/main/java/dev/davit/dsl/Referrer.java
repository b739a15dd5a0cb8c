package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.MediaType;
import dev.davit.ref.Reference;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What refers to an image in its repository. It stands for its own reference, so that every verb that takes one takes it:
 * {@code referrers(it)}, {@code delete(it)}.
 */
public final class Referrer {

    private final Reference reference;
    private final Descriptor descriptor;

    Referrer(Reference reference, Descriptor descriptor) {
        this.reference = reference;
        this.descriptor = descriptor;
    }

    public Digest getDigest() {
        return descriptor.digest();
    }

    public @Nullable String getArtifactType() {
        return descriptor.artifactType().orElse(null);
    }

    public MediaType getMediaType() {
        return descriptor.mediaType();
    }

    /** Bytes of its manifest. */
    public long getSize() {
        return descriptor.size();
    }

    public Map<String, String> getAnnotations() {
        return descriptor.annotations();
    }

    /** Itself, with its {@code parts}. Reads its manifest. */
    public Artifact getArtifact() throws IOException {
        return Session.current().registry().get(reference);
    }

    /** Its name by its digest. */
    @Override
    public String toString() {
        return reference.toString();
    }
}
