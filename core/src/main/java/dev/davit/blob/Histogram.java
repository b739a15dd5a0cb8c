package dev.davit.blob;

import java.util.Arrays;

/** How often each symbol occurs in a stretch of tokens, and what they would take under codes of their own. */
final class Histogram {

    /** Binary digits of a logarithm's fraction. */
    private static final int FRACTION = 10;
    private static final int LOG2_BITS = 12;
    private static final int[] LOG2 = new int[1 << LOG2_BITS];

    static {
        for (int i = 1; i < LOG2.length; i++) {
            // Math may differ in the last place between machines, StrictMath does not.
            LOG2[i] = (int) StrictMath.rint(StrictMath.log(i) / StrictMath.log(2) * (1 << FRACTION));
        }
    }

    final int[] values = new int[Token.VALUE_SYMBOLS];
    final int[] distances = new int[Token.NO_DISTANCE + 1];
    private int bytes;
    private long cost;

    /** Bytes of input that the tokens stand for. */
    int bytes() {
        return bytes;
    }

    /** Bits that an ideal code would take, without extra bits and without its own description. */
    long cost() {
        return cost;
    }

    /** Counts these tokens, and one end of block, instead of what was counted before. */
    void count(int[] tokens, int from, int to) {
        Arrays.fill(values, 0);
        Arrays.fill(distances, 0);
        int covered = 0;
        for (int i = from; i < to; i++) {
            // Literals go the way of matches: the branch between them would be guessed wrong too often.
            int value = Token.value(tokens[i]);
            int distance = Token.distance(tokens[i]);
            values[Token.symbol(value)]++;
            distances[Token.distanceSymbol(distance, Token.extraBitsOf(distance))]++;
            covered += Math.max(1, value - 256);
        }
        distances[Token.NO_DISTANCE] = 0;
        values[Token.END_OF_BLOCK] = 1;
        bytes = covered;
        cost = idealCost(values) + idealCost(distances) >> FRACTION;
    }

    /** Becomes the sum of two, with one end of block. */
    void sum(Histogram a, Histogram b) {
        for (int i = 0; i < values.length; i++) {
            values[i] = a.values[i] + b.values[i];
        }
        for (int i = 0; i < distances.length; i++) {
            distances[i] = a.distances[i] + b.distances[i];
        }
        values[Token.END_OF_BLOCK] = 1;
        bytes = a.bytes + b.bytes;
        cost = idealCost(values) + idealCost(distances) >> FRACTION;
    }

    /** Shannon's bound: a symbol takes the logarithm of how many times rarer it is than all together. */
    private static long idealCost(int[] counts) {
        int total = 0;
        long saved = 0;
        for (int count : counts) {
            total += count;
            saved += (long) count * log2(count);
        }
        return (long) total * log2(total) - saved;
    }

    private static int log2(int n) {
        int shift = Math.max(0, Integer.SIZE - LOG2_BITS - Integer.numberOfLeadingZeros(n));
        return LOG2[n >>> shift] + (shift << FRACTION);
    }
}
