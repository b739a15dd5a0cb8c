package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Platform;
import groovy.lang.Closure;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.FromString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What changes which images there are in an index, and what chooses among them. */
public final class IndexVerbs {

    private IndexVerbs() {
    }

    // Indexes

    /** The image for a platform. */
    public static Image platform(Artifact self, Object platform) throws IOException {
        return self.platform(Platform.parse(platform.toString()));
    }

    /**
     * Only what it has for these platforms, {@code only('linux/amd64')}, {@code only('linux/amd64,linux/arm64')} or a list
     * of them: of one its image, of several an index of their images; of none or of {@code all}, all of it.
     */
    public static Artifact only(Artifact self, @Nullable Object platforms) throws IOException {
        List<Platform> wanted = platforms(platforms);
        if (wanted.size() < 2) {
            return wanted.isEmpty() ? self : self.platform(wanted.get(0));
        }
        if (self instanceof Index index) {
            return index.filter(wanted.toArray(Platform[]::new));
        }
        for (Platform platform : wanted) {
            self.platform(platform);
        }
        return self;
    }

    /** The image itself, or the only one of an index. */
    static Image only(Artifact self) throws IOException {
        if (self instanceof Image image) {
            return image;
        }
        List<Image> images = self.images();
        if (images.size() != 1) {
            throw new IllegalArgumentException("this is an index of " + images.size() + " images; choose one with "
                    + "platform('OS/ARCHITECTURE'): " + ((Index) self).platforms());
        }
        return images.get(0);
    }

    /** The platforms that a script or a command line names; none for {@code all}. */
    static List<Platform> platforms(@Nullable Object said) {
        List<Platform> platforms = new ArrayList<>();
        for (Object item : said == null ? List.of() : items(said)) {
            for (String text : item.toString().split(",")) {
                if (text.equals("all")) {
                    return List.of();
                }
                platforms.add(Platform.parse(text));
            }
        }
        return platforms;
    }

    /**
     * The image for a platform; where that is null, none or {@code all}, the image itself, or of an index the image for
     * linux/amd64.
     */
    public static Image pick(Artifact self, @Nullable Object platform) throws IOException {
        List<Platform> wanted = platforms(platform);
        if (wanted.size() > 1) {
            throw new IllegalArgumentException("this is about one image: expected one platform, not " + wanted);
        }
        return wanted.isEmpty() && self instanceof Image image ? image
                : self.platform(wanted.isEmpty() ? Platform.of("linux", "amd64") : wanted.get(0));
    }

    /**
     * What the block makes of the images for these platforms, each in its place: what an index lists besides stays as it is,
     * byte for byte. Of all of it, where no platform is named: {@code within('linux/arm64') { it.withUser('me') }}.
     */
    public static Artifact within(Artifact self, @Nullable Object platforms,
            @ClosureParams(value = FromString.class, options = "dev.davit.image.Artifact") Closure<?> block)
            throws IOException {
        List<Platform> wanted = platforms(platforms);
        if (wanted.isEmpty()) {
            return changed(self, block);
        }
        Set<Digest> chosen = new LinkedHashSet<>();
        for (Platform platform : wanted) {
            chosen.add(self.platform(platform).digest());
        }
        return self.apply(image -> {
            if (!chosen.contains(image.digest())) {
                return image;
            }
            if (changed(image, block) instanceof Image changed) {
                return changed;
            }
            throw new IllegalArgumentException("within: the block must give an image for " + image.platform());
        });
    }

    private static Artifact changed(Artifact artifact, Closure<?> block) {
        Object result = Blocks.call(block, artifact);
        if (result instanceof Artifact changed) {
            return changed;
        }
        throw new IllegalArgumentException("the block must give an image or an index, not " + Text.of(result));
    }

    /** The index with only the images for these platforms, or systems such as {@code linux}, and the attestations about them. */
    public static Index filter(Index self, Object... platforms) throws IOException {
        return self.filter(Arrays.stream(Text.all(platforms))
                .map(text -> text.matches("[\\w.-]+") ? Platform.of(text, "") : Platform.parse(text)).toArray(Platform[]::new));
    }

    /**
     * The index with another image or index at its end; {@code platform: 'linux/arm64'} and {@code annotations: [k: 'v']}
     * say more of it than its own config does.
     */
    public static Index add(Index self, Map<?, ?> options, Artifact artifact) throws IOException {
        return self.add(artifact, entry(options));
    }

    /** The index with all that another one lists at its end, without what it lists already. */
    public static Index addAll(Index self, Index other) {
        return self.addAll(other);
    }

    static UnaryOperator<Descriptor> entry(Map<?, ?> options) {
        Options said = Options.of(options, "platform", "annotations");
        String platform = said.text("platform");
        return descriptor -> {
            Descriptor entry = platform == null ? descriptor : descriptor.withPlatform(Platform.parse(platform));
            if (said.get("annotations") instanceof Map<?, ?> annotations) {
                for (Map.Entry<?, ?> annotation : annotations.entrySet()) {
                    entry = entry.withAnnotation(annotation.getKey().toString(), String.valueOf(annotation.getValue()));
                }
            }
            return entry;
        };
    }

    /**
     * The index without the images for these platforms, or without what has these digests, and without the attestations about
     * them.
     */
    public static Index remove(Index self, Object... what) {
        Index index = self;
        for (Object item : items(what)) {
            Index before = index;
            index = index.remove(matcher(item));
            if (index == before) {
                throw new IllegalArgumentException("the index has no " + item + "; it has " + before.descriptors().stream()
                        .map(entry -> entry.platform().filter(p -> !p.isUnknown()).map(Platform::toString)
                                .orElse(entry.digest().toString())).collect(Collectors.joining(", ")));
            }
        }
        return index;
    }

    private static List<Object> items(Object... values) {
        List<Object> items = new ArrayList<>();
        for (Object value : values) {
            if (value instanceof Iterable<?> several) {
                several.forEach(items::add);
            } else {
                items.add(value);
            }
        }
        return items;
    }

    private static Predicate<Descriptor> matcher(Object item) {
        String text = item instanceof Artifact artifact ? artifact.digest().toString() : item.toString();
        if (text.matches("sha(256|512):.*")) {
            Digest digest = Digest.parse(text);
            return entry -> entry.digest().equals(digest);
        }
        Platform platform = Platform.parse(text);
        return entry -> entry.platform().filter(p -> p.satisfies(platform)).isPresent();
    }

    /** The index with what nested indexes list in their place, each once; what the nested ones say of themselves is gone. */
    public static Index unnest(Index self) throws IOException {
        return self.unnested();
    }

    /** Each image of the index replaced by what the block makes of its platform and of it. */
    public static Index map(Index self,
            @ClosureParams(value = FromString.class, options = "dev.davit.image.Platform,dev.davit.image.Image")
            Closure<?> block) throws IOException {
        return self.apply(image -> {
            Object result = Blocks.call(block, image.platform(), image);
            if (result instanceof Image changed) {
                return changed;
            }
            throw new IllegalArgumentException("map: the block must give an image for " + image.platform() + ", not "
                    + Text.of(result));
        });
    }
}
