package dev.davit.registry;

/** How something is attached to an image in its repository. */
public enum Attachment {

    /** As a manifest that names the image's as its subject. */
    REFERRER,

    /** Under a tag that is made of the image's digest, as cosign makes them: {@code sha256-<hash>.sig}. */
    DIGEST_TAG
}
