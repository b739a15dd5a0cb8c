package dev.davit.dsl;

import dev.davit.blob.Codec;
import dev.davit.blob.Digest;
import dev.davit.edit.Append;
import dev.davit.edit.Canonical;
import dev.davit.edit.Convert;
import dev.davit.edit.CopyFrom;
import dev.davit.edit.DropLayer;
import dev.davit.edit.FileEditor;
import dev.davit.edit.LayerChoice;
import dev.davit.edit.MapFiles;
import dev.davit.edit.Rebase;
import dev.davit.edit.Recompress;
import dev.davit.edit.Retime;
import dev.davit.edit.Squash;
import dev.davit.image.Artifact;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import dev.davit.image.Platform;
import dev.davit.ref.Reference;
import dev.davit.tar.LayerBuilder;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What changes the layers of an image, or the files in them; on an index, those of every image. */
public final class LayerVerbs {

    private static final String BASE_NAME = "org.opencontainers.image.base.name";

    private LayerVerbs() {
    }

    // Layers and files

    /** Puts layers on top. */
    public static Artifact append(Artifact self, Layer... layers) throws IOException {
        return append(self, Arrays.asList(layers));
    }

    /** Puts layers on top. */
    public static Artifact append(Artifact self, List<Layer> layers) throws IOException {
        return self.apply(Append.of(layers, Session.current().created()));
    }

    /**
     * Puts a layer of files on top, as the block says. A block that takes the platform makes one for each image of an index:
     * {@code append { platform -> file "build/$platform.architecture/tool", '/usr/bin/tool' }}.
     */
    public static Artifact append(Artifact self,
            @DelegatesTo(value = LayerBuilder.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        Session session = Session.current();
        return !Blocks.namesParameter(block) ? append(self, session.layer(builder -> Blocks.run(block, builder))) : self.apply(image -> {
            Platform platform = image.platform();
            Layer layer = session.layer(builder -> Blocks.run(block, builder, platform));
            return image.apply(Append.of(List.of(layer), session.created()));
        });
    }

    /**
     * Puts it on another base: {@code rebase(from: 'debian:11', to: 'debian:12')}, with references, images or indexes.
     * Without from, the annotations of the image tell its base; without to, they tell the base whose name stands for another
     * one by now. Moves no layer.
     */
    public static Artifact rebase(Artifact self, Map<?, ?> bases) throws IOException {
        Options said = Options.of(bases, "from", "to");
        Object from = said.get("from");
        Object to = said.get("to") == null ? baseName(self) : said.get("to");
        Rebase rebase = from == null ? Rebase.of(Session.current().registry(), artifact(to))
                : Rebase.of(artifact(from), artifact(to));
        return self.apply(to instanceof Artifact ? rebase : rebase.named(Reference.parse(to.toString())));
    }

    /** Puts it on what the name of its base, which the annotations of the image tell, stands for now. */
    public static Artifact rebase(Artifact self) throws IOException {
        return rebase(self, Map.of());
    }

    private static String baseName(Artifact self) throws IOException {
        for (Image image : self.images()) {
            String base = image.annotations().get(BASE_NAME);
            if (base != null) {
                return base;
            }
        }
        throw new IllegalArgumentException(self + " does not say what it is built on: it has no annotation " + BASE_NAME
                + "; name the old base and the new one");
    }

    static Artifact artifact(Object value) throws IOException {
        return value instanceof Artifact artifact ? artifact
                : Session.current().get(Reference.parse(value.toString()));
    }

    /** Makes one layer of all. */
    public static Artifact flatten(Artifact self) throws IOException {
        Session session = Session.current();
        return self.apply(session.clamped(Squash.all(session.store(), session.created())));
    }

    /** Makes one layer of the last ones, of so many. */
    public static Artifact squash(Artifact self, int last) throws IOException {
        Session session = Session.current();
        return self.apply(session.clamped(Squash.last(last, session.store(), session.created())));
    }

    /**
     * Makes one layer of those from one on, {@code squash(from: 2)}, or of those above a base,
     * {@code squash(above: 'debian:12')}. A layer is said as in {@code dropLayer}, a base by reference or as an image.
     */
    public static Artifact squash(Artifact self, Map<?, ?> start) throws IOException {
        Options.of(start, "from", "above");
        if (start.size() != 1) {
            throw new IllegalArgumentException("squash needs either from or above, such as squash(from: 2)");
        }
        Session session = Session.current();
        return self.apply(session.clamped(start.containsKey("from")
                ? Squash.from(choice(start.get("from")), session.store(), session.created())
                : Squash.above(artifact(start.get("above")), session.store(), session.created())));
    }

    /**
     * Takes layers out, with their history: by number, where -1 is the last one, by digest, or by what the history says of
     * how they were made, as text or as a pattern: {@code dropLayer(~/^COPY/)}. Of an index, images without such a layer
     * stay as they are, unless all are.
     */
    public static Artifact dropLayer(Artifact self, Object layer) throws IOException {
        return DropLayer.of(choice(layer)).from(self);
    }

    private static LayerChoice choice(Object layer) {
        if (layer instanceof Integer number) {
            return LayerChoice.at(number);
        }
        if (layer instanceof Layer known) {
            return LayerChoice.of(known);
        }
        if (layer instanceof Pattern pattern) {
            return LayerChoice.createdBy(pattern);
        }
        String text = layer.toString();
        return text.startsWith("sha256:") ? LayerChoice.of(Digest.parse(text)) : LayerChoice.createdBy(text);
    }

    /**
     * Shows each entry of each layer to the block, which may change it, {@code mapFiles { mode 0755 }}, or drop it:
     * {@code mapFiles { if (path.startsWith('tmp/')) drop() }}. A layer without a change keeps its digest.
     */
    public static Artifact mapFiles(Artifact self,
            @DelegatesTo(value = FileEditor.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        return self.apply(MapFiles.of(Session.current().store(), file -> Blocks.run(block, file)));
    }

    /** Adds a layer with a file or a directory of another image, at the same path. */
    public static Artifact copyFrom(Artifact self, Object other, Object path) throws IOException {
        return copyFrom(self, Map.of(), other, path, path);
    }

    /** Adds a layer with a file or a directory of another image, at another path. */
    public static Artifact copyFrom(Artifact self, Object other, Object path, Object target) throws IOException {
        return copyFrom(self, Map.of(), other, path, target);
    }

    /** Adds a layer with a file or a directory of another image, at the same path. */
    public static Artifact copyFrom(Artifact self, Map<?, ?> options, Object other, Object path) throws IOException {
        return copyFrom(self, options, other, path, path);
    }

    /**
     * Adds a layer with a file or a directory of another image, at another path. A directory merges with the one that is
     * there; with {@code replace: true} it takes its place.
     */
    public static Artifact copyFrom(Artifact self, Map<?, ?> options, Object other, Object path, Object target)
            throws IOException {
        boolean isReplaced = Options.of(options, "replace").isTrue("replace");
        Session session = Session.current();
        CopyFrom copy = CopyFrom.of(artifact(other), path.toString(), session.store(), session.created())
                .to(target.toString());
        return self.apply(session.clamped(isReplaced ? copy.replacing() : copy));
    }

    /** Sets all times, of files, config and history: an {@link Instant} or text such as {@code 2026-01-31T12:00:00Z}. */
    public static Artifact withTime(Artifact self, Object time) throws IOException {
        return self.apply(Retime.to(BlockVerbs.instant(time), Session.current().store()));
    }

    /** Takes out what differs from build to build: sets all times to the session's, forgets Docker's version and host. */
    public static Artifact canonical(Artifact self) throws IOException {
        return self.apply(Canonical.of(Session.current().created(), Session.current().store()));
    }

    /** Packs the layers in another way: {@code none}, {@code gzip}, {@code gzip/1 fast} or {@code zstd}. */
    public static Artifact withCompression(Artifact self, Object codec) throws IOException {
        return self.apply(Recompress.of(Codec.parse(codec.toString()), Session.current().store()));
    }

    /** Packs the layers at a level: {@code withCompression('zstd', 19)}. */
    public static Artifact withCompression(Artifact self, Object codec, int level) throws IOException {
        return withCompression(self, codec + " " + level);
    }

    /** Gives it the media types of {@code oci} or of {@code docker}; changes no byte of a config or a layer. */
    public static Artifact withMediaTypes(Artifact self, Object family) throws IOException {
        return self.apply(switch (family.toString()) {
            case "oci" -> Convert.toOci();
            case "docker" -> Convert.toDocker();
            default -> throw new IllegalArgumentException("there are no media types of '" + family
                    + "': expected oci or docker");
        });
    }
}
