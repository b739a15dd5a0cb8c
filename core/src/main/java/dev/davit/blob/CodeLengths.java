package dev.davit.blob;

import java.util.Arrays;

/**
 * What a dynamic block says of its two codes before it uses them: the lengths, runs folded, under a third code.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7">RFC 1951, 3.2.7</a>
 */
final class CodeLengths {

    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int[] EXTRA_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7};

    private final int[] lengths = new int[Symbol.LITERALS + Symbol.DISTANCES];
    private final int[] folded = new int[lengths.length];
    private final int[] counts = new int[ORDER.length];
    private final Huffman code = new Huffman(ORDER.length, 7);
    private int literals;
    private int distances;
    private int foldedCount;
    private int ordered;

    /** Takes the codes to describe. */
    void describe(Huffman literalCode, Huffman distanceCode) {
        literals = used(literalCode.lengths, 257);
        distances = used(distanceCode.lengths, 1);
        System.arraycopy(literalCode.lengths, 0, lengths, 0, literals);
        System.arraycopy(distanceCode.lengths, 0, lengths, literals, distances);
        Arrays.fill(counts, 0);
        foldedCount = 0;
        fold(literals + distances);
        code.build(counts);
        ordered = ORDER.length;
        while (ordered > 4 && code.lengths[ORDER[ordered - 1]] == 0) {
            ordered--;
        }
    }

    /** Bits that {@link #write} takes. */
    long cost() {
        long bits = 5 + 5 + 4 + 3L * ordered + code.cost(counts);
        for (int symbol = REPEAT; symbol <= MANY_ZEROS; symbol++) {
            bits += (long) counts[symbol] * EXTRA_BITS[symbol];
        }
        return bits;
    }

    void write(BitWriter out) {
        out.bits(literals - 257, 5);
        out.bits(distances - 1, 5);
        out.bits(ordered - 4, 4);
        for (int i = 0; i < ordered; i++) {
            out.bits(code.lengths[ORDER[i]], 3);
        }
        for (int i = 0; i < foldedCount; i++) {
            int symbol = folded[i] & 0xFF;
            out.bits(code.codes[symbol] & 0xFFFFFF, code.lengths[symbol]);
            out.bits(folded[i] >>> 8, EXTRA_BITS[symbol]);
        }
    }

    private static int used(int[] lengths, int least) {
        int used = lengths.length;
        while (used > least && lengths[used - 1] == 0) {
            used--;
        }
        return used;
    }

    private void fold(int end) {
        for (int at = 0; at < end; ) {
            int length = lengths[at];
            int run = 1;
            while (at + run < end && lengths[at + run] == length) {
                run++;
            }
            at += run;
            if (length != 0) {
                add(length, 0);
                run--;
            }
            while (run >= 3) {
                int folding = length != 0 ? REPEAT : run < 11 ? ZEROS : MANY_ZEROS;
                int least = folding == MANY_ZEROS ? 11 : 3;
                int most = least + (1 << EXTRA_BITS[folding]) - 1;
                int taken = Math.min(run, most);
                add(folding, taken - least);
                run -= taken;
            }
            while (run-- > 0) {
                add(length, 0);
            }
        }
    }

    private void add(int symbol, int extra) {
        folded[foldedCount++] = symbol | extra << 8;
        counts[symbol]++;
    }
}
