package dev.davit.image;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says of content that it refers to: media type, digest and size at least. Unknown members are kept.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">OCI descriptors</a>
 */
public final class Descriptor {

    private static final List<String> ABOUT_BYTES = List.of("containerd.io/snapshot/stargz/", "io.containers.estargz.",
            "io.github.containers.zstd-chunked.");

    private final Document document;
    private final MediaType mediaType;
    private final Digest digest;
    private final long size;

    private Descriptor(Document document) {
        this.document = document;
        this.mediaType = new MediaType(document.text("mediaType").orElse(""));
        this.digest = Digest.parse(document.text("digest")
                .orElseThrow(() -> new IllegalArgumentException("the descriptor has no digest")));
        this.size = document.number("size").orElse(-1);
        if (size < 0) {
            throw new IllegalArgumentException("the descriptor of " + digest + " has no size, expected 0 or more bytes");
        }
    }

    public static Descriptor of(MediaType mediaType, Digest digest, long size) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("mediaType", mediaType.name());
        tree.put("digest", digest.toString());
        tree.put("size", size);
        return new Descriptor(Document.of(tree));
    }

    /**
     * Reads a descriptor in a document.
     *
     * @param place the document, for the message
     * @throws IOException if digest or size are missing or malformed
     */
    public static Descriptor parse(Map<String, @Nullable Object> tree, String place) throws IOException {
        try {
            return new Descriptor(Document.of(tree));
        } catch (IllegalArgumentException e) {
            throw new IOException(place + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the list of descriptors under a key of a manifest; empty if there is none.
     *
     * @param place the manifest, for the message
     * @throws IOException if it is no list, or digest or size are missing or malformed in one of them
     */
    public static List<Descriptor> parseAll(Document manifest, String key, String place) throws IOException {
        List<Map<String, @Nullable Object>> trees = manifest.objects(key);
        if (manifest.get(key).isPresent()
                && !(manifest.get(key).get() instanceof List<?> items && items.size() == trees.size())) {
            throw new IOException(place + ": " + key + " is not a list of descriptors");
        }
        List<Descriptor> descriptors = new ArrayList<>();
        for (Map<String, @Nullable Object> tree : trees) {
            descriptors.add(parse(tree, place + ", " + key + "[" + descriptors.size() + "]"));
        }
        return Collections.unmodifiableList(descriptors);
    }

    /** Empty text if the descriptor says none. */
    public MediaType mediaType() {
        return mediaType;
    }

    public Digest digest() {
        return digest;
    }

    /** Bytes of the content. */
    public long size() {
        return size;
    }

    public Optional<Platform> platform() {
        return document.get("platform").map(tree -> Platform.of(document.object("platform")));
    }

    public Map<String, String> annotations() {
        return document.textMap("annotations");
    }

    /** Where else the content can be fetched. */
    public List<String> urls() {
        return document.texts("urls");
    }

    /** The kind of an artifact that is not an image. */
    public Optional<String> artifactType() {
        return document.text("artifactType");
    }

    /** The content itself, where the descriptor embeds it and it is what digest and size say. */
    public Optional<Blob> data() {
        try {
            return document.text("data").map(text -> Blob.of(Base64.getDecoder().decode(text)))
                    .filter(blob -> blob.digest().equals(digest) && blob.size() == size);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not Base64: the content has to come from elsewhere, as without the member
        }
    }

    /** All members, in their order. */
    public Map<String, @Nullable Object> tree() {
        return document.tree();
    }

    /** The descriptor of changed content; embedded data is replaced where there was some. All else stays. */
    public Descriptor withContent(Document content) {
        return edit(tree -> {
            tree.set(content.digest().toString(), "digest");
            tree.set(content.size(), "size");
            if (tree.get("data").isPresent()) {
                tree.set(Base64.getEncoder().encodeToString(content.bytes()), "data");
            }
        });
    }

    /**
     * The descriptor of other bytes, without what is only true of the old ones: embedded data, where else they are, and
     * what eStargz and zstd:chunked tell of the places in them.
     */
    public Descriptor withContent(Blob content) {
        return edit(tree -> {
            tree.set(content.digest().toString(), "digest");
            tree.set(content.size(), "size");
            tree.remove("data");
            tree.remove("urls");
            annotations().keySet().stream().filter(key -> ABOUT_BYTES.stream().anyMatch(key::startsWith))
                    .forEach(key -> tree.remove("annotations", key));
        });
    }

    public Descriptor withMediaType(MediaType other) {
        return edit(tree -> tree.set(other.name(), "mediaType"));
    }

    /** The descriptor for this platform; members of the old platform that {@link Platform} does not know stay. */
    public Descriptor withPlatform(Platform platform) {
        return edit(tree -> {
            Map<String, @Nullable Object> members = tree.object("platform");
            members.keySet().removeAll(Platform.MEMBERS);
            Map<String, @Nullable Object> all = platform.tree();
            all.putAll(members);
            tree.set(all, "platform");
        });
    }

    public Descriptor withAnnotation(String key, String value) {
        return edit(tree -> tree.set(value, "annotations", key));
    }

    private Descriptor edit(Consumer<Document.Editor> block) {
        return new Descriptor(document.edit(block));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Descriptor descriptor && document.equals(descriptor.document);
    }

    @Override
    public int hashCode() {
        return document.hashCode();
    }

    @Override
    public String toString() {
        return mediaType + " " + digest + " (" + size + " bytes)";
    }
}
