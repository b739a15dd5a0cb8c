package dev.davit.dsl;

import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Platform;
import dev.davit.layout.OciLayout;
import dev.davit.validate.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** In an OCI layout directory, where several images may have one name: one for each platform. */
final class LayoutImages extends Images {

    LayoutImages(Session session, Place place) {
        super(session, place);
    }

    private OciLayout open() throws IOException {
        return OciLayout.open(path()).withParallel(session.connections().parallel());
    }

    @Override
    Artifact get(List<Platform> platforms) throws IOException {
        String name = place.identifier();
        String said = session.place("oci:", place.path(), name);
        if (platforms.size() == 1) {
            return session.read(said + " for " + platforms.get(0), open().get(name, platforms.get(0)));
        }
        Optional<Artifact> held = session.held(said);
        return IndexVerbs.only(held.isPresent() ? held.get() : session.read(said, open().get(name)), platforms);
    }

    @Override
    Map<String, Artifact> all() throws IOException {
        if (!place.isLayout()) {
            return super.all();
        }
        OciLayout layout = open();
        Map<String, Artifact> all = new LinkedHashMap<>();
        for (Descriptor entry : layout.descriptors()) {
            all.put(OciLayout.name(entry).orElse(entry.digest().toString()), layout.get(entry.digest().toString()));
        }
        return all;
    }

    @Override
    boolean has() throws IOException {
        return Files.exists(path().resolve("index.json"))
                && open().descriptors().stream().anyMatch(this::isNamed);
    }

    private boolean isNamed(Descriptor entry) {
        return OciLayout.isCalled(entry, place.identifier());
    }

    @Override
    Findings validate(boolean fast) throws IOException {
        return place.isLayout() ? OciLayout.validate(path(), fast) : super.validate(fast);
    }

    @Override
    void delete() throws IOException {
        open().get(place.identifier()); // which must be there, and only one
        session.deliver(place.toString(), () -> open().remove(this::isNamed));
    }

    @Override
    Descriptor write(Artifact artifact) throws IOException {
        return OciLayout.create(path()).withParallel(session.connections().parallel()).put(place.name(), artifact);
    }

    @Override
    Place replace(Artifact artifact) throws IOException {
        return deliver(artifact, other -> {
            OciLayout layout = open();
            Predicate<Descriptor> replaced = this::isNamed;
            String name = layout.descriptors().stream().filter(replaced).flatMap(entry -> OciLayout.name(entry).stream())
                    .findFirst().orElse("");
            return layout.replace(replaced, name, other);
        });
    }
}
