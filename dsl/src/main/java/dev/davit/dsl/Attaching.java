package dev.davit.dsl;

import dev.davit.blob.Blob;
import dev.davit.edit.ImageEditor;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import dev.davit.image.MediaType;
import dev.davit.image.Part;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import dev.davit.registry.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What refers to images in a repository: found, added, and copied along with them. */
final class Attaching {

    private static final MediaType ANY_FILE = new MediaType("application/octet-stream");
    private static final Pattern TYPED = Pattern.compile("(.+):([\\w.+-]+/[\\w.+-]+)");

    private Attaching() {
    }

    /** The image or index that others refer to; the image for a platform, where one is said. */
    private static Descriptor subject(Session session, Reference reference, @Nullable Object platform) throws IOException {
        return platform == null ? session.registry().head(reference)
                : IndexVerbs.platform(session.get(reference), platform).descriptor();
    }

    static List<Referrer> find(Session session, Map<?, ?> options, Object reference) throws IOException {
        Options said = Options.of(options, "type", "platform");
        Object platform = said.get("platform");
        String type = said.text("type");
        Reference parsed = Place.inRegistry(reference);
        // What a digest names need not be there.
        var digest = parsed.digest().isPresent() && platform == null ? parsed.digest().get()
                : subject(session, parsed, platform).digest();
        try (Stream<Descriptor> found = type == null ? session.registry().referrers(parsed.repository(), digest)
                : session.registry().referrers(parsed.repository(), digest, type)) {
            List<Referrer> referrers = new ArrayList<>();
            found.forEach(descriptor -> referrers.add(new Referrer(parsed.withDigest(descriptor.digest()), descriptor)));
            return referrers;
        }
    }

    static Reference attach(Session session, Map<?, ?> options, Object reference, Object... files) throws IOException {
        Options said = Options.of(options, "type", "annotations", "platform");
        String type = said.text("type");
        if (type == null) {
            throw new IllegalArgumentException("attach: what is attached needs a type, such as "
                    + "type: 'application/spdx+json'");
        }
        List<Layer> layers = new ArrayList<>();
        for (String file : Text.all(files)) {
            layers.add(layer(session, file));
        }
        Reference parsed = Place.inRegistry(reference);
        Descriptor subject = subject(session, parsed, said.get("platform"));
        Artifact artifact = ImageEditor.edit(Image.artifact(type).withMoreLayers(layers), editor -> {
            editor.subject(subject);
            if (said.get("annotations") instanceof Map<?, ?> annotations) {
                BlockVerbs.annotation(editor, annotations);
            }
        });
        return SinkVerbs.push(artifact, parsed.withDigest(artifact.digest()));
    }

    /** A file as it is; its media type may follow its path, after a colon. */
    private static Layer layer(Session session, String said) throws IOException {
        Matcher typed = TYPED.matcher(said);
        boolean isTyped = !Files.exists(session.resolve(said)) && typed.matches();
        Path file = session.resolve(isTyped ? typed.group(1) : said);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "expected a file to attach");
        }
        Blob blob = session.store().add(out -> Files.copy(file, out));
        Descriptor descriptor = Descriptor.of(isTyped ? new MediaType(typed.group(2)) : ANY_FILE, blob.digest(), blob.size());
        return Layer.of(descriptor.withAnnotation(Part.TITLE, file.getFileName().toString()), blob.digest(), blob);
    }

    /** Copies what is attached to an image, before that, so that nobody finds it without. */
    static void copy(Session session, Options options, Artifact artifact, Object from, Object to) throws IOException {
        Set<Attachment> kinds = EnumSet.noneOf(Attachment.class);
        if (options.isTrue("referrers")) {
            kinds.add(Attachment.REFERRER);
        }
        if (options.isTrue("digestTags")) {
            kinds.add(Attachment.DIGEST_TAG);
        }
        if (kinds.isEmpty()) {
            return;
        }
        Repository source = repository(from);
        Repository target = repository(to);
        for (Reference attached : session.registry().attached(source, artifact, kinds.toArray(Attachment[]::new))) {
            SinkVerbs.push(session.get(attached), attached.withRepository(target));
        }
    }

    private static Repository repository(Object place) {
        return Place.parse(place.toString()).reference().map(Reference::repository).orElseThrow(() ->
                new IllegalArgumentException("cannot copy what is attached from or to '" + place
                        + "': expected a reference to a registry"));
    }
}
