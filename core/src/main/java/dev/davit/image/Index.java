package dev.davit.image;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
    /** What makes a document an index or an image, whatever its media type. */
    private static final List<String> MANIFEST_MEMBERS = List.of("manifests", "config", "layers");

    private final Document manifest;
    private final MediaType mediaType;
    private final List<Descriptor> descriptors;
    private final Map<Digest, Artifact> children;
    /** Where what the index lists comes from; that may be several places. */
    private final Function<Digest, Content> content;
    private final String place;

    private Index(Document manifest, List<Descriptor> descriptors, Map<Digest, Artifact> children,
            Function<Digest, Content> content, String place) {
        this.manifest = manifest;
        this.mediaType = manifest.text("mediaType").map(MediaType::new).orElse(MediaType.OCI_INDEX);
        this.descriptors = descriptors;
        this.children = new ConcurrentHashMap<>(children);
        this.content = content;
        this.place = place;
    }

    static Index of(Document manifest, Content content, String place) throws IOException {
        return new Index(manifest, Descriptor.parseAll(manifest, "manifests", place), Collections.emptyMap(),
                digest -> content, place);
    }

    /** An OCI index of these images and indexes, each for its own platform. */
    public static Index of(List<? extends Artifact> artifacts) throws IOException {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schemaVersion", 2);
        tree.put("mediaType", MediaType.OCI_INDEX.name());
        tree.put("manifests", List.of());
        Index index = of(Document.of(tree), new Nothing(), "the index");
        for (Artifact artifact : artifacts) {
            index = index.add(artifact);
        }
        return index;
    }

    private static final class Nothing implements Content {
        @Override
        public Blob blob(Descriptor descriptor) {
            throw missing(descriptor);
        }

        @Override
        public Document manifest(Descriptor descriptor) {
            throw missing(descriptor);
        }

        private static IllegalArgumentException missing(Descriptor descriptor) {
            return new IllegalArgumentException("the index has no content for " + descriptor.digest());
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

    /**
     * What one of the descriptors refers to, if it is neither an image nor an index. Reads its content where the media
     * type does not tell.
     */
    public Optional<Extra> extra(Descriptor descriptor) throws IOException {
        if (isManifest(descriptor) || children.containsKey(descriptor.digest())) {
            return Optional.empty();
        }
        if (!Extra.mayBeManifest(descriptor)) {
            return Optional.of(new Extra(descriptor.data().orElseGet(() -> content.apply(descriptor.digest()).blob(descriptor)), false));
        }
        Blob blob = descriptor.data().orElseGet(() -> content.apply(descriptor.digest()).extra(descriptor));
        String at = place + "@" + descriptor.digest();
        Optional<Document> document = Extra.manifest(descriptor, blob.bytes(), at);
        if (document.isPresent() && MANIFEST_MEMBERS.stream().anyMatch(key -> document.get().get(key).isPresent())) {
            children.put(descriptor.digest(), Artifact.of(document.get(), content.apply(descriptor.digest()), at));
            return Optional.empty();
        }
        return Optional.of(new Extra(blob, document.isPresent()));
    }

    /** The image or index that one of the descriptors refers to; its manifest is fetched when first asked for. */
    public Artifact child(Descriptor descriptor) throws IOException {
        Artifact known = children.get(descriptor.digest());
        if (known == null) {
            String at = place + "@" + descriptor.digest();
            Optional<Blob> data = descriptor.data();
            Content from = content.apply(descriptor.digest());
            Document document = data.isPresent() ? Document.parse(data.get().bytes(), at) : from.manifest(descriptor);
            known = Artifact.of(document, from, at);
            children.put(descriptor.digest(), known);
        }
        return known;
    }

    /** Where what one of the descriptors refers to comes from, if it was not made in this process. */
    public Content content(Descriptor descriptor) {
        return content.apply(descriptor.digest());
    }

    /** The platforms that the index says for what it lists, in order; fetches nothing. */
    public List<Platform> platforms() {
        return descriptors.stream().filter(Index::mayBeImage).flatMap(d -> d.platform().stream()).toList();
    }

    @Override
    public long size() throws IOException {
        Map<Digest, Long> sizes = new LinkedHashMap<>();
        collect(sizes);
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private void collect(Map<Digest, Long> sizes) throws IOException {
        sizes.put(digest(), manifest.size());
        for (Descriptor descriptor : descriptors) {
            sizes.put(descriptor.digest(), descriptor.size());
            if (isManifest(descriptor) && child(descriptor) instanceof Index nested) {
                nested.collect(sizes);
            } else if (isManifest(descriptor) && child(descriptor) instanceof Image image) {
                image.blobs().forEach(blob -> sizes.put(blob.digest(), blob.size()));
            }
        }
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

    /**
     * The image that the index lists for this platform, or else the best that runs there: for {@code linux/arm/v7} that
     * for v6, for {@code windows/amd64:10.0.17763} the newest revision of the build. Where an entry says no platform, its
     * image's config does.
     */
    @Override
    public Image platform(Platform wanted) throws IOException {
        return find(wanted).orElseThrow(() -> none(wanted));
    }

    private Optional<Image> find(Platform wanted) throws IOException {
        PlatformChoice choice = new PlatformChoice(wanted);
        Optional<Descriptor> listed = descriptors.stream()
                .filter(d -> mayBeImage(d) && d.platform().filter(choice::accepts).isPresent())
                .min(Comparator.comparing(d -> d.platform().orElseThrow(), choice));
        if (listed.isPresent()) {
            // What the index says decides: the config of an image for arm/v6 may well say no variant.
            Artifact child = child(listed.get());
            return child instanceof Image image ? Optional.of(image) : ((Index) child).find(wanted);
        }
        Image best = null;
        for (Descriptor descriptor : descriptors) {
            if (descriptor.platform().isEmpty() && isContent(descriptor)) {
                Artifact child = child(descriptor);
                Optional<Image> found = child instanceof Index nested ? nested.find(wanted)
                        : choice.accepts(((Image) child).platform()) ? Optional.of((Image) child) : Optional.empty();
                if (found.isPresent() && (best == null || choice.compare(found.get().platform(), best.platform()) < 0)) {
                    best = found.get();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private IllegalArgumentException none(Platform wanted) {
        String platforms = platforms().stream().map(Platform::toString).collect(Collectors.joining(", "));
        return new IllegalArgumentException(place + " has no image for " + wanted + "; it has "
                + (platforms.isEmpty() ? "none that says its platform" : platforms));
    }

    private static boolean isManifest(Descriptor descriptor) {
        MediaType type = descriptor.mediaType();
        return type.isManifest() || type.isIndex() || type.name().isEmpty();
    }

    private static boolean mayBeImage(Descriptor descriptor) {
        return isManifest(descriptor) && !descriptor.annotations().containsKey(ATTESTATION)
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
            String now = moved.get(attested(descriptor));
            return now == null ? descriptor : descriptor.withAnnotation(ATTESTED, now);
        });
        return edit.finish(with(referring, edited));
    }

    private static Descriptor referring(Descriptor descriptor, Artifact before, Artifact after) throws IOException {
        Descriptor referring = descriptor.withContent(after.manifest());
        if (!before.mediaType().equals(after.mediaType())) {
            referring = referring.withMediaType(after.mediaType());
        }
        return before instanceof Image was && after instanceof Image is
                && !was.configDescriptor().equals(is.configDescriptor()) && !was.platform().equals(is.platform())
                ? referring.withPlatform(is.platform()) : referring;
    }

    /**
     * The index with another image or index at its end; an image's entry says the platform that its config says. What it lists
     * already for that platform stays as it is.
     */
    public Index add(Artifact artifact) throws IOException {
        return add(artifact, entry -> entry);
    }

    /** The same; the function changes what the index says of it: {@code entry -> entry.withAnnotation("k", "v")}. */
    public Index add(Artifact artifact, UnaryOperator<Descriptor> said) throws IOException {
        Descriptor entry = said.apply(Contents.entry(artifact));
        if (descriptors.stream().anyMatch(listed -> listed.digest().equals(entry.digest())
                && listed.platform().equals(entry.platform())
                && listed.annotations().entrySet().containsAll(entry.annotations().entrySet()))) {
            return this;
        }
        List<Descriptor> more = new ArrayList<>(descriptors);
        more.add(entry);
        return with(more, Map.of(artifact.digest(), artifact));
    }

    /** The index with all that another one lists at its end, without what it lists already. */
    public Index addAll(Index other) {
        List<Descriptor> more = other.descriptors.stream().filter(entry -> !descriptors.contains(entry)).toList();
        Set<Digest> theirs = more.stream().map(Descriptor::digest).collect(Collectors.toSet());
        List<Descriptor> all = new ArrayList<>(descriptors);
        all.addAll(more);
        Index index = with(all, other.children);
        return new Index(index.manifest, index.descriptors, index.children,
                digest -> theirs.contains(digest) ? other.content.apply(digest) : content.apply(digest), place);
    }

    /**
     * The index with what nested indexes list in their place, each once, so that no index is left in it. What the nested
     * indexes themselves say, such as annotations, is gone.
     */
    public Index unnested() throws IOException {
        Map<Descriptor, Content> entries = new LinkedHashMap<>();
        Map<Digest, Artifact> known = new LinkedHashMap<>(children);
        unnest(entries, known);
        if (descriptors.equals(List.copyOf(entries.keySet()))) {
            return this;
        }
        Map<Digest, Content> contents = new LinkedHashMap<>();
        entries.forEach((descriptor, from) -> contents.put(descriptor.digest(), from));
        Index index = with(List.copyOf(entries.keySet()), known);
        return new Index(index.manifest, index.descriptors, index.children, digest ->
                Optional.ofNullable(contents.get(digest)).orElseGet(() -> content.apply(digest)), place);
    }

    private void unnest(Map<Descriptor, Content> entries, Map<Digest, Artifact> known) throws IOException {
        for (Descriptor descriptor : descriptors) {
            if (isManifest(descriptor) && !descriptor.mediaType().isManifest() && child(descriptor) instanceof Index nested) {
                known.putAll(nested.children);
                nested.unnest(entries, known);
            } else {
                entries.putIfAbsent(descriptor, content.apply(descriptor.digest()));
            }
        }
    }

    /** The index without the entries that match, and without the attestations about images that are gone then. */
    public Index remove(Predicate<Descriptor> entries) {
        List<Descriptor> left = descriptors.stream().filter(entries.negate()).toList();
        List<String> gone = new ArrayList<>(digests(descriptors));
        gone.removeAll(digests(left));
        return with(left.stream().filter(d -> !gone.contains(attested(d))).toList(), Map.of());
    }

    /**
     * The index with only the images for these platforms, in nested indexes too, and the attestations about them.
     *
     * @throws IllegalArgumentException if no platform is given, or if there is no image for one of them
     */
    public Index filter(Platform... wanted) throws IOException {
        if (wanted.length == 0) {
            throw new IllegalArgumentException("a filter without a platform would leave nothing: expected at least one");
        }
        for (Platform platform : wanted) {
            if (only(platform).descriptors.isEmpty()) {
                throw none(platform);
            }
        }
        return only(wanted);
    }

    private Index only(Platform... wanted) throws IOException {
        Map<Descriptor, Descriptor> kept = new LinkedHashMap<>();
        Map<Digest, Artifact> changed = new LinkedHashMap<>();
        for (Descriptor descriptor : descriptors) {
            if (descriptor.platform().isPresent()) {
                if (mayBeImage(descriptor) && isOneOf(descriptor.platform().get(), wanted)) {
                    kept.put(descriptor, descriptor);
                }
            } else if (isContent(descriptor)) {
                Artifact child = child(descriptor);
                if (child instanceof Image image && isOneOf(image.platform(), wanted)) {
                    kept.put(descriptor, descriptor);
                } else if (child instanceof Index nested && !nested.only(wanted).descriptors.isEmpty()) {
                    Index rest = nested.only(wanted);
                    kept.put(descriptor, descriptor.withContent(rest.manifest));
                    changed.put(rest.digest(), rest);
                }
            }
        }
        List<String> images = digests(kept.keySet());
        return with(descriptors.stream().filter(d -> kept.containsKey(d) || images.contains(attested(d)))
                .map(d -> kept.getOrDefault(d, d)).toList(), changed);
    }

    private static boolean isOneOf(Platform platform, Platform... wanted) {
        return Arrays.stream(wanted).anyMatch(platform::satisfies);
    }

    private static List<String> digests(Collection<Descriptor> descriptors) {
        return descriptors.stream().map(d -> d.digest().toString()).toList();
    }

    private static String attested(Descriptor descriptor) {
        return descriptor.annotations().getOrDefault(ATTESTED, "");
    }

    @Override
    public Index withManifest(Consumer<Document.Editor> block) {
        Document edited = manifest.edit(block);
        try {
            return edited == manifest ? this
                    : new Index(edited, Descriptor.parseAll(edited, "manifests", place), children, content, place);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Index with(List<Descriptor> entries, Map<Digest, Artifact> more) {
        Map<Digest, Artifact> known = new LinkedHashMap<>(children);
        known.putAll(more);
        Document edited = manifest.edit(tree -> tree.set(entries.stream().map(Descriptor::tree).toList(), "manifests"));
        return edited == manifest ? this : new Index(edited, List.copyOf(entries), known, content, place);
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
