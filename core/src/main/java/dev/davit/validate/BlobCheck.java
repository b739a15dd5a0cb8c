package dev.davit.validate;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** Checks bytes against the digest and the size that something says of them. */
final class BlobCheck {

    private final Validation validation;
    private final String place;
    private final Digest digest;
    private final long size;

    BlobCheck(Validation validation, String place, Digest digest, long size) {
        this.validation = validation;
        this.place = place;
        this.digest = digest;
        this.size = size;
    }

    /** Checks the bytes, or in a fast validation that they are there. */
    void check(Blob blob) throws IOException {
        if (validation.isFast()) {
            checkStored(blob);
            return;
        }
        validation.attempt(place, () -> {
            try (HashedInputStream in = open(blob)) {
                in.transferTo(OutputStream.nullOutputStream());
                judge(in);
            }
        });
    }

    void checkStored(Blob blob) throws IOException {
        validation.attempt(place, () -> {
            OptionalLong stored = blob.stored();
            if (stored.isEmpty()) {
                validation.add(place, "is not there");
            } else {
                size(stored.getAsLong());
            }
        });
    }

    /** The bytes, to be judged when they are all read. A registry may send them without an end. */
    HashedInputStream open(Blob blob) throws IOException {
        return new HashedInputStream(blob.openUnverified(), digest, blob.isLocal() ? Long.MAX_VALUE : size + 1);
    }

    void judge(HashedInputStream in) {
        if (in.isCut()) {
            validation.add(place, "has more bytes than the " + size + " that its descriptor says");
            return;
        }
        size(in.count());
        digest(in.digest());
    }

    void size(long actual) {
        if (actual != size) {
            validation.add(place, "has " + actual + " bytes, but its descriptor says " + size);
        }
    }

    void digest(Digest actual) {
        if (!actual.equals(digest)) {
            validation.add(place, "has other content than its digest says: it is " + actual);
        }
    }
}
