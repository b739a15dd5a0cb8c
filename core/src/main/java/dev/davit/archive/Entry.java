package dev.davit.archive;

import dev.davit.image.Artifact;
import dev.davit.ref.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An image or index in an archive.
 *
 * @param names what it is called there; maybe nothing
 * @param id what tells it from the others
 * @param alias another text to find it by; maybe empty
 */
record Entry(List<String> names, String id, String alias, Loader loader) {

    /** Reads the manifest. */
    @FunctionalInterface
    interface Loader {
        Artifact load() throws IOException;
    }

    /** Whether somebody who says this name means it: {@code nginx} is {@code docker.io/library/nginx:latest}. */
    boolean isCalled(String name) {
        return id.equals(name) || alias.equals(name) || names.stream().anyMatch(own -> isSame(own, name));
    }

    static boolean isSame(String name, String other) {
        return name.equals(other) || full(name).isPresent() && full(name).equals(full(other));
    }

    private static Optional<Reference> full(String name) {
        try {
            return Optional.of(Reference.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The name to show. */
    String title() {
        return names.isEmpty() ? id : names.get(0);
    }
}
