package dev.davit.blob;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds what was there before: turns a stretch of bytes into literals and matches. */
abstract sealed class Matcher permits ChainMatcher, FastMatcher {

    /** Bytes that the search looks at together; nothing shorter is found. */
    static final int LEAST = 4;
    static final int HASH_MULTIPLIER = 0x9E3779B1;
    /** A position too far before any other to be in reach. */
    static final int NOWHERE = -2 * Symbol.MAX_DISTANCE;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * Writes the symbols for the bytes from {@code from} to {@code to}; those from {@code dictionary} on have gone
     * before. The array reaches at least eight bytes beyond {@code to}; what is there does not matter.
     */
    abstract void match(byte[] bytes, int dictionary, int from, int to, BlockWriter out);

    static int four(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /** Bytes from {@code known} up to {@code limit} that are the same at two places. */
    static int extend(byte[] bytes, int a, int b, int known, int limit) {
        for (int length = known; length < limit; length += Long.BYTES) {
            long differing = (long) LONG.get(bytes, a + length) ^ (long) LONG.get(bytes, b + length);
            if (differing != 0) {
                return Math.min(limit, length + (Long.numberOfTrailingZeros(differing) >>> 3));
            }
        }
        return limit;
    }
}
