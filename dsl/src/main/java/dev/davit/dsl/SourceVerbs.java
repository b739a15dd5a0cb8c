package dev.davit.dsl;

import dev.davit.archive.Archive;
import dev.davit.blob.Blob;
import dev.davit.dsl.Place.Medium;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.layout.OciLayout;
import dev.davit.ref.Reference;
import dev.davit.tar.LayerArchive;
import dev.davit.tar.LayerBuilder;
import dev.davit.tar.RandomImage;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a script starts from: images and indexes wherever they are, new ones, and layers. */
public final class SourceVerbs {

    private SourceVerbs() {
    }

    // Sources

    /** The image or the index that a reference names in its registry. Reads the manifest and no layer. */
    public static Artifact remote(DavitScript self, Object reference) throws IOException {
        Reference parsed = Reference.parse(reference.toString());
        self.session().warnIfMoving(reference.toString(), parsed);
        return self.session().get(parsed);
    }

    /** What a reference names in its registry, only for these platforms; see {@code only}. */
    public static Artifact remote(DavitScript self, Object reference, @Nullable Object platforms) throws IOException {
        return IndexVerbs.only(remote(self, reference), platforms);
    }

    /**
     * The image or the index that a reference names, wherever it is: {@code debian:12} in a registry,
     * {@code oci:FOLDER[:NAME]} in an OCI layout directory, {@code archive:FILE[:NAME]} in an archive, {@code daemon:NAME}
     * in the Docker or Podman engine of this machine, and {@code -}, an archive on standard input.
     */
    public static Artifact image(DavitScript self, Object reference) throws IOException {
        return image(self, reference, null);
    }

    /** What a reference names, wherever it is, only for these platforms; see {@code only}. */
    public static Artifact image(DavitScript self, Object reference, @Nullable Object platforms) throws IOException {
        return from(self, reference, Place.meant(reference)).get(IndexVerbs.platforms(platforms));
    }

    private static Images from(DavitScript self, Object said, Place place) {
        place.reference().ifPresent(reference -> self.session().warnIfMoving(said.toString(), reference));
        return at(self, place);
    }

    /** The images in a place that a verb names. */
    static Images at(DavitScript self, Object place) {
        return Images.at(Place.meant(place), self::input);
    }

    /**
     * The only image or index in an archive: one that Docker, Podman or Davit saved, or an OCI archive; {@code -} is one on
     * standard input.
     */
    public static Artifact archive(DavitScript self, Object path) throws IOException {
        return archive(self, path, "");
    }

    /** The image or index of this name in an archive. */
    public static Artifact archive(DavitScript self, Object path, String name) throws IOException {
        return at(self, Place.of(Medium.ARCHIVE, path, name)).get();
    }

    /** The only image or index in an archive that a stream holds, such as {@code stdin}. */
    public static Artifact archive(DavitScript self, InputStream stream) throws IOException {
        return archive(self, stream, "");
    }

    /** The image or index of this name in an archive that a stream holds. */
    public static Artifact archive(DavitScript self, InputStream stream, String name) throws IOException {
        return self.session().closing(Archive.read(stream, "the stream")).get(name);
    }

    /** What a text names: the archive or the OCI layout directory at a path where there is one, else what it refers to. */
    public static Place place(DavitScript self, Object text) {
        if (text instanceof Place place) {
            return place;
        }
        Path path = self.session().resolve(text);
        if (text.toString().matches("[^:@]+[.](tar|tgz|tar[.][a-z]+)") && !Files.exists(path)) {
            throw new IllegalArgumentException("there is no archive '" + text + "'");
        }
        return Files.isDirectory(path) ? Place.of(Medium.LAYOUT, text, "")
                : Files.exists(path) ? Place.of(Medium.ARCHIVE, text, "")
                : Place.parse(text.toString());
    }

    /**
     * The image or index of this name in the archive or the OCI layout directory at a path; where there is no such path, what
     * it names as a reference to any medium. An empty name is for the only image.
     */
    public static Artifact local(DavitScript self, Object path, String name) throws IOException {
        Place there = place(self, path);
        return image(self, name.isEmpty() ? there : Place.of(there.medium(), there.path(), name));
    }

    /**
     * All that an archive or an OCI layout directory has, at a path or by a reference, under each of its names, or under the
     * digest of what has none; what a reference to another medium names, under that name.
     */
    public static Map<String, Artifact> images(DavitScript self, Object reference) throws IOException {
        return from(self, reference, place(self, reference)).all();
    }

    /** The only image or index in an OCI layout directory. */
    public static Artifact layout(DavitScript self, Object folder) throws IOException {
        return layout(self, folder, "");
    }

    /** The image or index of this name in an OCI layout directory. */
    public static Artifact layout(DavitScript self, Object folder, String name) throws IOException {
        return at(self, Place.of(Medium.LAYOUT, folder, name)).get();
    }

    /** The image for a platform of what has this name in an OCI layout directory, be it one index or several images. */
    public static Image layout(DavitScript self, Object folder, String name, Object platform) throws IOException {
        return (Image) at(self, Place.of(Medium.LAYOUT, folder, name)).get(List.of(Platform.parse(platform.toString())));
    }

    /**
     * An OCI layout directory as a whole: its {@code names} and {@code descriptors}, {@code put('v1', image)} in the place of
     * what has the name, {@code append('v1', image)} beside it, {@code replace('v1', image, platform: 'linux/arm64')},
     * {@code remove('v1')} by name or digest, {@code remove(platform: 'linux/arm64')}, and {@code collectGarbage()}, which
     * gives the digests that nothing led to any more.
     */
    public static OciLayout layoutAt(DavitScript self, Object folder) throws IOException {
        return WatchedLayout.open(self.session(), folder);
    }

    /** All images and indexes in an OCI layout directory, as it lists them. */
    public static List<Artifact> layouts(DavitScript self, Object folder) throws IOException {
        OciLayout layout = OciLayout.open(self.session().resolve(folder));
        List<Artifact> all = new ArrayList<>();
        for (Descriptor descriptor : layout.descriptors()) {
            all.add(layout.get(descriptor.digest().toString()));
        }
        return all;
    }

    /** The image or index of this name or ID in the Docker or Podman engine of this machine; fetches it whole. */
    public static Artifact daemon(DavitScript self, Object name) throws IOException {
        return at(self, Place.of(Medium.ENGINE, "", name.toString())).get();
    }

    /** An image with nothing in it, for {@code linux} on {@code amd64}. */
    public static Image scratch(DavitScript self) {
        return scratch(self, "linux/amd64");
    }

    /** An image with nothing in it. */
    public static Image scratch(DavitScript self, Object platform) {
        return Image.scratch(Platform.parse(platform.toString()));
    }

    /** An image of one layer with a million random bytes, the same on every machine. */
    public static Artifact random(DavitScript self) throws IOException {
        return random(self, Map.of());
    }

    /**
     * An image of random files: {@code random(size: 1_000_000, layers: 3, seed: 42, platform: 'linux/arm64')}, each layer with
     * one file of so many bytes. The seed decides every byte. With {@code platforms: […]}, an index of such images.
     */
    public static Artifact random(DavitScript self, Map<?, ?> options) throws IOException {
        Options said = Options.of(options, "size", "layers", "seed", "platform", "platforms");
        long size = said.number("size", 1_000_000);
        int layers = Math.toIntExact(said.number("layers", 1));
        long seed = said.number("seed", 0);
        if (said.get("platforms") instanceof Iterable<?> several) {
            List<Platform> platforms = new ArrayList<>();
            several.forEach(platform -> platforms.add(Platform.parse(platform.toString())));
            return RandomImage.index(self.session().store(), size, layers, seed, platforms);
        }
        String platform = Objects.requireNonNullElse(said.text("platform"), "linux/amd64");
        return RandomImage.of(self.session().store(), size, layers, seed, Platform.parse(platform));
    }

    /**
     * An artifact of this type, which is no container image: {@code artifact('application/spdx+json')}. What it holds is
     * appended: {@code .append(layer('sbom.json', mediaType: 'application/spdx+json'))}.
     */
    public static Image artifact(DavitScript self, Object type) {
        return Image.artifact(type.toString());
    }

    /** A layer of files, as the block says. */
    public static Layer layer(DavitScript self,
            @DelegatesTo(value = LayerBuilder.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        return self.session().layer(builder -> Blocks.run(block, builder));
    }

    /** A layer from a tar archive, plain, gzip or zstd. A packed one keeps its bytes, and so its digest. */
    public static Layer layer(DavitScript self, Object path) throws IOException {
        return LayerArchive.of(self.session().store(), self.session().source(path));
    }

    /**
     * A layer of a file or of bytes just as they are: {@code layer('sbom.json', mediaType: 'application/spdx+json')}. For
     * artifacts, and for layers of a kind that is not known here.
     */
    public static Layer layer(DavitScript self, Map<?, ?> options, Object content) throws IOException {
        String mediaType = Options.of(options, "mediaType").text("mediaType");
        if (mediaType == null) {
            throw new IllegalArgumentException("layer: bytes as they are need a media type, such as "
                    + "mediaType: 'application/spdx+json'");
        }
        Blob blob = content instanceof byte[] bytes ? Blob.of(bytes.clone())
                : self.session().store().add(out -> Files.copy(self.session().source(content), out));
        String from = content instanceof byte[] ? "bytes" : "file " + self.session().resolve(content).getFileName();
        return Layer.of(blob, new MediaType(mediaType), "davit layer: " + from);
    }

    /** A layer from a stream that holds a tar archive, such as {@code stdin}. */
    public static Layer layer(DavitScript self, InputStream stream) throws IOException {
        return LayerArchive.of(self.session().store(), stream, "the stream");
    }

    /** An index of what the block adds. */
    public static Index index(DavitScript self,
            @DelegatesTo(value = IndexBuilder.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        IndexBuilder builder = new IndexBuilder();
        Blocks.run(block, builder);
        return builder.build();
    }
}
