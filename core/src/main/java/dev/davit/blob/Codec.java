package dev.davit.blob;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.github.luben.zstd.util.ZstdVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to pack bytes, by its name: {@code none}, {@code gzip}, {@code gzip/1}, {@code gzip/1 fast}, {@code zstd} or a
 * level of it such as {@code zstd 19}. The same input gives the same bytes on every machine.
 */
public final class Codec {

    private static final int HIGHEST_ZSTD = 22;
    private static final String ZSTD = "zstd-jni " + ZstdVersion.VERSION;
    private static final Pattern ZSTD_LEVEL = Pattern.compile("zstd (\\d{1,2})");

    private interface Packer {
        OutputStream compress(OutputStream out) throws IOException;
    }

    private final String name;
    private final Compression compression;
    private final boolean exact;
    private final Packer packer;

    private Codec(String name, Compression compression, boolean exact, Packer packer) {
        this.name = name;
        this.compression = compression;
        this.exact = exact;
        this.packer = packer;
    }

    /** What packs this way where nobody cares about the details. */
    public static Codec of(Compression compression) {
        String name = switch (compression) {
            case NONE -> "none";
            case GZIP -> "gzip";
            case ZSTD -> "zstd";
        };
        return new Codec(name, compression, false, compression::compress);
    }

    /** @throws IllegalArgumentException unless the level is from 1 to 22 */
    public static Codec zstd(int level) {
        if (level < 1 || level > HIGHEST_ZSTD) {
            throw new IllegalArgumentException("zstd has no level " + level + ": expected 1 to " + HIGHEST_ZSTD);
        }
        return new Codec("zstd " + level, Compression.ZSTD, true, out -> new ZstdOutputStreamNoFinalizer(out, level));
    }

    /**
     * What packs here, by name and version: {@code gzip/1}, {@code zstd-jni 1.5.7-6}. The same one gives the same bytes;
     * another version may not.
     */
    public static List<String> implementations() {
        return List.of(Gzip.Level.DEFAULT.toString(), ZSTD);
    }

    /** The one of these that packs in this way; nothing for what is not packed. */
    public static Optional<String> implementation(Compression compression) {
        return switch (compression) {
            case NONE -> Optional.empty();
            case GZIP -> Optional.of(Gzip.Level.DEFAULT.toString());
            case ZSTD -> Optional.of(ZSTD);
        };
    }

    /** @throws IllegalArgumentException if there is no codec of that name; quotes it */
    public static Codec parse(String name) {
        for (Compression compression : Compression.values()) {
            if (of(compression).name.equals(name)) {
                return of(compression);
            }
        }
        for (Gzip.Level level : Gzip.Level.values()) {
            if (level.toString().equals(name)) {
                return new Codec(name, Compression.GZIP, true, out -> Gzip.compress(out, level));
            }
        }
        Matcher zstd = ZSTD_LEVEL.matcher(name);
        if (zstd.matches()) {
            return zstd(Integer.parseInt(zstd.group(1)));
        }
        throw new IllegalArgumentException("unknown codec '" + name
                + "': expected none, gzip, gzip/1, gzip/1 fast, zstd or a level of it such as zstd 19");
    }

    public Compression compression() {
        return compression;
    }

    /** Whether the name stands for these very bytes; {@code gzip} is content with what any other gzip has packed. */
    public boolean isExact() {
        return exact;
    }

    /** Packs what is written. Closing closes {@code out}. */
    public OutputStream compress(OutputStream out) throws IOException {
        return packer.compress(out);
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
