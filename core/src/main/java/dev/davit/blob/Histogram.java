package dev.davit.blob;

import java.util.Arrays;

/** How often each symbol occurs in a stretch of them, and what they would cost under a code of their own. */
final class Histogram {

    /** Fractions of a bit in which {@link #cost()} counts. */
    private static final int FRACTION = 10;
    private static final int LOG_TABLE_BITS = 12;
    /** StrictMath, because Math may differ in the last bit between platforms. */
    private static final int[] LOG2 = new int[1 << LOG_TABLE_BITS];

    static {
        for (int i = 1; i < LOG2.length; i++) {
            LOG2[i] = (int) StrictMath.rint(StrictMath.log(i) / StrictMath.log(2) * (1 << FRACTION));
        }
    }

    final int[] literals = new int[Symbol.LITERALS];
    final int[] distances = new int[Symbol.DISTANCES];
    /** Bytes of input that the symbols stand for. */
    private int bytes;

    int bytes() {
        return bytes;
    }

    /** Counts these symbols, and one end of block, instead of what was counted before. */
    void count(int[] symbols, int from, int to) {
        Arrays.fill(literals, 0);
        Arrays.fill(distances, 0);
        literals[Symbol.END_OF_BLOCK] = 1;
        int covered = 0;
        for (int i = from; i < to; i++) {
            int symbol = symbols[i];
            int distance = Symbol.distance(symbol);
            if (distance == 0) {
                literals[symbol]++;
                covered++;
            } else {
                int length = Symbol.length(symbol);
                literals[Symbol.lengthSymbol(length)]++;
                distances[Symbol.distanceSymbol(distance, Symbol.distanceExtraBits(distance))]++;
                covered += length;
            }
        }
        bytes = covered;
    }

    /** Becomes the sum of two, with one end of block. */
    void sum(Histogram a, Histogram b) {
        for (int i = 0; i < literals.length; i++) {
            literals[i] = a.literals[i] + b.literals[i];
        }
        literals[Symbol.END_OF_BLOCK] = 1;
        for (int i = 0; i < distances.length; i++) {
            distances[i] = a.distances[i] + b.distances[i];
        }
        bytes = a.bytes + b.bytes;
    }

    /** The bits that an ideal code would take, without extra bits and without describing itself. */
    long cost() {
        return cost(literals) + cost(distances) >> FRACTION;
    }

    private static long cost(int[] counts) {
        int total = 0;
        long saved = 0;
        for (int count : counts) {
            total += count;
            saved += count * (long) log2(count);
        }
        return total * (long) log2(total) - saved;
    }

    private static int log2(int n) {
        int shift = Math.max(0, Integer.SIZE - LOG_TABLE_BITS - Integer.numberOfLeadingZeros(n));
        return LOG2[n >>> shift] + (shift << FRACTION);
    }
}
