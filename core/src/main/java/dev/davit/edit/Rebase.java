package dev.davit.edit;

import dev.davit.blob.Digest;
import dev.davit.edit.Steps.Step;
import dev.davit.image.Artifact;
import dev.davit.image.Edit;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.image.Source;
import dev.davit.json.Document;
import dev.davit.ref.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts an image on another base, without a build: the layers of the old base are taken from under it, and those of the new
 * base put there, each with its history. Moves no layer. Whether the image still runs is another matter: nobody looks into
 * the layers.
 *
 * <p>All else is the image's: config, author, time, annotations, media types, unknown members. That goes for what its
 * config once took over from the old base too, such as {@code PATH}. Only {@code os.version} and {@code os.features} are
 * the new base's, for they say what its files need. Operating system, architecture and variant of the bases must be the
 * image's. On an index, each image gets the base for its own platform.
 *
 * <p>The annotations {@code org.opencontainers.image.base.name} and {@code .digest} are set if the new base is given by
 * name. If not, those that the image has are removed: they would name the old one.
 */
public final class Rebase implements Edit {

    private static final String BASE_NAME = "org.opencontainers.image.base.name";
    private static final String BASE_DIGEST = "org.opencontainers.image.base.digest";

    /** What a config says of the system that the base's files need. */
    private static final List<String> SYSTEM = List.of("os.version", "os.features");

    private interface Choice {
        Artifact of(Image image) throws IOException;
    }

    private final Choice from;
    private final Artifact to;
    private final @Nullable Reference name;

    private Rebase(Choice from, Artifact to, @Nullable Reference name) {
        this.from = from;
        this.to = to;
        this.name = name;
    }

    /** From one base to another; each may be an index. */
    public static Rebase of(Artifact from, Artifact to) {
        return new Rebase(image -> from, to, null);
    }

    /**
     * From the base that the annotations of an image name to another.
     *
     * @param source where the old base is found, by its name and digest
     */
    public static Rebase of(Source source, Artifact to) {
        return new Rebase(image -> annotated(image, source), to, null);
    }

    /** The same rebase to a base with this name, for the annotations. */
    public Rebase named(Reference newBase) {
        return new Rebase(from, to, newBase);
    }

    private static Artifact annotated(Image image, Source source) throws IOException {
        String base = image.annotations().get(BASE_NAME);
        String digest = image.annotations().get(BASE_DIGEST);
        if (base == null || digest == null) {
            throw new IllegalArgumentException(image + " does not say what it is built on: it has no annotation "
                    + (base == null ? BASE_NAME : BASE_DIGEST) + "; give the old base");
        }
        return source.get(Reference.parse(base).withDigest(Digest.parse(digest)).toString());
    }

    /** @throws IllegalArgumentException if the image is not built on the old base; says which layer differs */
    @Override
    public Image apply(Image image) throws IOException {
        Base oldBase = Base.of(from.of(image), image);
        Image newBase = Base.matching(to, image);
        List<Step> steps = new ArrayList<>();
        for (Step step : Steps.of(newBase)) {
            Layer layer = step.layer();
            steps.add(layer == null ? step
                    : new Step(step.history(), layer.withMediaType(layer.mediaType().inFamilyOf(image.mediaType()))));
        }
        steps.addAll(oldBase.rest(image));
        Document system = newBase.config().document();
        return Steps.set(image, steps)
                .withConfig(tree -> SYSTEM.forEach(key -> set(system.get(key), tree, key)))
                .withManifest(tree -> annotate(tree, newBase.digest()));
    }

    /** An index that says what it is built on says it of the new base. */
    @Override
    public Index finish(Index index) throws IOException {
        boolean says = index.annotations().containsKey(BASE_NAME) || index.annotations().containsKey(BASE_DIGEST);
        return says ? index.withManifest(tree -> annotate(tree, to.digest())) : index;
    }

    private void annotate(Document.Editor tree, Digest digest) {
        Optional<Reference> known = Optional.ofNullable(name);
        set(known.map(Reference::toString), tree, "annotations", BASE_NAME);
        set(known.map(base -> digest.toString()), tree, "annotations", BASE_DIGEST);
    }

    private static void set(Optional<?> value, Document.Editor tree, String... path) {
        if (value.isPresent()) {
            tree.set(value.get(), path);
        } else {
            tree.remove(path);
        }
    }
}
