package dev.davit.blob;

import java.util.Arrays;

/**
 * Turns tokens into deflate blocks: decides where one ends, and whether it is stored, fixed or dynamic.
 *
 * <p>Tokens come in pieces. A piece joins the block before it if one code for both takes less than a code for each
 * and the description of the second.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3">RFC 1951, 3.2.3</a>
 */
final class BlockWriter {

    /** The tokens from which on a matcher hands them over. */
    static final int PIECE = 2048;
    private static final int MAX_BLOCK = 16 * PIECE;
    /** Bits that the description of a block's codes is taken to need. */
    private static final int DESCRIPTION = 700;

    private static final int STORED = 0;
    private static final int FIXED = 1;
    private static final int DYNAMIC = 2;
    private static final int MAX_STORED = 65535;

    private static final Huffman FIXED_VALUES = fixedValues();
    private static final Huffman FIXED_DISTANCES = fixedDistances();

    private final int[] tokens = new int[MAX_BLOCK + PIECE + Matcher.STEP];
    private final BitWriter out;
    private final Huffman values = new Huffman(Token.VALUE_SYMBOLS, 15);
    private final Huffman distances = new Huffman(Token.DISTANCE_SYMBOLS, 15);
    private final CodeLengths codeLengths = new CodeLengths();
    private final int[] valueCodes = new int[Token.VALUES];

    private Histogram block = new Histogram();
    private Histogram piece = new Histogram();
    private Histogram both = new Histogram();
    private int blockEnd;
    private byte[] input = {};
    private int inputAt;

    BlockWriter(BitWriter out) {
        this.out = out;
    }

    /** Where a matcher writes its tokens, from index 0 on. */
    int[] tokens() {
        return tokens;
    }

    /** Says where the bytes are that the coming tokens stand for. */
    void begin(byte[] bytes, int from) {
        input = bytes;
        inputAt = from;
        blockEnd = 0;
    }

    /** Takes the tokens up to this index as one more piece; says the index where the next begins. */
    int piece(int end) {
        piece.count(tokens, blockEnd, end);
        if (blockEnd > 0 && end <= MAX_BLOCK && joins()) {
            blockEnd = end;
        } else {
            if (blockEnd > 0) {
                write(false);
                System.arraycopy(tokens, blockEnd, tokens, 0, end - blockEnd);
            }
            Histogram begun = piece;
            piece = block;
            block = begun;
            blockEnd = end - blockEnd;
        }
        return blockEnd;
    }

    /** Ends with the tokens up to this index, at a whole byte; the last block of all says so. */
    void end(int end, boolean last) {
        if (end > blockEnd || end == 0) {
            piece(end);
        }
        write(last);
        if (!last && !out.isAligned()) {
            // An empty stored block fills the byte up, so that what comes next can be joined without shifting it.
            header(STORED, false);
            out.align();
            out.bits(0xFFFF0000, 32);
        }
        out.align();
    }

    /** Adds the piece's counts to the block's, if that pays. */
    private boolean joins() {
        both.sum(block, piece);
        if (both.cost() > block.cost() + piece.cost() + DESCRIPTION) {
            return false;
        }
        Histogram joined = both;
        both = block;
        block = joined;
        return true;
    }

    private void write(boolean last) {
        values.build(block.values);
        distances.build(block.distances);
        codeLengths.describe(values, distances);
        long dynamic = codeLengths.cost() + values.cost(block.values) + distances.cost(block.distances);
        long fixed = FIXED_VALUES.cost(block.values) + FIXED_DISTANCES.cost(block.distances);
        if (storedCost() <= Math.min(dynamic, fixed) + extraBits()) {
            store(last);
        } else if (fixed <= dynamic) {
            header(FIXED, last);
            writeTokens(FIXED_VALUES, FIXED_DISTANCES);
        } else {
            header(DYNAMIC, last);
            codeLengths.write(out);
            writeTokens(values, distances);
        }
        inputAt += block.bytes();
    }

    private void header(int type, boolean last) {
        out.bits(last ? 1 : 0, 1);
        out.bits(type, 2);
    }

    private void writeTokens(Huffman values, Huffman distances) {
        int[] codes = values.codes();
        System.arraycopy(codes, 0, valueCodes, 0, 256);
        for (int value = 256 + Token.MIN_LENGTH; value < Token.VALUES; value++) {
            int symbol = Token.symbol(value);
            int code = codes[symbol];
            valueCodes[value] = (code | Token.extra(value) << (code >>> 24)) + (Token.valueExtraBits(symbol) << 24);
        }
        out.tokens(tokens, blockEnd, valueCodes, distances.codes());
        out.code(codes[Token.END_OF_BLOCK]);
    }

    private long extraBits() {
        long bits = 0;
        for (int symbol = Token.END_OF_BLOCK + 1; symbol < Token.VALUE_SYMBOLS; symbol++) {
            bits += (long) block.values[symbol] * Token.valueExtraBits(symbol);
        }
        for (int symbol = 0; symbol < Token.DISTANCE_SYMBOLS; symbol++) {
            bits += (long) block.distances[symbol] * Token.distanceExtraBits(symbol);
        }
        return bits;
    }

    /** Bits of the block when stored, beyond its header: at worst, where almost a whole byte has to be filled up. */
    private long storedCost() {
        int parts = (block.bytes() + MAX_STORED - 1) / MAX_STORED;
        return 8L * block.bytes() + (3 + 7 + 32) * Math.max(1, parts) - 3;
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

    /** RFC 1951, 3.2.6. */
    private static Huffman fixedValues() {
        int[] lengths = new int[Token.VALUE_SYMBOLS];
        Arrays.fill(lengths, 0, 144, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        Arrays.fill(lengths, 280, 288, 8);
        return Huffman.of(lengths, 9);
    }

    private static Huffman fixedDistances() {
        int[] lengths = new int[Token.DISTANCE_SYMBOLS];
        Arrays.fill(lengths, 5);
        return Huffman.of(lengths, 5);
    }
}
