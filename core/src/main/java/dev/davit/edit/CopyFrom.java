package dev.davit.edit;

import dev.davit.blob.Codec;
import dev.davit.blob.Compression;
import dev.davit.blob.ContentStore;
import dev.davit.image.Artifact;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.tar.Entry;
import dev.davit.tar.Excerpt;
import dev.davit.tar.LayerWriter;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a layer on an image that holds a file or a directory of another image, with everything in it: owners, modes, times,
 * extended attributes, symbolic links, and the hard links among the files copied. The same two images give the same layer
 * everywhere.
 *
 * <p>The path is followed through the symbolic links of the other image. A directory merges with the one that is there:
 * what only that one has stays, unless {@link #replacing} is asked for; anything else takes the place of what is there.
 * Where the image has a symbolic link to a directory, such as {@code lib -> usr/lib}, the link stays and the files go where
 * it leads. Reads the layers of both images.
 *
 * <p>On an index, each image gets the files of the other index's image for the same platform; those of a single image go
 * to all.
 */
public final class CopyFrom implements Edit {

    private final Artifact other;
    private final String source;
    private final String target;
    private final boolean replacing;
    private final ContentStore store;
    private final Instant created;

    private CopyFrom(Artifact other, String source, String target, boolean replacing, ContentStore store, Instant created) {
        this.other = other;
        this.source = source;
        this.target = target;
        this.replacing = replacing;
        this.store = store;
        this.created = created;
    }

    /** @param created what the history says of when the layer was added */
    public static CopyFrom of(Artifact other, String path, ContentStore store, Instant created) {
        return new CopyFrom(other, absolute(path), absolute(path), false, store, created);
    }

    /** The same copy to another path: that of the copy itself, and not of a directory to put it in. */
    public CopyFrom to(String path) {
        return new CopyFrom(other, source, absolute(path), replacing, store, created);
    }

    /** The same copy, after which a copied directory has nothing but what the other image has in it. */
    public CopyFrom replacing() {
        return new CopyFrom(other, source, target, true, store, created);
    }

    private static String absolute(String path) {
        List<String> parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty() && !part.equals(".")).toList();
        if (path.isEmpty() || parts.contains("..") || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("malformed path '" + path
                    + "': expected a path from the root of the image, such as /srv/app");
        }
        return String.join("/", parts);
    }

    /** @throws NoSuchFileException if the other image has nothing at the path */
    @Override
    public Image apply(Image image) throws IOException {
        Image from = other instanceof Index ? Base.matching(other, image) : (Image) other;
        Overlay files = Overlay.of(from, store);
        Overlay present = Overlay.of(image, store);
        String createdBy = "davit copyFrom: /" + source + (target.equals(source) ? "" : " to /" + target) + " from "
                + from.digest();
        Layer layer = LayerWriter.write(store, Codec.of(Compression.GZIP), createdBy,
                excerpt(files, present)::writeTo);
        return Append.of(List.of(layer), created).apply(image);
    }

    private Excerpt excerpt(Overlay files, Overlay present) throws IOException {
        Excerpt layer = Excerpt.of(files, created);
        Entry root = files.resolve("/" + source);
        String place = "";
        for (String name : target.split("/")) {
            place = inside(followed(present, place), name);
        }
        if (!root.isDirectory()) {
            checkFile(present, place, root);
            layer.add(root, place);
            return layer;
        }
        Map<String, String> places = new LinkedHashMap<>();
        copy(root, place, layer, present, places);
        if (replacing && present.find(places.get(root.path())).filter(Entry::isDirectory).isPresent()) {
            layer.opaque(places.get(root.path()));
        }
        String prefix = root.path().isEmpty() ? "" : root.path() + "/";
        for (Entry entry : files.entries()) {
            if (entry.path().startsWith(prefix)) {
                int name = entry.path().lastIndexOf('/') + 1;
                String parent = places.get(entry.path().substring(0, Math.max(0, name - 1)));
                copy(entry, inside(parent, entry.path().substring(name)), layer, present, places);
            }
        }
        return layer;
    }

    /** Copies one entry, and remembers where a directory has gone. */
    private static void copy(Entry entry, String place, Excerpt layer, Overlay present, Map<String, String> places)
            throws IOException {
        String followed = entry.isDirectory() ? followed(present, place) : place;
        if (entry.isDirectory()) {
            places.put(entry.path(), followed);
        }
        if (followed.equals(place) && !place.isEmpty()) {
            layer.add(entry, place);
        }
    }

    private static String inside(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    /** The path itself, or the directory that a symbolic link at this path leads to. */
    private static String followed(Overlay present, String path) throws IOException {
        if (present.find(path).filter(Entry::isSymlink).isPresent()) {
            try {
                Entry entry = present.resolve(path);
                return entry.isDirectory() ? entry.path() : path;
            } catch (NoSuchFileException e) {
                return path; // it leads to nothing, and makes way
            }
        }
        return path;
    }

    private void checkFile(Overlay present, String place, Entry file) throws IOException {
        boolean directory = place.isEmpty() || present.find(followed(present, place)).filter(Entry::isDirectory).isPresent();
        if (directory && (!replacing || place.isEmpty())) {
            throw new IllegalArgumentException("'/" + place + "' is a directory in the image, and '/" + source
                    + "' a file: expected the path of the file itself, such as "
                    + "/" + inside(place, file.path().substring(file.path().lastIndexOf('/') + 1)));
        }
    }
}
