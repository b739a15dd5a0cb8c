package dev.davit.blob;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Davit's own gzip compressor. Its output is a function of the input and the {@link Level} alone: not of the Java
 * runtime and its zlib, the number of processors, or how the input is cut into writes. What a codec's name stands for
 * never changes; another output gets another name.
 *
 * <p>Only compression is here: to decompress, any decoder will do.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952: GZIP</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951: DEFLATE</a>
 */
public final class Gzip {

    /** What to spend time on. Its text, such as {@code gzip/1}, names the codec: same text, same bytes. */
    public enum Level {

        /** Output about as large as zlib's at its level 6, in half the time. */
        DEFAULT("gzip/1", 0) {
            @Override
            Matcher matcher() {
                return new ChainMatcher();
            }
        },

        /** Output about as large as zlib's at its level 1, in less time. */
        FAST("gzip/1 fast", 4) {
            @Override
            Matcher matcher() {
                return new FastMatcher();
            }
        };

        private final String codec;
        private final int extraFlags;

        Level(String codec, int extraFlags) {
            this.codec = codec;
            this.extraFlags = extraFlags;
        }

        /**
         * The level of a codec's name.
         *
         * @throws IllegalArgumentException if there is no codec of that name
         */
        public static Level parse(String codec) {
            for (Level level : values()) {
                if (level.codec.equals(codec)) {
                    return level;
                }
            }
            throw new IllegalArgumentException("unknown codec '" + codec + "': expected gzip/1 or gzip/1 fast");
        }

        abstract Matcher matcher();

        /** One member without name or time, from an unknown system: RFC 1952, 2.3. */
        byte[] header() {
            return new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, (byte) extraFlags, (byte) 255};
        }

        @Override
        public String toString() {
            return codec;
        }
    }

    private Gzip() {
    }

    /** {@link #compress(OutputStream, Level)} at {@link Level#DEFAULT}. */
    public static OutputStream compress(OutputStream out) throws IOException {
        return compress(out, Level.DEFAULT);
    }

    /**
     * A stream that writes what it is given to another one, as a single gzip member. Closing it ends the member and
     * closes the other stream.
     *
     * <p>Input beyond the first 256 KiB is compressed in the background, on as many threads as there are processors
     * but at most sixteen, which all streams share; the calling thread alone writes to the other stream. It takes
     * 1.1 MB of memory for each of these threads and twice that besides. Flushing has no effect, because output must not depend on it. A stream that is never closed leaves
     * nothing behind but an incomplete member.
     *
     * <p>A write that fails, or whose thread is interrupted, leaves the stream unusable: later writes fail too, and
     * closing only closes the other stream.
     *
     * @throws IOException if the header cannot be written
     */
    public static OutputStream compress(OutputStream out, Level level) throws IOException {
        return new GzipStream(out, level, SectionWorkers.SHARED);
    }
}
