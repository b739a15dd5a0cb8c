package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Platform;
import dev.davit.validate.Findings;
import dev.davit.validate.Validation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The images in a place: all that verbs with a reference to any medium ask of it. */
abstract sealed class Images permits RegistryImages, LayoutImages, ArchiveImages, EngineImages {

    final Session session;
    final Place place;

    Images(Session session, Place place) {
        this.session = session;
        this.place = place;
    }

    /** @param input what {@code -} reads */
    static Images at(Place place, Supplier<InputStream> input) {
        Session session = Session.current();
        return switch (place.medium()) {
            case REGISTRY -> new RegistryImages(session, place);
            case LAYOUT -> new LayoutImages(session, place);
            case ARCHIVE -> new ArchiveImages(session, place, input);
            case ENGINE -> new EngineImages(session, place);
        };
    }

    /**
     * The folder or file of a place in one.
     *
     * @throws IllegalArgumentException if it is not there because what was meant has a colon
     */
    final Path path() {
        Path path = session.resolve(place.path());
        String longer = place.path() + ":" + place.name();
        if (!place.name().isEmpty() && !Files.exists(path) && Files.exists(session.resolve(longer))) {
            throw new IllegalArgumentException("malformed reference '" + place + "': a path ends at its first colon, and "
                    + "there is no " + place.path() + "; expected a path without colons");
        }
        return path;
    }

    /** What the place names, only for these platforms; all of it where there are none. */
    abstract Artifact get(List<Platform> platforms) throws IOException;

    final Artifact get() throws IOException {
        return get(List.of());
    }

    /** What the place names; of a layout or an archive as a whole all there is, by name or else by digest. */
    Map<String, Artifact> all() throws IOException {
        return Map.of(place.name(), get());
    }

    abstract boolean has() throws IOException;

    Digest digest() throws IOException {
        return get().digest();
    }

    Findings validate(boolean fast) throws IOException {
        return Validation.of(get(), fast);
    }

    /** Puts it there, and returns the place by the digest that it has there. */
    final Place put(Artifact artifact) throws IOException {
        if (place.digest().filter(digest -> !digest.equals(artifact.digest())).isPresent()) {
            throw new IllegalArgumentException("cannot write " + artifact + " as " + place + ": its digest is "
                    + artifact.digest());
        }
        return deliver(artifact, this::write);
    }

    /** Puts it in the place of what the place names, and returns the place by the new digest. */
    Place replace(Artifact artifact) throws IOException {
        return put(artifact);
    }

    /** Takes what the place names away. */
    void delete() throws IOException {
        throw new IllegalArgumentException("malformed reference '" + place + "': expected one to a registry or a layout");
    }

    abstract Descriptor write(Artifact artifact) throws IOException;

    interface Writing {
        Descriptor write(Artifact artifact) throws IOException;
    }

    final Place deliver(Artifact artifact, Writing writing) throws IOException {
        AtomicReference<Digest> written = new AtomicReference<>(artifact.digest());
        session.deliver(place.withoutDigest().toString(), artifact, () -> written.set(writing.write(artifact).digest()));
        return place.withDigest(written.get());
    }
}
