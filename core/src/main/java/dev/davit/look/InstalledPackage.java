package dev.davit.look;

import dev.davit.blob.Legible;

/**
 * Software that a package manager has put into an image.
 *
 * @param kind of the package, as package URLs name it: {@code deb}, {@code apk} or {@code rpm}
 * @param version with the epoch and the release, such as {@code 1:2.3-4}
 * @param architecture as the package manager names it
 */
public record InstalledPackage(String kind, String name, String version, String architecture) {

    /** Whether another one may take its place: the same but for the version. */
    boolean isSameBut(InstalledPackage other) {
        return kind.equals(other.kind) && name.equals(other.name) && architecture.equals(other.architecture);
    }

    @Override
    public String toString() {
        return Legible.text(name + " " + version + " " + architecture);
    }
}
