package dev.davit.image;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list of images, most often one for each platform, and of what belongs to them. Its manifests are fetched when first
 * asked for.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image index</a>
 */
public final class Index implements Artifact {

    /** BuildKit's mark on an attestation, and the digest of the image that it is about. */
    private static final String ATTESTATION = "vnd.docker.reference.type";
    private static final String ATTESTED = "vnd.docker.reference.digest";

    private final Document manifest;
    private final MediaType mediaType;
    private final List<Descriptor> descriptors;
    private final Map<Digest, Artifact> children;
    private final Content content;
    private final String place;

    private Index(Document manifest, MediaType mediaType, List<Descriptor> descriptors, Map<Digest, Artifact> children,
            Content content, String place) {
        this.manifest = manifest;
        this.mediaType = mediaType;
        this.descriptors = descriptors;
        this.children = children;
        this.content = content;
        this.place = place;
    }

    static Index of(Document manifest, Content content, String place) throws IOException {
        List<Descriptor> descriptors = new ArrayList<>();
        for (Map<String, @Nullable Object> tree : manifest.objects("manifests")) {
            descriptors.add(Descriptor.parse(tree, place + ", manifest " + (descriptors.size() + 1)));
        }
        MediaType mediaType = manifest.text("mediaType").map(MediaType::new).orElse(MediaType.OCI_INDEX);
        return new Index(manifest, mediaType, Collections.unmodifiableList(descriptors),
                Collections.synchronizedMap(new LinkedHashMap<>()), content, place);
    }

    /** An OCI index of these images and indexes, each for its own platform. */
    public static Index of(List<? extends Artifact> artifacts) throws IOException {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schemaVersion", 2);
        tree.put("mediaType", MediaType.OCI_INDEX.name());
        tree.put("manifests", List.of());
        Index index = new Index(Document.of(tree), MediaType.OCI_INDEX, List.of(), Map.of(), new Nothing(), "index");
        for (Artifact artifact : artifacts) {
            index = index.add(artifact);
        }
        return index;
    }

    private static final class Nothing implements Content {
        @Override
        public Blob blob(Descriptor descriptor) {
            throw new IllegalStateException("no content for " + descriptor);
        }

        @Override
        public Document manifest(Descriptor descriptor) {
            throw new IllegalStateException("no content for " + descriptor);
        }
    }

    @Override
    public Document manifest() {
        return manifest;
    }

    @Override
    public MediaType mediaType() {
        return mediaType;
    }

    /** What the index lists, in order. */
    public List<Descriptor> descriptors() {
        return descriptors;
    }

    /** The image or index that one of the descriptors refers to; its manifest is fetched when first asked for. */
    public Artifact child(Descriptor descriptor) throws IOException {
        Artifact known = children.get(descriptor.digest());
        if (known == null) {
            known = Artifact.of(content.manifest(descriptor), content, place + "@" + descriptor.digest());
            children.put(descriptor.digest(), known);
        }
        return known;
    }

    /** The platforms of the images that the index lists, in order. */
    public List<Platform> platforms() {
        return descriptors.stream().filter(Index::mayBeImage).flatMap(d -> d.platform().stream()).toList();
    }

    @Override
    public long size() throws IOException {
        long size = manifest.size();
        for (Descriptor descriptor : descriptors) {
            size += child(descriptor).size();
        }
        return size;
    }

    @Override
    public List<Image> images() throws IOException {
        List<Image> images = new ArrayList<>();
        for (Descriptor descriptor : descriptors) {
            if (isContent(descriptor)) {
                images.addAll(child(descriptor).images());
            }
        }
        return Collections.unmodifiableList(images);
    }

    @Override
    public Image platform(Platform wanted) throws IOException {
        Optional<Descriptor> match = descriptors.stream()
                .filter(d -> mayBeImage(d) && d.platform().filter(p -> p.isExactly(wanted)).isPresent()).findFirst()
                .or(() -> descriptors.stream()
                        .filter(d -> mayBeImage(d) && d.platform().filter(p -> p.satisfies(wanted)).isPresent())
                        .findFirst());
        if (match.isPresent()) {
            return child(match.get()).platform(wanted);
        }
        for (Descriptor descriptor : descriptors) {
            if (descriptor.mediaType().isIndex() && child(descriptor) instanceof Index nested
                    && nested.platforms().stream().anyMatch(p -> p.satisfies(wanted))) {
                return nested.platform(wanted);
            }
        }
        throw new IllegalArgumentException(place + " has no image for " + wanted + "; it has "
                + platforms().stream().map(Platform::toString).collect(Collectors.joining(", ")));
    }

    private static boolean mayBeImage(Descriptor descriptor) {
        return !descriptor.annotations().containsKey(ATTESTATION)
                && descriptor.platform().filter(Platform::isUnknown).isEmpty();
    }

    private boolean isContent(Descriptor descriptor) throws IOException {
        return mayBeImage(descriptor)
                && (!(child(descriptor) instanceof Image image) || image.isContainerImage());
    }

    @Override
    public Index apply(Edit edit) throws IOException {
        Map<Digest, Artifact> edited = new LinkedHashMap<>();
        List<Descriptor> referring = new ArrayList<>();
        Map<String, String> moved = new LinkedHashMap<>();
        for (Descriptor descriptor : descriptors) {
            if (!isContent(descriptor)) {
                referring.add(descriptor);
                continue;
            }
            Artifact before = child(descriptor);
            Artifact after = before.apply(edit);
            edited.put(after.digest(), after);
            moved.put(descriptor.digest().toString(), after.digest().toString());
            referring.add(referring(descriptor, before, after));
        }
        // An attestation stays with its image.
        referring.replaceAll(descriptor -> {
            String now = moved.get(descriptor.annotations().getOrDefault(ATTESTED, ""));
            return now == null ? descriptor : descriptor.withAnnotation(ATTESTED, now);
        });
        return with(referring, edited);
    }

    private static Descriptor referring(Descriptor descriptor, Artifact before, Artifact after) throws IOException {
        Descriptor referring = descriptor.withContent(after.manifest());
        return before instanceof Image was && after instanceof Image is
                && !was.configDescriptor().equals(is.configDescriptor()) && !was.platform().equals(is.platform())
                ? referring.withPlatform(is.platform()) : referring;
    }

    /** The index with another image or index at its end. */
    public Index add(Artifact artifact) throws IOException {
        if (artifact instanceof Image image && image.isContainerImage()) {
            image.config();
        }
        List<Descriptor> more = new ArrayList<>(descriptors);
        more.add(artifact.descriptor());
        return with(more, Map.of(artifact.digest(), artifact));
    }

    /** The index without the entries that match. */
    public Index remove(Predicate<Descriptor> entries) {
        return with(descriptors.stream().filter(entries.negate()).toList(), Map.of());
    }

    /**
     * The index with only the images for these platforms, and the attestations about them.
     *
     * @throws IllegalArgumentException if no image is left for one of the platforms
     */
    public Index filter(Platform... wanted) {
        for (Platform platform : wanted) {
            if (platforms().stream().noneMatch(p -> p.satisfies(platform))) {
                throw new IllegalArgumentException(place + " has no image for " + platform + "; it has "
                        + platforms().stream().map(Platform::toString).collect(Collectors.joining(", ")));
            }
        }
        List<String> kept = descriptors.stream()
                .filter(d -> mayBeImage(d) && d.platform().filter(p -> isOneOf(p, wanted)).isPresent())
                .map(d -> d.digest().toString()).toList();
        return with(descriptors.stream().filter(d -> kept.contains(d.digest().toString())
                || kept.contains(d.annotations().getOrDefault(ATTESTED, ""))).toList(), Map.of());
    }

    private static boolean isOneOf(Platform platform, Platform... wanted) {
        return Arrays.stream(wanted).anyMatch(platform::satisfies);
    }

    @Override
    public Index withManifest(Consumer<Document.Editor> block) {
        Document edited = manifest.edit(block);
        return edited == manifest ? this
                : new Index(edited, edited.text("mediaType").map(MediaType::new).orElse(mediaType), descriptors,
                        children, content, place);
    }

    private Index with(List<Descriptor> entries, Map<Digest, Artifact> more) {
        Map<Digest, Artifact> known = new LinkedHashMap<>(children);
        known.putAll(more);
        Document edited = manifest.edit(tree -> tree.set(entries.stream().map(Descriptor::tree).toList(), "manifests"));
        return edited == manifest ? this : new Index(edited, mediaType, List.copyOf(entries),
                Collections.synchronizedMap(known), content, place);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Index index && manifest.equals(index.manifest);
    }

    @Override
    public int hashCode() {
        return manifest.hashCode();
    }

    @Override
    public String toString() {
        return "index " + digest();
    }
}
