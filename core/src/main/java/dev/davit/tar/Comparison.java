package dev.davit.tar;

import dev.davit.blob.Digest;
import dev.davit.blob.DigestingOutputStream;
import dev.davit.tar.Entry.Type;
import dev.davit.tar.FileChange.Aspect;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Walks two file systems at once and collects what differs. Where both have the same layers at the base, it first looks at
 * the layers above those alone, and needs no more as long as both touch the same paths.
 */
final class Comparison {

    /** The base decides. */
    private static final class BaseNeeded extends Exception {

        private static final long serialVersionUID = 1;

        BaseNeeded() {
            super("the base decides", null, false, false);
        }
    }

    /** Two files of the same size, of which only their content tells whether they are the same. */
    private record Twins(Node before, Node after, Set<Aspect> aspects) { }

    private final Overlay before;
    private final Overlay after;
    private final boolean times;
    private final List<FileChange> changes = new ArrayList<>();
    private final List<Twins> twins = new ArrayList<>();

    private Comparison(Overlay before, Overlay after, boolean times) {
        this.before = before;
        this.after = after;
        this.times = times;
    }

    static List<FileChange> of(Overlay before, Overlay after, boolean times) throws IOException {
        int shared = before.sharedWith(after);
        try {
            return new Comparison(before, after, times).above(shared);
        } catch (BaseNeeded e) {
            try {
                return new Comparison(before, after, times).above(0);
            } catch (BaseNeeded impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private List<FileChange> above(int base) throws IOException, BaseNeeded {
        Tree old = before.above(base);
        Tree now = after.above(base);
        if (base > 0 && (old.isUncertain() || now.isUncertain())) {
            throw new BaseNeeded();
        }
        both(old.root(), now.root());
        compareContents();
        changes.sort(Comparator.comparing(FileChange::path, ByteNames.ORDER));
        return List.copyOf(changes);
    }

    private void both(Node old, Node now) throws BaseNeeded {
        boolean directories = old.isDirectory() && now.isDirectory();
        if (directories && (old.entry == null) != (now.entry == null) && !(old.opaque && now.opaque)) {
            throw new BaseNeeded();
        }
        Set<Aspect> aspects = aspects(old, now);
        if (old.content != null && now.content != null && !aspects.contains(Aspect.CONTENT)
                && !before.isSame(old.content, after, now.content)) {
            twins.add(new Twins(old, now, aspects));
        } else if (!aspects.isEmpty()) {
            changes.add(new FileChange(Optional.of(old.toEntry()), Optional.of(now.toEntry()), aspects));
        }
        if (directories) {
            children(old, now);
        } else {
            all(old, true, false);
            all(now, false, false);
        }
    }

    private void children(Node old, Node now) throws BaseNeeded {
        if (old.opaque != now.opaque) {
            throw new BaseNeeded();
        }
        Set<String> names = new TreeSet<>(old.children().keySet());
        names.addAll(now.children().keySet());
        for (String name : names) {
            Node oldChild = old.children().get(name);
            Node newChild = now.children().get(name);
            if (!old.opaque && (oldChild == null || newChild == null)) {
                throw new BaseNeeded();
            }
            boolean wasThere = oldChild != null && !oldChild.isRemoved();
            boolean isThere = newChild != null && !newChild.isRemoved();
            if (wasThere && isThere) {
                both(oldChild, newChild);
            } else if (wasThere) {
                all(oldChild, true, true);
            } else if (isThere) {
                all(newChild, false, true);
            }
        }
    }

    /** All that is in a place and that only one of the file systems has. */
    private void all(Node node, boolean gone, boolean self) throws BaseNeeded {
        if (self) {
            Optional<Entry> entry = Optional.of(node.toEntry());
            changes.add(new FileChange(gone ? entry : Optional.empty(), gone ? Optional.empty() : entry, Set.of()));
        }
        if (node.isDirectory()) {
            if (!node.opaque) {
                throw new BaseNeeded();
            }
            for (Node child : node.children().values()) {
                if (!child.isRemoved()) {
                    all(child, gone, true);
                }
            }
        }
    }

    private Set<Aspect> aspects(Node oldNode, Node newNode) {
        Entry old = oldNode.toEntry();
        Entry now = newNode.toEntry();
        Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        add(aspects, Aspect.TYPE, old.type() != now.type());
        add(aspects, Aspect.OWNER, old.owner().uid() != now.owner().uid() || old.owner().gid() != now.owner().gid());
        add(aspects, Aspect.XATTRS, !old.attributes().xattrRecords().equals(now.attributes().xattrRecords()));
        add(aspects, Aspect.TIME, times && !old.time().equals(now.time()));
        if (old.type() == now.type()) {
            add(aspects, Aspect.CONTENT, old.size() != now.size());
            add(aspects, Aspect.TARGET, !old.target().equals(now.target()));
            add(aspects, Aspect.DEVICE, !old.device().equals(now.device()));
            // Nothing looks at the mode of a symbolic link, and tools write what they like.
            add(aspects, Aspect.MODE, old.mode() != now.mode() && old.type() != Type.SYMLINK);
        }
        return aspects;
    }

    private static void add(Set<Aspect> aspects, Aspect aspect, boolean differs) {
        if (differs) {
            aspects.add(aspect);
        }
    }

    private void compareContents() throws IOException {
        Map<Node.Content, Digest> old = digests(before, twins.stream().map(Twins::before).toList());
        Map<Node.Content, Digest> now = digests(after, twins.stream().map(Twins::after).toList());
        for (Twins pair : twins) {
            add(pair.aspects, Aspect.CONTENT,
                    !Objects.equals(digest(old, pair.before.content), digest(now, pair.after.content)));
            if (!pair.aspects.isEmpty()) {
                changes.add(new FileChange(Optional.of(pair.before.toEntry()), Optional.of(pair.after.toEntry()),
                        pair.aspects));
            }
        }
    }

    private static @Nullable Digest digest(Map<Node.Content, Digest> digests, Node.@Nullable Content content) {
        return content == null ? null : digests.get(content);
    }

    private static Map<Node.Content, Digest> digests(Overlay files, List<Node> nodes) throws IOException {
        Set<Node.Content> wanted = new LinkedHashSet<>();
        nodes.forEach(node -> wanted.add(Objects.requireNonNull(node.content)));
        Map<Node.Content, Digest> digests = new LinkedHashMap<>();
        files.visit(wanted, (content, entry, in) -> {
            try (DigestingOutputStream hash = new DigestingOutputStream(OutputStream.nullOutputStream())) {
                in.transferTo(hash);
                digests.put(content, hash.digest());
            }
        });
        return digests;
    }
}
