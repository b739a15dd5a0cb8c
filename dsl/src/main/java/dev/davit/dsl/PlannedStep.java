package dev.davit.dsl;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.blob.Legible;
import dev.davit.image.Artifact;
import dev.davit.image.Contents;
import dev.davit.image.Descriptor;
import dev.davit.image.History;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.look.Difference;
import dev.davit.look.FieldChange;
import dev.davit.look.ImageDifference;
import dev.davit.ref.Reference;
import dev.davit.registry.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One thing that a script would write, and what becomes of each part of it. */
final class PlannedStep {

    private static final Map<String, String> VERBS = new LinkedHashMap<>();

    static {
        VERBS.put("archive:", "save");
        VERBS.put("oci:", "write");
        VERBS.put("daemon:", "load");
        VERBS.put("export:", "export");
        VERBS.put("extract:", "extract");
        VERBS.put("keep:", "keep");
        VERBS.put("forget:", "forget");
        VERBS.put("remove:oci:", "remove");
        VERBS.put("collect:oci:", "collect");
    }

    /** What becomes of a blob: {@code exists}, {@code mount}, {@code upload}, or {@code write} on this machine. */
    private record Piece(String fate, Digest digest, long size, String note) { }

    private final Session session;
    private final String place;
    private final Optional<Artifact> artifact;
    private final Optional<Digest> now;
    private final List<Write> writes = new ArrayList<>();
    private final List<Piece> parts = new ArrayList<>();
    private final Map<String, List<FieldChange>> differences = new LinkedHashMap<>();

    PlannedStep(Session session, String place, Optional<Artifact> artifact, Optional<Digest> now) {
        this.session = session;
        this.place = place;
        this.artifact = artifact;
        this.now = now;
    }

    /** The reference that a place is, if it is in a registry. */
    static Optional<Reference> reference(String place) {
        return VERBS.keySet().stream().anyMatch(place::startsWith) ? Optional.empty()
                : Optional.of(Reference.parse(place));
    }

    String place() {
        return place;
    }

    Optional<Artifact> artifact() {
        return artifact;
    }

    /** Whether this step makes that change. */
    boolean takes(Write write) {
        return artifact.isPresent() && write.kind() != Write.Kind.DELETE
                && reference(place).filter(own -> own.repository().equals(write.what().repository())
                        && (write.what().tag().isEmpty() || own.tag().equals(write.what().tag()))).isPresent();
    }

    void add(Write write) {
        writes.add(write);
    }

    /**
     * Fetches what a run needs to write it on this machine, but for the blobs: how many more requests those take. An engine has
     * its own way.
     *
     * @param read what a run has looked into by then, and the blobs that it has in its content store
     */
    int fetch(Set<Digest> read) throws IOException {
        if (artifact.isEmpty() || reference(place).isPresent() || place.startsWith("daemon:")) {
            return 0;
        }
        boolean looksInside = place.startsWith("export:") || place.startsWith("extract:");
        if (looksInside && !read.add(artifact.get().digest())) {
            return 0;
        }
        int requests = 0;
        for (Blob blob : Contents.of(artifact.get())) {
            if (!blob.isLocal() && !isInLayout(blob) && (!looksInside
                    || session.store().find(blob.digest()).isEmpty() && read.add(blob.digest()))) {
                requests++;
            }
        }
        return requests;
    }

    PlannedStep finish() throws IOException {
        if (artifact.isPresent()) {
            Map<Digest, Write> written = new LinkedHashMap<>();
            writes.forEach(write -> written.put(write.what().digest().orElseThrow(), write));
            Set<Digest> manifests = new LinkedHashSet<>();
            manifests(artifact.get(), manifests);
            for (Blob blob : Contents.of(artifact.get())) {
                if (!manifests.contains(blob.digest())) {
                    parts.add(part(blob, written.get(blob.digest())));
                }
            }
        }
        Optional<Reference> reference = artifact.isEmpty() ? Optional.empty() : reference(place);
        if (reference.isPresent() && now.isPresent() && !now.get().equals(artifact.get().digest())) {
            compare(session.registry().get(reference.get().withDigest(now.get())), artifact.get());
        }
        return this;
    }

    private void compare(Artifact before, Artifact after) throws IOException {
        if (before instanceof Image != after instanceof Image) {
            return;
        }
        Difference difference = LookVerbs.diff(before, Map.of("only", List.of("manifest", "config")), after);
        differences.put("", difference.index());
        for (ImageDifference image : difference.images()) {
            String platform = difference.images().size() == 1 ? "" : image.platform().map(p -> p + " ").orElse("");
            List<FieldChange> changes = new ArrayList<>(image.manifest());
            image.config().stream().filter(change -> !change.path().startsWith("history")).forEach(changes::add);
            differences.merge(platform, changes, (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
        }
    }

    private Piece part(Blob blob, @Nullable Write write) throws IOException {
        String fate = write != null ? write.kind().name().toLowerCase(Locale.ROOT) : reference(place).isPresent() ? "exists"
                : isInLayout(blob) ? "exists" : "write";
        String note = write == null ? "" : write.from().map(from -> "from " + from).orElse("");
        return new Piece(fate, blob.digest(), blob.size(), note.isEmpty() ? origin(blob.digest()) : note);
    }

    /** What the history says of a layer. */
    private String origin(Digest digest) throws IOException {
        for (Image image : artifact.orElseThrow().images()) {
            if (image.configDescriptor().digest().equals(digest)) {
                return "config";
            }
            List<Digest> layers = image.layerDescriptors().stream().map(Descriptor::digest).toList();
            List<History> history = image.isContainerImage()
                    ? image.config().history().stream().filter(step -> !step.isEmptyLayer()).toList() : List.of();
            int at = layers.indexOf(digest);
            if (at >= 0 && history.size() == layers.size()) {
                return history.get(at).createdBy().orElse("");
            }
        }
        return "";
    }

    private boolean isInLayout(Blob blob) {
        if (!place.startsWith("oci:")) {
            return false;
        }
        Path file = session.resolve(place.substring("oci:".length()).replaceFirst(":.*", "")).resolve("blobs")
                .resolve(blob.digest().algorithm()).resolve(blob.digest().hex());
        return Files.isRegularFile(file);
    }

    private static void manifests(Artifact artifact, Set<Digest> manifests) throws IOException {
        manifests.add(artifact.digest());
        if (artifact instanceof Index index) {
            for (Descriptor descriptor : index.descriptors()) {
                if (descriptor.mediaType().isIndex()) {
                    manifests(index.child(descriptor), manifests);
                } else if (descriptor.mediaType().isManifest()) {
                    manifests.add(descriptor.digest());
                }
            }
        }
    }

    private String verb() {
        return VERBS.entrySet().stream().filter(verb -> place.startsWith(verb.getKey())).map(Map.Entry::getValue).findFirst()
                .orElse(writes.stream().anyMatch(write -> write.kind() == Write.Kind.DELETE) ? "delete"
                        : artifact.isPresent() ? "push" : "put");
    }

    private String where() {
        return VERBS.keySet().stream().filter(place::startsWith).map(kind -> place.substring(kind.length())).findFirst()
                .orElse(place);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-7s %s", verb(), where()));
        artifact.ifPresent(done -> {
            lines.add("        " + done.digest() + (reference(place).isEmpty() ? ""
                    : now.isEmpty() ? "  new" : now.get().equals(done.digest()) ? "  is there already"
                    : "  in place of " + now.get().hex().substring(0, 12)));
            differences.forEach((platform, changes) -> changes.forEach(change -> lines.add("        " + platform + change)));
            parts.stream().filter(part -> !part.fate().equals("exists")).forEach(part -> lines.add(String.format(Locale.ROOT,
                    "        %-7s %s  %8s  %s", part.fate(), part.digest().hex().substring(0, 12), Legible.size(part.size()),
                    part.note()).stripTrailing()));
            List<Piece> there = parts.stream().filter(part -> part.fate().equals("exists")).toList();
            if (!there.isEmpty()) {
                lines.add("        exists  " + there.size() + (there.size() == 1 ? " blob" : " blobs") + ", "
                        + Legible.size(there.stream().mapToLong(Piece::size).sum()));
            }
        });
        return lines;
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("verb", verb());
        tree.put("place", where());
        artifact.ifPresent(done -> {
            tree.put("digest", done.digest().toString());
            tree.put("mediaType", done.mediaType().name());
            tree.put("now", now.map(Digest::toString).orElse(null));
            tree.put("differences", differences.entrySet().stream().flatMap(platform -> platform.getValue().stream()
                    .map(change -> tree(platform.getKey(), change))).toList());
            tree.put("blobs", parts.stream().map(PlannedStep::tree).toList());
            tree.put("manifests", writes.stream().filter(write -> write.kind() == Write.Kind.MANIFEST)
                    .map(write -> write.what().digest().orElseThrow().toString()).distinct().toList());
        });
        return tree;
    }

    private static Map<String, Object> tree(Piece part) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("digest", part.digest().toString());
        tree.put("size", part.size());
        tree.put("fate", part.fate());
        tree.put("note", part.note());
        return tree;
    }

    private static Map<String, @Nullable Object> tree(String platform, FieldChange change) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("platform", platform.isEmpty() ? null : platform.strip());
        tree.put("path", change.path());
        tree.put("before", change.before().orElse(null));
        tree.put("after", change.after().orElse(null));
        return tree;
    }
}
