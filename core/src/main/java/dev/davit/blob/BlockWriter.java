package dev.davit.blob;

import java.util.Arrays;

/**
 * Turns symbols into deflate blocks: decides where one ends and whether it is stored, fixed or dynamic.
 *
 * <p>Symbols come in pieces. A piece joins the block before it if one code for both takes less than two codes and
 * the description of the second.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3">RFC 1951, 3.2.3</a>
 */
final class BlockWriter {

    /** Symbols between two calls of {@link #piece(int)}. */
    static final int PIECE = 4096;

    private static final int MAX_BLOCK = 16 * PIECE;
    /** Bits that the description of one more block is taken to need. */
    private static final int DESCRIPTION = 500;
    private static final int MAX_STORED = 65535;

    private static final int STORED = 0;
    private static final int FIXED = 1;
    private static final int DYNAMIC = 2;

    private static final Huffman FIXED_LITERALS = fixedLiterals();
    private static final Huffman FIXED_DISTANCES = fixedDistances();

    /** The matcher writes its symbols here. */
    final int[] symbols = new int[MAX_BLOCK + PIECE];

    private final BitWriter out;
    private final Huffman literals = new Huffman(Symbol.LITERALS, 15);
    private final Huffman distances = new Huffman(Symbol.DISTANCES, 15);
    private final CodeLengths codeLengths = new CodeLengths();
    private final int[] lengthCodes = new int[Symbol.MAX_LENGTH + 1];

    private Histogram block = new Histogram();
    private Histogram piece = new Histogram();
    private Histogram both = new Histogram();
    private int blockEnd;
    private byte[] input;
    private int inputAt;
    private boolean last;

    BlockWriter(BitWriter out) {
        this.out = out;
    }

    /** Begins with the bytes that the coming symbols stand for. */
    void begin(byte[] bytes, int from, boolean last) {
        this.last = last;
        input = bytes;
        inputAt = from;
        blockEnd = 0;
    }

    /** Takes the symbols up to this index as one more piece; says the index where the next begins. */
    int piece(int end) {
        piece.count(symbols, blockEnd, end);
        if (blockEnd == 0) {
            nextBlockIsPiece();
            blockEnd = end;
            return end;
        }
        both.sum(block, piece);
        if (end <= MAX_BLOCK && both.cost() <= block.cost() + piece.cost() + DESCRIPTION) {
            Histogram joined = both;
            both = block;
            block = joined;
            blockEnd = end;
        } else {
            write(false);
            System.arraycopy(symbols, blockEnd, symbols, 0, end - blockEnd);
            nextBlockIsPiece();
            blockEnd = end - blockEnd;
        }
        return blockEnd;
    }

    /** Takes the symbols up to this index, and no more will come. */
    void end(int end) {
        if (end > blockEnd || blockEnd == 0) {
            piece(end);
        }
        write(last);
        if (last) {
            out.align();
        } else if (out.missingBits() > 0) {
            // An empty stored block fills up to a whole byte, so that sections can be joined as bytes.
            header(STORED, false);
            out.align();
            out.bits(0xFFFF0000, 32);
        }
    }

    private void nextBlockIsPiece() {
        Histogram begun = piece;
        piece = block;
        block = begun;
    }

    private void write(boolean last) {
        literals.build(block.literals);
        distances.build(block.distances);
        codeLengths.describe(literals, distances);
        long dynamicCost = codeLengths.cost() + literals.cost(block.literals) + distances.cost(block.distances);
        long fixedCost = FIXED_LITERALS.cost(block.literals) + FIXED_DISTANCES.cost(block.distances);
        long extraCost = extraCost();
        if (storedCost() <= Math.min(dynamicCost, fixedCost) + extraCost) {
            store(last);
        } else if (fixedCost <= dynamicCost) {
            header(FIXED, last);
            symbols(FIXED_LITERALS, FIXED_DISTANCES);
        } else {
            header(DYNAMIC, last);
            codeLengths.write(out);
            symbols(literals, distances);
        }
        inputAt += block.bytes();
    }

    private void header(int type, boolean last) {
        out.bits(last ? 1 : 0, 1);
        out.bits(type, 2);
    }

    private void symbols(Huffman literalCode, Huffman distanceCode) {
        int[] codes = literalCode.codes;
        for (int length = Symbol.MIN_LENGTH; length <= Symbol.MAX_LENGTH; length++) {
            int symbol = Symbol.lengthSymbol(length);
            int code = codes[symbol];
            lengthCodes[length] = (code | Symbol.lengthExtra(length) << (code >>> 24))
                    + (Symbol.lengthExtraBits(symbol) << 24);
        }
        out.symbols(symbols, blockEnd, codes, lengthCodes, distanceCode.codes);
        int end = codes[Symbol.END_OF_BLOCK];
        out.bits(end & 0xFFFFFF, end >>> 24);
    }

    private long extraCost() {
        long bits = 0;
        for (int symbol = Symbol.END_OF_BLOCK + 1; symbol < Symbol.LITERALS; symbol++) {
            bits += (long) block.literals[symbol] * Symbol.lengthExtraBits(symbol);
        }
        for (int symbol = 0; symbol < Symbol.DISTANCES; symbol++) {
            bits += (long) block.distances[symbol] * Symbol.extraBits(symbol);
        }
        return bits;
    }

    private long storedCost() {
        int parts = Math.max(1, (block.bytes() + MAX_STORED - 1) / MAX_STORED);
        return 8L * block.bytes() + parts * (3 + 7 + 32) - 3;
    }

    private void store(boolean last) {
        int at = inputAt;
        int left = block.bytes();
        do {
            int part = Math.min(left, MAX_STORED);
            left -= part;
            header(STORED, last && left == 0);
            out.align();
            out.bits(part | ~part << 16, 32);
            out.bytes(input, at, part);
            at += part;
        } while (left > 0);
    }

    private static Huffman fixedLiterals() {
        int[] lengths = new int[Symbol.LITERALS + 2];
        Arrays.fill(lengths, 0, 144, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        Arrays.fill(lengths, 280, 288, 8);
        return new Huffman(lengths.length, 9).ofLengths(lengths);
    }

    private static Huffman fixedDistances() {
        int[] lengths = new int[Symbol.DISTANCES];
        Arrays.fill(lengths, 5);
        return new Huffman(lengths.length, 5).ofLengths(lengths);
    }
}
