package dev.davit.dsl;

import dev.davit.archive.Archive;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Platform;
import dev.davit.validate.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** In an archive, be it a file or on standard input or output. */
final class ArchiveImages extends Images {

    private final Supplier<InputStream> input;

    ArchiveImages(Session session, Place place, Supplier<InputStream> input) {
        super(session, place);
        this.input = input;
    }

    private Archive open() throws IOException {
        return place.isStandard() ? session.streams().archive(input.get()) : session.closing(Archive.open(path()));
    }

    @Override
    Artifact get(List<Platform> platforms) throws IOException {
        return IndexVerbs.only(named(place.identifier()), platforms);
    }

    private Artifact named(String name) throws IOException {
        if (place.isStandard()) {
            return open().get(name);
        }
        String said = session.place("archive:", place.path(), name);
        Optional<Artifact> held = session.held(said);
        return held.isPresent() ? held.get() : session.read(said, open().get(name));
    }

    @Override
    Map<String, Artifact> all() throws IOException {
        return place.identifier().isEmpty() ? open().all() : super.all();
    }

    @Override
    boolean has() throws IOException {
        return !place.isStandard() && Files.exists(path()) && open().has(place.identifier());
    }

    @Override
    Findings validate(boolean fast) throws IOException {
        return place.identifier().isEmpty() && !place.isStandard() ? Archive.validate(path(), fast)
                : super.validate(fast);
    }

    @Override
    Descriptor write(Artifact artifact) throws IOException {
        Map<String, Artifact> alone = Map.of(place.name(), artifact);
        if (place.isStandard()) {
            Archive.write(session.streams().take(), alone);
        } else if (place.name().isEmpty()) {
            Archive.write(path(), alone);
        } else {
            return Archive.sink(path()).put(place.name(), artifact);
        }
        return artifact.descriptor();
    }

    @Override
    Place replace(Artifact artifact) throws IOException {
        return place.isStandard() ? put(artifact)
                : deliver(artifact, other -> Archive.replace(path(), place.identifier(), other));
    }
}
