package dev.davit.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of content by its hash: {@code sha256:} and 64 lower-case hexadecimal digits, or {@code sha512:} and 128.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">Digests</a>
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {

    private static final Pattern LOWER_HEX = Pattern.compile("[0-9a-f]+");

    /** @throws IllegalArgumentException if the algorithm is unknown or the hash has another form or length */
    public Digest {
        int length = switch (algorithm) {
            case "sha256" -> 64;
            case "sha512" -> 128;
            default -> throw malformed(algorithm + ":" + hex);
        };
        if (hex.length() != length || !LOWER_HEX.matcher(hex).matches()) {
            throw malformed(algorithm + ":" + hex);
        }
    }

    /** @throws IllegalArgumentException if the text is not a digest */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw malformed(text);
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The SHA-256 digest of these bytes. */
    public static Digest of(byte[] bytes) {
        return of("sha256", sha256().digest(bytes));
    }

    /** The digest that a finished hash stands for. */
    public static Digest of(String algorithm, byte[] hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /** A fresh hash of this digest's algorithm, to check content against it. */
    public MessageDigest hasher() {
        return hasher(algorithm);
    }

    /** A fresh SHA-256. */
    public static MessageDigest sha256() {
        return hasher("sha256");
    }

    private static MessageDigest hasher(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT).replace("SHA", "SHA-"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("malformed digest '" + text
                + "': expected sha256: and 64 lower-case hexadecimal digits, or sha512: and 128");
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
