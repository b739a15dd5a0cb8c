package dev.davit.ref;

import dev.davit.blob.Digest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image in a registry: a repository and a tag, a digest, or both; {@code latest} where it says neither.
 * With both, the digest decides what is fetched.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests">Names</a>
 */
public final class Reference {

    private static final String DEFAULT_TAG = "latest";
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private final Repository repository;
    private final @Nullable String tag;
    private final @Nullable Digest digest;

    private Reference(Repository repository, @Nullable String tag, @Nullable Digest digest) {
        this.repository = repository;
        this.tag = tag;
        this.digest = digest;
    }

    /** A tag in a repository. */
    public static Reference of(Repository repository, String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("malformed tag '" + tag + "': expected up to 128 letters, digits and _ . -, "
                    + "not beginning with . or -");
        }
        return new Reference(repository, tag, null);
    }

    /** A digest in a repository. */
    public static Reference of(Repository repository, Digest digest) {
        return new Reference(repository, null, digest);
    }

    /**
     * Reads {@code [REGISTRY/]REPOSITORY[:TAG][@DIGEST]}.
     *
     * @throws IllegalArgumentException if the text is not a reference; quotes it
     */
    public static Reference parse(String text) {
        try {
            int at = text.indexOf('@');
            String name = at < 0 ? text : text.substring(0, at);
            Digest digest = at < 0 ? null : Digest.parse(text.substring(at + 1));
            int colon = name.lastIndexOf(':');
            if (colon > name.lastIndexOf('/')) {
                Reference tagged = of(Repository.parse(name.substring(0, colon)), name.substring(colon + 1));
                return new Reference(tagged.repository, tagged.tag, digest);
            }
            return new Reference(Repository.parse(name), digest == null ? DEFAULT_TAG : null, digest);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("malformed reference '" + text + "': " + e.getMessage(), e);
        }
    }

    public Repository repository() {
        return repository;
    }

    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    public Optional<Digest> digest() {
        return Optional.ofNullable(digest);
    }

    /** What a registry is asked for: the digest if there is one, else the tag. */
    public String identifier() {
        return digest == null ? String.valueOf(tag) : digest.toString();
    }

    /** The same tag and digest in another repository. */
    public Reference withRepository(Repository other) {
        return new Reference(other, tag, digest);
    }

    /** The same repository by this digest, without a tag. */
    public Reference withDigest(Digest other) {
        return of(repository, other);
    }

    /** The same repository by this tag, without a digest. */
    public Reference withTag(String other) {
        return of(repository, other);
    }

    /** The name as people write it: without Docker Hub's host, and without {@code library/}. */
    public String familiar() {
        return repository.familiar() + suffix();
    }

    private String suffix() {
        return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reference reference && toString().equals(reference.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The full name, with registry and with tag or digest. */
    @Override
    public String toString() {
        return repository + suffix();
    }
}
