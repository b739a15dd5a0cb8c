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

    /** One line: {@code +}, {@code -} or {@code ~}, name, version or versions, and architecture. */
    @Override
    public String toString() {
        String version = before.map(InstalledPackage::version).orElse("")
                + (before.isPresent() && after.isPresent() ? " -> " : "") + after.map(InstalledPackage::version).orElse("");
        return (before.isEmpty() ? "+ " : after.isEmpty() ? "- " : "~ ")
                + Legible.text(item().name() + " " + version + " " + item().architecture());
    }
}
