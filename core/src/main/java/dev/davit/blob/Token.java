package dev.davit.blob;

/**
 * What a matcher makes of the input, packed in an int. The lower half is its value: a literal byte, or 256 and the
 * length of a match. The upper half is the distance of the match, 0 for a literal.
 *
 * <p>For Huffman's codes, ranges of lengths and of distances have a symbol each, with extra bits to tell them apart.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5">RFC 1951, 3.2.5</a>
 */
final class Token {

    static final int MIN_LENGTH = 3;
    static final int MAX_LENGTH = 258;
    static final int MAX_DISTANCE = 32768;

    /** Beyond the highest value. */
    static final int VALUES = 256 + MAX_LENGTH + 1;

    static final int END_OF_BLOCK = 256;
    static final int LONGEST = 285;
    /** Symbols of literals and lengths; the last two never occur, but the fixed code has room for them. */
    static final int VALUE_SYMBOLS = 288;
    static final int DISTANCE_SYMBOLS = 30;
    /** What {@link #distanceSymbol} makes of a literal. */
    static final int NO_DISTANCE = 59;

    private static final short[] SYMBOL = new short[VALUES];
    private static final short[] EXTRA = new short[VALUES];

    static {
        for (int literal = 0; literal < 256; literal++) {
            SYMBOL[literal] = (short) literal;
        }
        int value = 256 + MIN_LENGTH;
        for (int symbol = END_OF_BLOCK + 1; symbol < LONGEST; symbol++) {
            for (int extra = 0; extra < 1 << valueExtraBits(symbol); extra++) {
                SYMBOL[value] = (short) symbol;
                EXTRA[value] = (short) extra;
                value++;
            }
        }
        // Length 258 has a symbol of its own, though the one before it could say it too.
        SYMBOL[VALUES - 1] = LONGEST;
        EXTRA[VALUES - 1] = 0;
    }

    private Token() {
    }

    static int literal(byte value) {
        return value & 0xFF;
    }

    static int match(int length, int distance) {
        return distance << 16 | 256 + length;
    }

    static int value(int token) {
        return token & 0xFFFF;
    }

    /** The length of a match; below 0 for a literal. */
    static int length(int token) {
        return value(token) - 256;
    }

    static int distance(int token) {
        return token >>> 16;
    }

    static int symbol(int value) {
        return SYMBOL[value];
    }

    static int extra(int value) {
        return EXTRA[value];
    }

    static int valueExtraBits(int symbol) {
        return symbol < 265 || symbol >= LONGEST ? 0 : symbol - 261 >> 2;
    }

    static int distanceExtraBits(int symbol) {
        return Math.max(0, (symbol >> 1) - 1);
    }

    /** Two symbols share each number of extra bits, so the place of the highest bit tells both. */
    static int extraBitsOf(int distance) {
        return Math.max(0, 30 - Integer.numberOfLeadingZeros(distance - 1));
    }

    static int distanceSymbol(int distance, int extraBits) {
        return 2 * extraBits + (distance - 1 >> extraBits);
    }
}
