package dev.davit.validate;

import dev.davit.blob.Digest;
import dev.davit.image.Descriptor;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks what an index lists. */
final class IndexCheck {

    /** More than any tool writes; less than what fills a stack. */
    private static final int DEEPEST = 32;
    /** BuildKit's mark on an attestation. */
    private static final String ATTESTATION = "vnd.docker.reference.type";

    private final Validation validation;
    private final String place;
    private final Subject subject;
    private final MediaType type;
    private final int depth;

    /** @param type of the index; empty text if it belongs to no family */
    IndexCheck(Validation validation, String place, Subject subject, MediaType type, int depth) {
        this.validation = validation;
        this.place = place;
        this.subject = subject;
        this.type = type;
        this.depth = depth;
    }

    /** @param onePerPlatform whether two images for the same platform are wrong */
    void check(boolean onePerPlatform) throws IOException {
        List<Optional<Descriptor>> all =
                ManifestCheck.descriptors(validation, place, subject.manifest(), "manifests", "manifest");
        Map<Platform, Integer> platforms = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isEmpty()) {
                continue;
            }
            Descriptor descriptor = all.get(i).get();
            String at = place + ", manifest " + i + " (" + descriptor.digest() + ")";
            Integer first = onePerPlatform && isImage(descriptor)
                    ? platforms.putIfAbsent(descriptor.platform().get().normal(), i) : null;
            if (first != null) {
                validation.add(at, "is for " + descriptor.platform().get() + ", as manifest " + first + " is");
            }
            validation.refer(descriptor.digest());
            family(at, descriptor.mediaType());
            validation.attempt(at, () -> {
                if (isManifest(descriptor.mediaType())) {
                    child(at, descriptor);
                } else {
                    extra(at, descriptor);
                }
            });
        }
    }

    private static boolean isImage(Descriptor descriptor) {
        return descriptor.platform().filter(platform -> !platform.isUnknown()).isPresent()
                && !descriptor.annotations().containsKey(ATTESTATION);
    }

    private static boolean isManifest(MediaType type) {
        return type.name().isEmpty() || type.isManifest() || type.isIndex();
    }

    private void family(String at, MediaType child) {
        boolean isKnown = isManifest(child) && !child.name().isEmpty();
        if (isKnown && !type.name().isEmpty() && child.isDocker() != type.isDocker()) {
            validation.add(at, "has the media type " + child + " in an index of the type " + type);
        }
    }

    /** Something of a kind that is not known here, which an index may well list. */
    private void extra(String at, Descriptor descriptor) throws IOException {
        if (descriptor.platform().isPresent()) {
            validation.add(at, "has a platform as an image has, but the media type " + descriptor.mediaType());
        }
        new BlobCheck(validation, at, descriptor.digest(), descriptor.size()).check(subject.extra(descriptor));
    }

    private void child(String at, Descriptor descriptor) throws IOException {
        if (depth == DEEPEST) {
            validation.add(at, "lies in more than " + DEEPEST + " indexes");
            return;
        }
        Subject child = subject.child(descriptor, at);
        byte[] bytes = child.manifest().bytes();
        BlobCheck check = new BlobCheck(validation, at, descriptor.digest(), descriptor.size());
        check.size(bytes.length);
        check.digest(Digest.of(descriptor.digest().algorithm(), descriptor.digest().hasher().digest(bytes)));
        Optional<Platform> is = validation.check(child, descriptor.mediaType(), depth + 1);
        Optional<Platform> listed = descriptor.platform();
        if (listed.isPresent() && (listed.get().os().isEmpty() || listed.get().architecture().isEmpty())) {
            validation.add(at, "its platform has no os or no architecture");
        } else if (listed.isPresent() && is.isPresent() && !listed.get().agreesWith(is.get())) {
            validation.add(at, "is listed for " + listed.get() + ", but its config says " + is.get());
        }
    }
}
