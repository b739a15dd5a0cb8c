package dev.davit.dsl;

import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Platform;
import java.io.IOException;
import java.util.List;

final class EngineImages extends Images {

    EngineImages(Session session, Place place) {
        super(session, place);
    }

    @Override
    Artifact get(List<Platform> platforms) throws IOException {
        return IndexVerbs.only(session.read(place.withoutDigest().toString(), session.daemon().get(place.name())), platforms);
    }

    @Override
    boolean has() throws IOException {
        return session.daemon().has(place.name());
    }

    /** Of an index maybe one image. */
    @Override
    Descriptor write(Artifact artifact) throws IOException {
        return session.daemon().put(place.name(), artifact);
    }
}
