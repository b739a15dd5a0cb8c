package dev.davit.validate;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A manifest, of whatever shape, and how to find what it refers to.
 *
 * @param content where what a descriptor refers to comes from
 * @param index what it is of, if it is there as such: it may know images that were made in this process
 */
record Subject(Document manifest, Function<Descriptor, Artifact.Content> content, Optional<Index> index) {

    static Subject of(Document manifest, Artifact.Content content) {
        return new Subject(manifest, descriptor -> content, Optional.empty());
    }

    static Subject of(Artifact artifact) {
        return artifact instanceof Index index ? new Subject(index.manifest(), index::content, Optional.of(index))
                : of(artifact.manifest(), Known.of((Image) artifact));
    }

    private record Known(Map<Digest, Blob> blobs) implements Artifact.Content {

        static Known of(Image image) {
            Map<Digest, Blob> blobs = new LinkedHashMap<>();
            image.blobs().forEach(blob -> blobs.put(blob.digest(), blob));
            return new Known(blobs);
        }

        @Override
        public Blob blob(Descriptor descriptor) {
            return Objects.requireNonNull(blobs.get(descriptor.digest()));
        }

        @Override
        public Document manifest(Descriptor descriptor) {
            throw new IllegalStateException("an image has no manifest " + descriptor.digest());
        }
    }

    Blob blob(Descriptor descriptor) {
        return descriptor.data().orElseGet(() -> content.apply(descriptor).blob(descriptor));
    }

    /** What an index refers to by a media type that does not tell what it is. */
    Blob extra(Descriptor descriptor) {
        return descriptor.data().orElseGet(() -> content.apply(descriptor).extra(descriptor));
    }

    /** What an index refers to; also where it is malformed, and so is no {@link Artifact}. */
    Subject child(Descriptor descriptor, String place) throws IOException {
        if (index.isPresent()) {
            try {
                return of(index.get().child(descriptor));
            } catch (IOException e) {
                // What is wrong with it will be found in its document.
            }
        }
        Artifact.Content from = content.apply(descriptor);
        Optional<Blob> data = descriptor.data();
        return of(data.isPresent() ? Document.parse(data.get().bytes(), place) : from.manifest(descriptor), from);
    }
}
