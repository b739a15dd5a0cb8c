package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an image is, or is to go, in one text for every medium:
 * <ul>
 * <li>{@code [REGISTRY/]REPOSITORY[:TAG][@DIGEST]}, in a registry;
 * <li>{@code oci:FOLDER[:NAME][@DIGEST]}, in an OCI layout directory;
 * <li>{@code archive:FILE[:NAME][@DIGEST]}, in an archive; {@code -} is one on standard input or output;
 * <li>{@code daemon:NAME}, in the Docker or Podman engine of this machine.
 * </ul>
 * A path ends at its first colon that is not a Windows drive's. A repository of Docker Hub that is called as a medium is
 * {@code docker.io/library/oci}.
 *
 * @param path the folder or the file, as it was said; {@code -} for standard input or output; else empty
 * @param name in a registry the reference in full; elsewhere maybe empty
 * @param digest elsewhere than in a registry, what was said to choose by
 */
public record Place(Medium medium, String path, String name, Optional<Digest> digest) {

    /** What images are kept in. */
    public enum Medium { REGISTRY, LAYOUT, ARCHIVE, ENGINE }

    private static final String LAYOUT = "oci:";
    private static final String ARCHIVE = "archive:";
    private static final String ENGINE = "daemon:";
    private static final String STANDARD = "-";

    /** A path, maybe with a drive; a name; a digest. */
    private static final Pattern IN_PATH = Pattern.compile(
            "((?:[A-Za-z]:(?=[/\\\\]))?[^:]+?)(?::(.+?))?(?:@(sha(?:256|512):[0-9a-f]+))?");

    /** What other tools say, and what is said here. */
    private static final Map<String, String> FOREIGN = new LinkedHashMap<>();

    static {
        FOREIGN.put("docker://", "");
        FOREIGN.put("https://", "");
        FOREIGN.put("http://", "");
        FOREIGN.put("oci-archive:", ARCHIVE);
        FOREIGN.put("docker-archive:", ARCHIVE);
        FOREIGN.put("docker-daemon:", ENGINE);
        FOREIGN.put("containers-storage:", ENGINE);
    }

    /** @throws IllegalArgumentException if the text has none of the forms; quotes it and says which it should have */
    public static Place parse(String text) {
        for (Map.Entry<String, String> other : FOREIGN.entrySet()) {
            if (text.startsWith(other.getKey())) {
                throw malformed(text, "'" + other.getValue() + text.substring(other.getKey().length()) + "'");
            }
        }
        if (text.equals(STANDARD)) {
            return of(Medium.ARCHIVE, STANDARD, "");
        }
        if (text.startsWith(LAYOUT)) {
            return inPath(Medium.LAYOUT, LAYOUT, "FOLDER", text);
        }
        if (text.startsWith(ARCHIVE)) {
            return inPath(Medium.ARCHIVE, ARCHIVE, "FILE", text);
        }
        if (text.startsWith(ENGINE)) {
            if (text.equals(ENGINE)) {
                throw malformed(text, "daemon:NAME");
            }
            return of(Medium.ENGINE, "", text.substring(ENGINE.length()));
        }
        if (text.startsWith("/") || text.startsWith(".")) {
            throw malformed(text, "'" + ARCHIVE + text + "' for a file, or '" + LAYOUT + text + "' for a folder");
        }
        return of(Reference.parse(text));
    }

    /**
     * Where an image keeps its name in another place: in {@code oci:FOLDER}, {@code archive:FILE} and {@code daemon:} as it is,
     * in {@code REGISTRY[/PATH]} below that, without the registry of its own.
     *
     * @param name a reference to a registry, or a digest for what has no name
     * @throws IllegalArgumentException if a registry is to have what has no name
     */
    public static Place under(String target, String name) {
        boolean isNamed = !name.matches("sha(256|512):.*");
        String said = isNamed ? Reference.parse(name).familiar() : "";
        if (target.equals(ENGINE)) {
            return of(Medium.ENGINE, "", said);
        }
        if (target.startsWith(LAYOUT) || target.startsWith(ARCHIVE)) {
            Place place = parse(target);
            return of(place.medium, place.path, said);
        }
        if (!isNamed) {
            throw new IllegalArgumentException(name + " has no name to go by: expected one image, and where it is to go");
        }
        Reference reference = Reference.parse(name);
        Repository own = reference.repository();
        String path = own.isOnHub() ? own.path().replaceFirst("^library/", "") : own.path();
        return of(reference.withRepository(Repository.parse(target + "/" + path)));
    }

    /** @throws IllegalArgumentException if it is a reference to another medium */
    static Reference inRegistry(Object reference) {
        return parse(reference.toString()).reference().orElseThrow(() -> malformed(reference.toString(), "one to a registry"));
    }

    /** The place that a script means by this: a place, or the text of one. */
    static Place meant(Object said) {
        return said instanceof Place place ? place : parse(said.toString());
    }

    static Place of(Reference reference) {
        return of(Medium.REGISTRY, "", reference.toString());
    }

    /** Without a digest. */
    static Place of(Medium medium, Object path, String name) {
        return new Place(medium, path.toString(), name, Optional.empty());
    }

    private static Place inPath(Medium medium, String prefix, String what, String text) {
        Matcher parts = IN_PATH.matcher(text.substring(prefix.length()));
        if (!parts.matches()) {
            throw malformed(text, prefix + what + "[:NAME][@DIGEST]");
        }
        return new Place(medium, parts.group(1), Optional.ofNullable(parts.group(2)).orElse(""),
                Optional.ofNullable(parts.group(3)).map(Digest::parse));
    }

    private static IllegalArgumentException malformed(String text, String expected) {
        return new IllegalArgumentException("malformed reference '" + text + "': expected " + expected);
    }

    /** The reference, of an image in a registry. */
    public Optional<Reference> reference() {
        return medium == Medium.REGISTRY ? Optional.of(Reference.parse(name)) : Optional.empty();
    }

    /** Whether it is an OCI layout directory as a whole. */
    public boolean isLayout() {
        return medium == Medium.LAYOUT && identifier().isEmpty();
    }

    /** Whether it is an archive on standard input or output. */
    boolean isStandard() {
        return path.equals(STANDARD);
    }

    /** What to ask a layout or an archive for: the digest if there is one, else the name. */
    String identifier() {
        return digest.map(Digest::toString).orElse(name);
    }

    /** The same without the digest that was said. */
    Place withoutDigest() {
        return of(medium, path, name);
    }

    /** The same medium by this tag: where the name is a reference, it is its tag, else the name. */
    Place withTag(String tag) {
        boolean isReference = medium == Medium.REGISTRY || medium == Medium.ENGINE || name.matches(".*[:/].*");
        Reference tagged = Reference.parse(isReference ? name : "name").withTag(tag);
        return medium == Medium.REGISTRY ? of(tagged)
                : new Place(medium, path, isReference ? tagged.familiar() : tag, Optional.empty());
    }

    /** The same medium by this digest alone. */
    Place withDigest(Digest other) {
        return switch (medium) {
            case REGISTRY -> of(Reference.parse(name).withDigest(other));
            case LAYOUT, ARCHIVE -> new Place(medium, path, "", Optional.of(other));
            case ENGINE -> new Place(medium, path, name, Optional.of(other));
        };
    }

    /** The text that is read as this place again. */
    @Override
    public String toString() {
        String prefix = switch (medium) {
            case REGISTRY -> "";
            case LAYOUT -> LAYOUT;
            case ARCHIVE -> ARCHIVE;
            case ENGINE -> ENGINE;
        };
        boolean named = !path.isEmpty() && !name.isEmpty();
        return prefix + path + (named ? ":" : "") + name + digest.map(found -> "@" + found).orElse("");
    }
}
