package dev.davit.daemon;

import dev.davit.blob.Digest;
import dev.davit.json.Document;
import dev.davit.ref.Reference;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * An image as an engine lists it.
 *
 * @param id the digest of its config; where the engine stores images as containerd does, that of its manifest or index
 * @param names with tags, as people write them; none where nothing names it
 * @param size bytes that the engine needs for it, most often of unpacked layers; what it shares with others counts too
 * @param created when it was built, as its config says; 1970 where it says nothing
 */
public record LocalImage(Digest id, List<String> names, long size, Instant created) {

    public LocalImage {
        names = List.copyOf(names);
    }

    static LocalImage of(Document entry, String place) throws IOException {
        List<String> names = entry.texts("RepoTags").stream().filter(name -> !name.startsWith("<none>"))
                .map(LocalImage::familiar).toList();
        return new LocalImage(id(entry, place), names, entry.number("Size").orElse(0),
                Instant.ofEpochSecond(entry.number("Created").orElse(0)));
    }

    /** What the engine calls the image whatever its names. */
    static Digest id(Document entry, String place) throws IOException {
        String id = entry.text("Id").orElse("");
        try {
            return Digest.parse(id);
        } catch (IllegalArgumentException e) {
            throw new IOException(place + " gives an image the ID '" + id + "', which is not a digest", e);
        }
    }

    private static String familiar(String name) {
        try {
            return Reference.parse(name).familiar();
        } catch (IllegalArgumentException e) {
            return name; // the engine knows it, whatever it is
        }
    }
}
