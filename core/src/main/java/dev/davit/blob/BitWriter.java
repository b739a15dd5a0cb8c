package dev.davit.blob;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Deflate's bit order into an array: the first bit is the lowest one of the first byte.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.1.1">RFC 1951, 3.1.1</a>
 */
final class BitWriter {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int size;
    /** Fewer than eight bits that are not a whole byte yet. */
    private long pending;
    private int pendingBits;

    BitWriter(int capacity) {
        // All pending bits are stored at a time, whole bytes or not.
        bytes = new byte[capacity + Long.BYTES];
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
        pending = 0;
        pendingBits = 0;
    }

    boolean isAligned() {
        return pendingBits == 0;
    }

    /** Fills up to a whole byte. */
    void align() {
        bits(0, -pendingBits & 7);
    }

    /** Appends the lowest {@code count} bits, at most 32, of a value that has no higher ones. */
    void bits(int value, int count) {
        pending |= (value & 0xFFFFFFFFL) << pendingBits;
        pendingBits += count;
        LONG.set(bytes, size, pending);
        size += pendingBits >>> 3;
        pending >>>= pendingBits & ~7;
        pendingBits &= 7;
    }

    /** Appends a code: its bits, and their number in the upper byte. */
    void code(int code) {
        bits(code & 0xFFFFFF, code >>> 24);
    }

    /** Appends bytes; the writer must be aligned. */
    void bytes(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** Appends tokens, each under the code of its value, which has any extra bits in it, and of its distance. */
    void tokens(int[] tokens, int count, int[] valueCodes, int[] distanceCodes) {
        // In local variables, or each step would wait for the last one's fields to get through memory.
        byte[] out = bytes;
        int at = size;
        long bits = pending;
        int filled = pendingBits;
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            int code = valueCodes[Token.value(token)];
            bits |= (long) (code & 0xFFFFFF) << filled;
            filled += code >>> 24;
            int distance = Token.distance(token);
            if (distance != 0) {
                int extraBits = Token.extraBitsOf(distance);
                int far = distanceCodes[Token.distanceSymbol(distance, extraBits)];
                bits |= (long) (far & 0xFFFFFF) << filled;
                filled += far >>> 24;
                bits |= (long) (distance - 1 & (1 << extraBits) - 1) << filled;
                filled += extraBits;
            }
            // At most 7 bits were left over and a match takes 15 + 5 + 15 + 13: 55 of the 64.
            LONG.set(out, at, bits);
            at += filled >>> 3;
            bits >>>= filled & ~7;
            filled &= 7;
        }
        size = at;
        pending = bits;
        pendingBits = filled;
    }
}
