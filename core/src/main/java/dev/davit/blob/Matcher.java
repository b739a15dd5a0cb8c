package dev.davit.blob;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds what was there before: turns a stretch of bytes into tokens. What it finds must follow from the bytes alone,
 * not from what it was used for before.
 */
abstract sealed class Matcher permits ChainMatcher, FastMatcher {

    /** Bytes that a search looks at together. */
    static final int WORD = Integer.BYTES;
    /** As the position of what has not been seen: too far back for every position there is. */
    static final int NOWHERE = -2 * Token.MAX_DISTANCE;
    /** The most literals that are passed over without a search. */
    static final int MAX_SKIP = 64;
    /** More tokens than a matcher makes in one step: literals passed over, or one for each match put off. */
    static final int STEP = 2 * MAX_SKIP;

    /** Near 2^32 divided by the golden ratio, so that the products of like words lie far apart. */
    private static final int SPREAD = 0x9E3779B1;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * Hands over the tokens for the bytes from {@code from} to {@code to}; matches may go back to {@code dictionary}.
     * The array reaches at least eight bytes further; what is there does not matter.
     *
     * @return the number of tokens that are not handed over yet, for there are too few for a piece
     */
    abstract int match(byte[] bytes, int dictionary, int from, int to, BlockWriter out);

    static int word(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static int hash(int word, int bits) {
        return word * SPREAD >>> Integer.SIZE - bits;
    }

    /** How long two places are the same, up to a limit, given that they are for a word. */
    static int length(byte[] bytes, int a, int b, int limit) {
        for (int length = WORD; length < limit; length += Long.BYTES) {
            long difference = (long) LONG.get(bytes, a + length) ^ (long) LONG.get(bytes, b + length);
            if (difference != 0) {
                return Math.min(limit, length + (Long.numberOfTrailingZeros(difference) >>> 3));
            }
        }
        return limit;
    }

    /** Writes literals; says the index of the next token. */
    static int literals(byte[] bytes, int from, int to, int[] tokens, int index) {
        int next = index;
        for (int at = from; at < to; at++) {
            tokens[next++] = Token.literal(bytes[at]);
        }
        return next;
    }
}
