package dev.davit.validate;

import dev.davit.image.Descriptor;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.json.Document;
import dev.davit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what a manifest says of itself, then what it refers to. */
final class ManifestCheck {

    private final Validation validation;
    private final String place;
    private final Subject subject;
    private final Document manifest;
    private final int depth;

    /** @param depth how many indexes it is in */
    ManifestCheck(Validation validation, String place, Subject subject, int depth) {
        this.validation = validation;
        this.place = place;
        this.subject = subject;
        this.manifest = subject.manifest();
        this.depth = depth;
    }

    static String place(Document manifest) {
        String kind = looksLikeIndex(manifest) ? "index " : isContainerImage(manifest) ? "image " : "manifest ";
        return kind + manifest.digest();
    }

    private static boolean looksLikeIndex(Document manifest) {
        return declared(manifest).isIndex() || manifest.get("manifests").isPresent();
    }

    private static boolean looksLikeImage(Document manifest) {
        return declared(manifest).isManifest() || manifest.get("layers").isPresent() || manifest.get("config").isPresent();
    }

    private static boolean isContainerImage(Document manifest) {
        return new MediaType(manifest.text("config", "mediaType").orElse("")).isConfig();
    }

    private static MediaType declared(Document manifest) {
        return new MediaType(manifest.text("mediaType").orElse(""));
    }

    /**
     * Checks a manifest or an index.
     *
     * @param listedAs what the index that lists it says that it is; empty text if none does
     * @return the platform of a container image
     */
    Optional<Platform> check(MediaType listedAs) throws IOException {
        MediaType declared = declared(manifest);
        if (!listedAs.name().isEmpty() && !declared.name().isEmpty() && !listedAs.equals(declared)) {
            validation.add(place, "its mediaType is " + declared + ", but it is listed as " + listedAs);
        }
        boolean index = looksLikeIndex(manifest);
        if (index == looksLikeImage(manifest)) {
            validation.add(place, index ? "claims to be an image manifest and an index at once"
                    : "is neither an image manifest nor an index");
            return Optional.empty();
        }
        MediaType type = declared.name().isEmpty() ? listedAs : declared;
        if (!type.name().isEmpty() && !(index ? type.isIndex() : type.isManifest())) {
            validation.add(place, "has the media type " + type + ", which is not that of an "
                    + (index ? "index" : "image manifest"));
        }
        common();
        if (index) {
            new IndexCheck(validation, place, subject, type, depth).check(true);
            return Optional.empty();
        }
        return new ImageCheck(validation, place, subject, type).check(isContainerImage(manifest));
    }

    /** Checks the list of a layout. */
    void list() throws IOException {
        MediaType declared = declared(manifest);
        if (!declared.name().isEmpty() && !declared.equals(MediaType.OCI_INDEX)) {
            validation.add(place, "has the media type " + declared + ", expected " + MediaType.OCI_INDEX);
        }
        common();
        new IndexCheck(validation, place, subject, new MediaType(""), depth).check(false);
    }

    private void common() {
        if (manifest.number("schemaVersion").orElse(0) != 2) {
            validation.add(place, "has the schemaVersion "
                    + new String(Json.write(manifest.tree().get("schemaVersion")), StandardCharsets.UTF_8) + ", expected 2");
        }
        Members.texts(validation, place, "annotations", manifest.get("annotations"));
        manifest.get("subject").ifPresent(tree -> descriptor(validation, place + ", subject", tree));
    }

    /** The descriptors of a list; those that are malformed are reported, and empty. */
    static List<Optional<Descriptor>> descriptors(Validation validation, String place, Document manifest, String key,
            String each) {
        if (!(manifest.get(key).orElse(null) instanceof List<?> items)) {
            validation.add(place, "has no list of " + key);
            return List.of();
        }
        int[] number = {0};
        return items.stream().map(item -> descriptor(validation, place + ", " + each + " " + number[0]++, item)).toList();
    }

    /** The descriptor, or nothing if it is malformed, which is reported. */
    static Optional<Descriptor> descriptor(Validation validation, String place, @Nullable Object tree) {
        Optional<Descriptor> descriptor = Members.descriptor(validation, place, tree);
        descriptor.ifPresent(d -> {
            if (d.mediaType().name().isEmpty()) {
                validation.add(place, "the descriptor has no mediaType");
            }
            if (d.tree().get("data") != null && d.data().isEmpty()) {
                validation.add(place, "the data in the descriptor is not what its digest and size say");
            }
            Members.texts(validation, place, "annotations", Optional.ofNullable(d.tree().get("annotations")));
        });
        return descriptor;
    }
}
