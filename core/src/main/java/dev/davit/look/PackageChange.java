package dev.davit.look;

import dev.davit.blob.Legible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A package in which two images differ.
 *
 * @param before what was there; empty if it was added
 * @param after what is there; empty if it was removed
 */
public record PackageChange(Optional<InstalledPackage> before, Optional<InstalledPackage> after) {

    /** What became of it; {@code CHANGED} where its package manager calls neither of the versions newer. */
    public enum Kind { ADDED, REMOVED, UPGRADED, DOWNGRADED, CHANGED }

    /** What differs, by name. A package of another version is one change, of another architecture two. */
    static List<PackageChange> between(List<InstalledPackage> before, List<InstalledPackage> after) {
        List<InstalledPackage> gone = new ArrayList<>(before);
        List<InstalledPackage> come = new ArrayList<>(after);
        after.stream().filter(gone::remove).forEach(come::remove);
        List<PackageChange> changes = new ArrayList<>();
        for (InstalledPackage now : come) {
            Optional<InstalledPackage> old = gone.stream().filter(now::isSameBut).findFirst();
            old.ifPresent(gone::remove);
            changes.add(new PackageChange(old, Optional.of(now)));
        }
        gone.forEach(old -> changes.add(new PackageChange(Optional.of(old), Optional.empty())));
        changes.sort(Packages.order(PackageChange::item));
        return List.copyOf(changes);
    }

    /** What is there, or was. */
    public InstalledPackage item() {
        return after.orElseGet(before::orElseThrow);
    }

    /** What became of it, in the order of versions that its package manager has. */
    public Kind kind() {
        if (before.isEmpty() || after.isEmpty()) {
            return before.isEmpty() ? Kind.ADDED : Kind.REMOVED;
        }
        int order = VersionOrder.of(item().kind())
                .map(versions -> versions.compare(before.get().version(), after.get().version())).orElse(0);
        return order < 0 ? Kind.UPGRADED : order > 0 ? Kind.DOWNGRADED : Kind.CHANGED;
    }

    /** One line: {@code +}, {@code -} or {@code ~}, name, version or versions, architecture, and whether it is a downgrade. */
    @Override
    public String toString() {
        String version = before.map(InstalledPackage::version).orElse("")
                + (before.isPresent() && after.isPresent() ? " -> " : "") + after.map(InstalledPackage::version).orElse("");
        return (before.isEmpty() ? "+ " : after.isEmpty() ? "- " : "~ ")
                + Legible.text(item().name() + " " + version + " " + item().architecture())
                + (kind() == Kind.DOWNGRADED ? ", downgraded" : "");
    }
}
