package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Platform;
import dev.davit.ref.Reference;
import dev.davit.registry.RegistryException;
import dev.davit.validate.Findings;
import java.io.IOException;
import java.util.List;

final class RegistryImages extends Images {

    private final Reference reference;

    RegistryImages(Session session, Place place) {
        super(session, place);
        reference = Reference.parse(place.name());
    }

    @Override
    Artifact get(List<Platform> platforms) throws IOException {
        return IndexVerbs.only(session.get(reference), platforms);
    }

    @Override
    boolean has() throws IOException {
        try {
            digest();
            return true;
        } catch (RegistryException e) {
            if (e.status() != 404) {
                throw e;
            }
            return false;
        }
    }

    /** Reads no manifest where the registry tells it. */
    @Override
    Digest digest() throws IOException {
        return session.registry().head(reference).digest();
    }

    /** Also how the registry serves it. */
    @Override
    Findings validate(boolean fast) throws IOException {
        return session.registry().validate(reference, fast);
    }

    @Override
    void delete() throws IOException {
        session.registry().delete(reference);
    }

    @Override
    Descriptor write(Artifact artifact) throws IOException {
        return session.registry().put(reference, artifact);
    }

    @Override
    Place replace(Artifact artifact) throws IOException {
        return reference.digest().isEmpty() ? put(artifact)
                : new RegistryImages(session, place.withDigest(artifact.digest())).put(artifact);
    }
}
