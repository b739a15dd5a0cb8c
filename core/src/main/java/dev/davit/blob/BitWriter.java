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
    private long pending;
    private int pendingBits;

    BitWriter(int capacity) {
        bytes = new byte[capacity + Long.BYTES];
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whole bytes written; what is left over, fewer than eight bits, waits for {@link #align()}. */
    int size() {
        return size;
    }

    /** Bits that are missing to a whole byte. */
    int missingBits() {
        return -pendingBits & 7;
    }

    void clear() {
        size = 0;
        pending = 0;
        pendingBits = 0;
    }

    /** Appends the lowest {@code count} bits, at most 32, of a value that has no higher ones. */
    void bits(int value, int count) {
        pending |= (value & 0xFFFFFFFFL) << pendingBits;
        pendingBits += count;
        LONG.set(bytes, size, pending);
        int whole = pendingBits >>> 3;
        size += whole;
        pending >>>= whole << 3;
        pendingBits &= 7;
    }

    void align() {
        bits(0, missingBits());
    }

    /** Appends bytes; the writer must be aligned. */
    void bytes(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /**
     * Appends symbols under their codes. A code is its bits, and their number in the upper byte;
     * a length's and a distance's extra bits follow their code.
     */
    void symbols(int[] symbols, int count, int[] literals, int[] lengths, int[] distances) {
        byte[] out = bytes;
        int at = size;
        long bits = pending;
        int filled = pendingBits;
        for (int i = 0; i < count; i++) {
            int symbol = symbols[i];
            int distance = Symbol.distance(symbol);
            if (distance == 0) {
                int code = literals[symbol];
                bits |= (long) (code & 0xFFFFFF) << filled;
                filled += code >>> 24;
            } else {
                int code = lengths[Symbol.length(symbol)];
                bits |= (long) (code & 0xFFFFFF) << filled;
                filled += code >>> 24;
                int extra = Symbol.distanceExtraBits(distance);
                int far = distances[Symbol.distanceSymbol(distance, extra)];
                bits |= (long) (far & 0xFFFFFF) << filled;
                filled += far >>> 24;
                bits |= (long) (distance - 1 & (1 << extra) - 1) << filled;
                filled += extra;
            }
            // At most 7 bits were left over and 15 + 5 + 15 + 13 come with a match: 55 of 64.
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
