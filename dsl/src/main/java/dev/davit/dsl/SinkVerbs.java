package dev.davit.dsl;

import dev.davit.archive.Archive;
import dev.davit.blob.AtomicFile;
import dev.davit.image.Artifact;
import dev.davit.image.Image;
import dev.davit.image.Part;
import dev.davit.layout.OciLayout;
import dev.davit.ref.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where images and indexes go: registries, archives, layouts, engines and folders. */
public final class SinkVerbs {

    private SinkVerbs() {
    }

    // Sinks

    /** Pushes it under each of these references, and returns the first of them by its digest. */
    public static Reference push(Artifact self, Object reference, Object... more) throws IOException {
        Session session = Session.current();
        Reference first = Reference.parse(reference.toString());
        session.deliver(first.toString(), self, () -> session.registry().put(first, self));
        for (String text : Text.all(more)) {
            Reference other = Reference.parse(text);
            session.deliver(other.toString(), self, () -> session.registry().put(other, self));
        }
        return first.withDigest(self.digest());
    }

    /**
     * Puts it where a reference says, and returns the reference in full with the digest: {@code debian:12} in a registry,
     * {@code oci:FOLDER[:NAME]} in an OCI layout directory, in the place of what has the name, {@code archive:FILE[:NAME]}
     * in an archive, in the place of what has the name or without one of all, {@code daemon:NAME} in the Docker or Podman
     * engine of this machine, and {@code -}, an archive on standard output.
     */
    public static Place to(Artifact self, Object reference) throws IOException {
        return Images.at(Place.meant(reference), InputStream::nullInputStream).put(self);
    }

    /** Saves it as an archive that Docker, Podman and OCI tools load, without a name in it. */
    public static Artifact save(Artifact self, Object path) throws IOException {
        return save(self, path, "");
    }

    /** Saves it as an archive that Docker, Podman and OCI tools load, under this name in it. */
    public static Artifact save(Artifact self, Object path, Object name) throws IOException {
        Session session = Session.current();
        session.deliver(session.place("archive:", path, name), self,
                () -> Archive.sink(session.resolve(path)).put(name.toString(), self));
        return self;
    }

    /** Saves it as an archive without a name in it; {@code legacy: true} is for engines from before Docker 1.10. */
    public static Artifact save(Artifact self, Map<?, ?> options, Object path) throws IOException {
        return save(self, options, path, "");
    }

    /**
     * Saves it as an archive under this name in it; {@code legacy: true} is for engines from before Docker 1.10, and replaces
     * the whole archive.
     */
    public static Artifact save(Artifact self, Map<?, ?> options, Object path, Object name) throws IOException {
        if (!Options.of(options, "legacy").isTrue("legacy")) {
            return save(self, path, name);
        }
        Session session = Session.current();
        session.deliver(session.place("archive:", path, name), self,
                () -> Archive.writeLegacy(session.resolve(path), Map.of(name.toString(), self)));
        return self;
    }

    /** Writes it to an OCI layout directory, which is made where there is none, without a name. */
    public static Artifact writeTo(Artifact self, Object folder) throws IOException {
        return writeTo(self, folder, "");
    }

    /** Writes it to an OCI layout directory, which is made where there is none, in the place of what has this name. */
    public static Artifact writeTo(Artifact self, Object folder, Object name) throws IOException {
        Session session = Session.current();
        session.deliver(session.place("oci:", folder, name), self, () -> OciLayout.create(session.resolve(folder))
                .withParallel(session.connections().parallel()).put(name.toString(), self));
        return self;
    }

    /** Loads it into the Docker or Podman engine of this machine, without a name. */
    public static Artifact load(Artifact self) throws IOException {
        return load(self, "");
    }

    /**
     * Loads it into the Docker or Podman engine of this machine, under this name. Of an index, an engine that cannot keep
     * one gets the image for its own platform.
     */
    public static Artifact load(Artifact self, Object name) throws IOException {
        Session session = Session.current();
        session.deliver("daemon:" + name, self, () -> session.daemon().put(name.toString(), self));
        return self;
    }

    /** Writes the flattened file system as a tar archive. */
    public static Path export(Artifact self, Object path) throws IOException {
        Session session = Session.current();
        Path target = session.resolve(path);
        session.deliver("export:" + path, self, () -> {
            try (var out = AtomicFile.create(target)) {
                LookVerbs.overlay(self).exportTo(out);
                out.commit();
            }
        });
        return target;
    }

    /** Writes the flattened file system as a tar archive to a stream, such as {@code stdout}, and leaves that open. */
    public static void export(Artifact self, OutputStream stream) throws IOException {
        Session.current().deliver("export:-", self, () -> LookVerbs.overlay(self).exportTo(stream));
    }

    /**
     * Extracts the flattened file system to a folder that is new or empty. Of an artifact that is no file system, its files,
     * each under its title and none in the place of another.
     */
    public static Path extract(Artifact self, Object folder) throws IOException {
        Session session = Session.current();
        Path target = session.resolve(folder);
        session.deliver("extract:" + folder, self, () -> {
            if (self instanceof Image image && !image.isContainerImage()) {
                for (Part part : image.parts()) {
                    part.writeTo(target);
                }
            } else {
                LookVerbs.overlay(self).extractTo(target);
            }
        });
        return target;
    }

    /** Saves images as one archive that replaces what was there, each under its name. */
    public static void save(DavitScript self, Object path, Map<String, ? extends Artifact> images) throws IOException {
        save(self, Map.of(), path, images);
    }

    /**
     * Saves images as one archive, each under its name; to {@code -}, on standard output. {@code legacy: true} is for engines
     * from before Docker 1.10. Layers that the images in {@code since: [images('monday.tar')]} have in the same repository are
     * left out, for who has those already.
     */
    public static void save(DavitScript self, Map<?, ?> options, Object path, Map<String, ? extends Artifact> images)
            throws IOException {
        Options said = Options.of(options, "legacy", "since");
        boolean legacy = said.isTrue("legacy");
        Session session = self.session();
        List<Map<String, Artifact>> earlier = new ArrayList<>();
        if (said.get("since") instanceof Iterable<?> several) {
            several.forEach(known -> {
                Map<String, Artifact> named = new LinkedHashMap<>();
                ((Map<?, ?>) known).forEach((name, artifact) -> named.put(name.toString(), (Artifact) artifact));
                earlier.add(named);
            });
        }
        Map<String, Artifact> places = new LinkedHashMap<>();
        images.forEach((name, image) -> places.put(session.place("archive:", path, name), image));
        session.deliver(places, () -> {
            boolean standard = path.toString().equals("-");
            if (legacy && standard) {
                Archive.writeLegacy(session.streams().take(), images);
            } else if (legacy) {
                Archive.writeLegacy(session.resolve(path), images);
            } else if (standard) {
                Archive.writeSince(session.streams().take(), images, earlier);
            } else {
                Archive.writeSince(session.resolve(path), images, earlier);
            }
        });
    }
}
