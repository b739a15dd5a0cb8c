package dev.davit.archive;

import dev.davit.image.Descriptor;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import java.util.List;
import java.util.Optional;

/** What tools call an image in an archive. */
final class Names {

    /** OCI's: docker writes only the tag here, skopeo and podman what the user said. */
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    /** The full name, for containerd and so for docker. */
    private static final String CONTAINERD = "io.containerd.image.name";

    private Names() {
    }

    /** The name in a descriptor of {@code index.json}, if it has one. */
    static List<String> of(Descriptor descriptor) {
        String full = descriptor.annotations().getOrDefault(CONTAINERD, "");
        if (!full.isEmpty()) {
            return List.of(repoTag(full).orElse(full));
        }
        String name = refName(descriptor);
        return name.isEmpty() ? List.of() : List.of(name);
    }

    static String refName(Descriptor descriptor) {
        return descriptor.annotations().getOrDefault(REF_NAME, "");
    }

    /**
     * The name that an image gets: as people write it, with its tag, or with its digest where it has no tag.
     *
     * @throws IllegalArgumentException if it is not a reference; empty text stays empty
     */
    static String checked(String name) {
        return name.isEmpty() ? name : repoTag(name).orElseGet(() -> Reference.parse(name).familiar());
    }

    /** The descriptor with this name in it; empty text for none. */
    static Descriptor name(Descriptor descriptor, String name) {
        if (name.isEmpty()) {
            return descriptor;
        }
        Descriptor named = descriptor.withAnnotation(REF_NAME, name);
        return repoTag(name).map(tag -> named.withAnnotation(CONTAINERD, full(tag))).orElse(named);
    }

    /** What {@code docker load} will call it, if it can be called so. */
    static Optional<String> repoTag(String name) {
        try {
            Reference reference = Reference.parse(name);
            return reference.tag().map(tag -> reference.withTag(tag).familiar());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The repository of a name; empty text for what has none. */
    static String repository(String name) {
        return repoTag(name).map(tag -> Reference.parse(tag).repository().toString()).orElse("");
    }

    private static String full(String repoTag) {
        Reference reference = Reference.parse(repoTag);
        Repository repository = reference.repository();
        String host = repository.isOnHub() ? "docker.io" : repository.registry();
        return host + "/" + repository.path() + ":" + reference.identifier();
    }
}
