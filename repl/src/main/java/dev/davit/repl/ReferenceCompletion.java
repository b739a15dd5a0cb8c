package dev.davit.repl;

import dev.davit.archive.Archive;
import dev.davit.blob.Compression;
import dev.davit.dsl.Place;
import dev.davit.dsl.Session;
import dev.davit.layout.OciLayout;
import dev.davit.ref.Repository;
import dev.davit.repl.Completion.Proposal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** How a reference that is begun may go on: by what registries, layouts and archives have. */
final class ReferenceCompletion {

    private final Session session;
    private final RegistryNames registries;
    private final PathCompletion files;

    ReferenceCompletion(Session session, RegistryNames registries, PathCompletion files) {
        this.session = session;
        this.registries = registries;
        this.files = files;
    }

    /** @param end what closes a reference that is whole */
    List<Proposal> references(String content, String end) {
        try {
            for (String medium : List.of("oci:", "archive:")) {
                if (content.startsWith(medium)) {
                    return local(medium, content, end);
                }
            }
            int colon = content.lastIndexOf(':');
            if (colon < content.indexOf('/')) {
                return repositories(content, ":");
            }
            return isHostSaid(content) ? named(content.substring(0, colon + 1),
                    registries.tags(Repository.parse(content.substring(0, colon))), end) : List.of();
        } catch (IllegalArgumentException | IOException e) {
            return List.of();
        }
    }

    /** Those in the catalog of the registry that is said, except of Docker Hub, which has none. */
    List<Proposal> repositories(String content, String end) {
        String host = content.substring(0, content.indexOf('/') + 1);
        try {
            Repository any = Repository.parse(host + "any");
            return any.isOnHub() ? List.of() : named(host, registries.repositories(any.registry()), end);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** Whether a registry may be asked: that of {@code debian:} is a guess, as there might be a port to come. */
    private static boolean isHostSaid(String content) {
        return content.startsWith("docker.io/") || content.startsWith(Repository.HUB + "/")
                || !Repository.parse(content.substring(0, content.indexOf('/') + 1) + "any").isOnHub();
    }

    /** What an OCI layout or an archive has under which names, and where it may be. */
    private List<Proposal> local(String medium, String content, String end) throws IOException {
        Place place = Place.parse(content + "x"); // so that what follows a colon is not empty
        if (place.name().isEmpty()) {
            return files.onDisk(content.substring(medium.length()), "").stream().map(proposal ->
                    new Proposal(medium + proposal.value(), proposal.shown(), "")).toList();
        }
        return named(medium + place.path() + ":", names(place), end);
    }

    private List<String> names(Place place) throws IOException {
        Path path = session.resolve(place.path());
        if (place.medium() == Place.Medium.LAYOUT) {
            return List.copyOf(OciLayout.open(path).names().keySet());
        }
        if (!Files.isRegularFile(path)) {
            return List.of();
        }
        try (InputStream head = new BufferedInputStream(Files.newInputStream(path))) {
            if (Compression.sniff(head) != Compression.NONE) {
                return List.of(); // it would be unpacked
            }
        }
        try (Archive archive = Archive.open(path)) {
            return archive.names();
        }
    }

    /** In the order of the names. */
    private static List<Proposal> named(String before, List<String> names, String end) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Proposal(before + names.get(i) + end, names.get(i), "", i + 1)).toList();
    }
}
