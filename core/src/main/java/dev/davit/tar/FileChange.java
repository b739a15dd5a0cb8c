package dev.davit.tar;

import dev.davit.blob.Legible;
import dev.davit.tar.Entry.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A path in which two file systems differ.
 *
 * @param before what was there; empty if the path was added
 * @param after what is there; empty if the path was removed
 * @param aspects in what both differ; empty unless both are there
 */
public record FileChange(Optional<Entry> before, Optional<Entry> after, Set<Aspect> aspects) {

    /** In what two files of the same path may differ. */
    public enum Aspect { TYPE, CONTENT, TARGET, DEVICE, MODE, OWNER, XATTRS, TIME }

    public FileChange {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a path that neither file system has cannot have changed");
        }
        Set<Aspect> sorted = EnumSet.noneOf(Aspect.class);
        sorted.addAll(aspects);
        aspects = Collections.unmodifiableSet(sorted);
    }

    public boolean isAdded() {
        return before.isEmpty();
    }

    public boolean isRemoved() {
        return after.isEmpty();
    }

    /** What is there, or was. */
    public Entry entry() {
        return after.orElseGet(before::orElseThrow);
    }

    public String path() {
        return entry().path();
    }

    /** One line: {@code +}, {@code -} or {@code ~}, the file as it is or was, and what changed of it. */
    @Override
    public String toString() {
        String path = Legible.line("/" + path() + (entry().isDirectory() ? "/" : ""));
        if (isAdded() || isRemoved()) {
            String link = entry().isSymlink() ? " -> " + Legible.line(entry().target()) : "";
            return (isAdded() ? "+ " : "- ") + path + link
                    + (entry().isFile() ? " (" + Legible.size(entry().size()) + ")" : "");
        }
        List<String> changes = new ArrayList<>();
        aspects.forEach(aspect -> changes.add(change(aspect, before.orElseThrow(), after.orElseThrow())));
        return "~ " + path + ": " + String.join(", ", changes);
    }

    private static String change(Aspect aspect, Entry old, Entry now) {
        return switch (aspect) {
            case TYPE -> "type " + Legible.words(old.type()) + " -> " + Legible.words(now.type());
            case CONTENT -> "content" + (old.size() == now.size() ? ""
                    : " " + Legible.size(old.size()) + " -> " + Legible.size(now.size()));
            case TARGET -> "target " + Legible.line(old.target()) + " -> " + Legible.line(now.target());
            case DEVICE -> "device " + number(old.device()) + " -> " + number(now.device());
            case MODE -> "mode " + octal(old) + " -> " + octal(now);
            case OWNER -> "owner " + number(old.owner()) + " -> " + number(now.owner());
            case XATTRS -> "extended attributes";
            case TIME -> "time " + old.time() + " -> " + now.time();
        };
    }

    private static String number(Entry.Device device) {
        return device.major() + "," + device.minor();
    }

    private static String number(Owner owner) {
        return owner.uid() + ":" + owner.gid();
    }

    private static String octal(Entry entry) {
        return String.format("%04o", entry.mode());
    }
}
