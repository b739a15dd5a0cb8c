package dev.davit.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The system that an image runs on. Text form: {@code os/architecture[/variant][:os.version]}. Parts that are not said
 * are empty.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md#image-index-property-descriptions">
 *     Platform in the image index</a>
 */
public record Platform(String os, String architecture, String variant, String osVersion, List<String> osFeatures) {

    /** The members that {@link #tree()} may have. */
    static final List<String> MEMBERS = List.of("architecture", "os", "os.version", "os.features", "variant");

    private static final Pattern TEXT = Pattern.compile("([\\w.-]+)/([\\w.-]+)(?:/([\\w.-]+))?(?::([\\w.-]+))?");

    public Platform {
        osFeatures = List.copyOf(osFeatures);
    }

    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, "", "", List.of());
    }

    /** @throws IllegalArgumentException if the text has another form; quotes it */
    public static Platform parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("malformed platform '" + text
                    + "': expected OS/ARCHITECTURE[/VARIANT][:OS.VERSION], such as linux/amd64 or linux/arm/v7");
        }
        return new Platform(parts.group(1), parts.group(2), Objects.requireNonNullElse(parts.group(3), ""),
                Objects.requireNonNullElse(parts.group(4), ""), List.of());
    }

    /** The platform in a descriptor's {@code platform} member or at the top of a config. */
    static Platform of(Map<String, @Nullable Object> tree) {
        List<String> features = new ArrayList<>();
        if (tree.get("os.features") instanceof List<?> list) {
            list.forEach(feature -> features.add(String.valueOf(feature)));
        }
        return new Platform(text(tree, "os"), text(tree, "architecture"), text(tree, "variant"),
                text(tree, "os.version"), features);
    }

    private static String text(Map<String, @Nullable Object> tree, String key) {
        return tree.get(key) instanceof String text ? text : "";
    }

    /** The members of a descriptor's {@code platform}, in the specification's order. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("architecture", architecture);
        tree.put("os", os);
        if (!osVersion.isEmpty()) {
            tree.put("os.version", osVersion);
        }
        if (!osFeatures.isEmpty()) {
            tree.put("os.features", osFeatures);
        }
        if (!variant.isEmpty()) {
            tree.put("variant", variant);
        }
        return tree;
    }

    /** Whether no system is named: neither operating system nor architecture, or {@code unknown/unknown}. */
    public boolean isUnknown() {
        return os.isEmpty() && architecture.isEmpty() || os.equals("unknown") && architecture.equals("unknown");
    }

    /**
     * Whether an image for this platform is what someone who asks for {@code wanted} means: each part that
     * {@code wanted} names is the same. {@code arm64} is {@code arm64/v8} and {@code amd64} is {@code amd64/v1};
     * {@code 10.0.17763} names all revisions of that version.
     */
    public boolean satisfies(Platform wanted) {
        return os.equals(wanted.os) && (wanted.architecture.isEmpty() || architecture.equals(wanted.architecture))
                && (wanted.variant.isEmpty() || normalVariant().equals(wanted.normalVariant()))
                && (wanted.osVersion.isEmpty() || (osVersion + ".").startsWith(wanted.osVersion + "."))
                && osFeatures.containsAll(wanted.osFeatures);
    }

    Platform withoutVariantAndVersion() {
        return new Platform(os, architecture, "", "", osFeatures);
    }

    /** Whether both can be said of one image: they differ in nothing but what one of them leaves unsaid. */
    public boolean agreesWith(Platform other) {
        return os.equals(other.os) && architecture.equals(other.architecture)
                && (variant.isEmpty() || other.variant.isEmpty() || normalVariant().equals(other.normalVariant()))
                && (osVersion.isEmpty() || other.osVersion.isEmpty() || osVersion.equals(other.osVersion));
    }

    /** The same platform with the variant said that engines take it for: {@code arm/v7} for {@code arm}. */
    public Platform normal() {
        return new Platform(os, architecture, normalVariant(), osVersion, osFeatures);
    }

    /** The variant that is meant where none is named: {@code arm} is {@code arm/v7}. */
    String normalVariant() {
        if (!variant.isEmpty()) {
            return variant;
        }
        return switch (architecture) {
            case "arm64" -> "v8";
            case "arm" -> "v7";
            case "amd64" -> "v1";
            default -> "";
        };
    }

    @Override
    public String toString() {
        return os + (architecture.isEmpty() ? "" : "/" + architecture) + (variant.isEmpty() ? "" : "/" + variant)
                + (osVersion.isEmpty() ? "" : ":" + osVersion);
    }
}
