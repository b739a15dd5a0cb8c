package dev.davit.registry;

import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import java.util.Optional;

/**
 * Something that a rehearsing client would have changed in a registry; see {@link Settings#rehearse}.
 *
 * @param what a blob or a manifest by its digest; a manifest that gets a tag by both
 * @param size bytes of the blob or the manifest; 0 for one that goes
 * @param from the repository that a blob is mounted from
 */
public record Write(Kind kind, Reference what, long size, Optional<Repository> from) {

    /** What becomes of it. */
    public enum Kind { UPLOAD, MOUNT, MANIFEST, DELETE }
}
