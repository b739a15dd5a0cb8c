package dev.davit.blob;

import java.util.Arrays;

/**
 * What a dynamic block says of its two codes before it uses them: the lengths, with runs folded, under a third code.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7">RFC 1951, 3.2.7</a>
 */
final class CodeLengths {

    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int[] EXTRA_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7};
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private final int[] lengths = new int[Token.VALUE_SYMBOLS + Token.DISTANCE_SYMBOLS];
    /** Symbols of the third code, each with its extra bits in the upper bytes. */
    private final int[] folded = new int[lengths.length];
    private final int[] counts = new int[ORDER.length];
    private final Huffman code = new Huffman(ORDER.length, 7);
    private int valueCount;
    private int distanceCount;
    private int foldedCount;
    private int orderCount;

    /** Takes the codes to describe. */
    void describe(Huffman values, Huffman distances) {
        valueCount = withoutZerosAtEnd(values.lengths(), 257);
        distanceCount = withoutZerosAtEnd(distances.lengths(), 1);
        System.arraycopy(values.lengths(), 0, lengths, 0, valueCount);
        System.arraycopy(distances.lengths(), 0, lengths, valueCount, distanceCount);
        foldedCount = 0;
        Arrays.fill(counts, 0);
        // A run may go on from one code to the other.
        fold(valueCount + distanceCount);
        code.build(counts);
        orderCount = ORDER.length;
        while (orderCount > 4 && code.lengths()[ORDER[orderCount - 1]] == 0) {
            orderCount--;
        }
    }

    /** Bits that {@link #write} takes. */
    long cost() {
        long bits = 5 + 5 + 4 + 3 * orderCount + code.cost(counts);
        for (int symbol = REPEAT; symbol <= MANY_ZEROS; symbol++) {
            bits += counts[symbol] * EXTRA_BITS[symbol];
        }
        return bits;
    }

    void write(BitWriter out) {
        out.bits(valueCount - 257, 5);
        out.bits(distanceCount - 1, 5);
        out.bits(orderCount - 4, 4);
        for (int i = 0; i < orderCount; i++) {
            out.bits(code.lengths()[ORDER[i]], 3);
        }
        for (int i = 0; i < foldedCount; i++) {
            int symbol = folded[i] & 0xFF;
            out.code(code.codes()[symbol]);
            out.bits(folded[i] >>> 8, EXTRA_BITS[symbol]);
        }
    }

    private static int withoutZerosAtEnd(int[] lengths, int least) {
        int count = lengths.length;
        while (count > least && lengths[count - 1] == 0) {
            count--;
        }
        return count;
    }

    private void fold(int end) {
        for (int at = 0; at < end;) {
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
                int symbol = length != 0 ? REPEAT : run < 11 ? ZEROS : MANY_ZEROS;
                int least = symbol == MANY_ZEROS ? 11 : 3;
                int part = Math.min(run, least + (1 << EXTRA_BITS[symbol]) - 1);
                add(symbol, part - least);
                run -= part;
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
