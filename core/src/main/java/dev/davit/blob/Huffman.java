package dev.davit.blob;

import java.util.Arrays;

/**
 * The best prefix code for counted symbols under a limit of its length, in the canonical form that its
 * lengths alone describe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.2">RFC 1951, 3.2.2</a>
 */
final class Huffman {

    private static final int SYMBOL_BITS = 9;

    private final int limit;
    private final int[] lengths;
    private final int[] codes;

    /** The symbols that occur, each under its count, in order. */
    private final int[] leaves;
    private final int[] weights;
    private final int[] leafParents;
    private final int[] nodeParents;
    private final int[] depths;
    /** By length: codes that have it, and the next of them to give away. */
    private final int[] lengthCounts;
    private final int[] nextCodes;

    Huffman(int symbols, int limit) {
        this.limit = limit;
        lengths = new int[symbols];
        codes = new int[symbols];
        leaves = new int[symbols];
        weights = new int[symbols];
        leafParents = new int[symbols];
        nodeParents = new int[symbols];
        depths = new int[symbols];
        lengthCounts = new int[limit + 1];
        nextCodes = new int[limit + 1];
    }

    /** The code of these lengths. */
    static Huffman of(int[] lengths, int limit) {
        Huffman code = new Huffman(lengths.length, limit);
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            code.lengths[symbol] = lengths[symbol];
            code.lengthCounts[lengths[symbol]]++;
        }
        code.assignCodes();
        return code;
    }

    /** Bits of each symbol's code; 0 for a symbol that does not occur. */
    int[] lengths() {
        return lengths;
    }

    /** Each symbol's code as it goes out, lowest bit first, and its length in the upper byte. */
    int[] codes() {
        return codes;
    }

    /** Makes the code for symbols that occur this often, each fewer than 2^22 times. */
    void build(int[] counts) {
        Arrays.fill(lengths, 0);
        Arrays.fill(lengthCounts, 0);
        int used = sortLeaves(counts);
        joinNodes(used);
        countLengths(used);
        keepLimit();
        for (int length = limit, leaf = 0; length > 0; length--) {
            for (int n = lengthCounts[length]; n > 0; n--) {
                lengths[symbol(leaf++)] = length;
            }
        }
        assignCodes();
    }

    /** Bits that symbols of these counts take, without extra bits. */
    long cost(int[] counts) {
        long bits = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            bits += (long) counts[symbol] * lengths[symbol];
        }
        return bits;
    }

    /** The rarest symbol first; the symbol's number settles a tie, so that no sort's habit can show. */
    private int sortLeaves(int[] counts) {
        int used = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (counts[symbol] > 0) {
                leaves[used++] = counts[symbol] << SYMBOL_BITS | symbol;
            }
        }
        // A code of one symbol is incomplete and some decoders refuse it: add symbols until there are two.
        for (int symbol = 0; used < 2; symbol++) {
            if (counts[symbol] == 0) {
                leaves[used++] = 1 << SYMBOL_BITS | symbol;
            }
        }
        Arrays.sort(leaves, 0, used);
        return used;
    }

    private int symbol(int leaf) {
        return leaves[leaf] & (1 << SYMBOL_BITS) - 1;
    }

    /** Huffman's algorithm: joins the two lightest, until all is one tree. Nodes are made in order of weight. */
    private void joinNodes(int used) {
        int leaf = 0;
        int node = 0;
        for (int made = 0; made < used - 1; made++) {
            int weight = 0;
            for (int child = 0; child < 2; child++) {
                if (node == made || leaf < used && leaves[leaf] >>> SYMBOL_BITS <= weights[node]) {
                    leafParents[leaf] = made;
                    weight += leaves[leaf++] >>> SYMBOL_BITS;
                } else {
                    nodeParents[node] = made;
                    weight += weights[node++];
                }
            }
            weights[made] = weight;
        }
    }

    private void countLengths(int used) {
        int root = used - 2;
        depths[root] = 0;
        for (int node = root - 1; node >= 0; node--) {
            depths[node] = depths[nodeParents[node]] + 1;
        }
        for (int leaf = 0; leaf < used; leaf++) {
            lengthCounts[Math.min(limit, depths[leafParents[leaf]] + 1)]++;
        }
    }

    /**
     * Cutting lengths at the limit made more codes than there is room for; room is counted in codes of the longest
     * kind. Moving a symbol from there to beside one with the longest shorter code, both a bit longer then, gains one.
     */
    private void keepLimit() {
        int taken = 0;
        for (int length = 1; length <= limit; length++) {
            taken += lengthCounts[length] << limit - length;
        }
        for (int excess = taken - (1 << limit); excess > 0; excess--) {
            int split = limit - 1;
            while (lengthCounts[split] == 0) {
                split--;
            }
            lengthCounts[split]--;
            lengthCounts[split + 1] += 2;
            lengthCounts[limit]--;
        }
    }

    private void assignCodes() {
        int code = 0;
        for (int length = 1; length <= limit; length++) {
            nextCodes[length] = code;
            code = code + lengthCounts[length] << 1;
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            codes[symbol] = length == 0 ? 0 : length << 24 | Integer.reverse(nextCodes[length]++) >>> 32 - length;
        }
    }
}
