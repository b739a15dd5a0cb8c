package dev.davit.blob;

/**
 * What a matcher makes of the input, packed in an int: a literal byte, or the length of a match in the
 * lower half and its distance in the upper.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.5">RFC 1951, 3.2.5</a>
 */
final class Symbol {

    static final int MIN_LENGTH = 3;
    static final int MAX_LENGTH = 258;
    static final int MAX_DISTANCE = 32768;

    static final int END_OF_BLOCK = 256;
    /** Literals, the end of the block and 29 length symbols. */
    static final int LITERALS = 286;
    static final int DISTANCES = 30;

    private static final short[] LENGTH_SYMBOL = new short[MAX_LENGTH + 1];
    private static final int[] LENGTH_BASE = new int[LITERALS];

    static {
        int length = MIN_LENGTH;
        for (int symbol = END_OF_BLOCK + 1; symbol < LITERALS - 1; symbol++) {
            LENGTH_BASE[symbol] = length;
            for (int n = 1 << lengthExtraBits(symbol); n > 0; n--) {
                LENGTH_SYMBOL[length++] = (short) symbol;
            }
        }
        // 258 has a symbol of its own, though the one before it could say it too.
        LENGTH_BASE[LITERALS - 1] = MAX_LENGTH;
        LENGTH_SYMBOL[MAX_LENGTH] = LITERALS - 1;
    }

    private Symbol() {
    }

    static int match(int length, int distance) {
        return distance << 16 | length;
    }

    /** The bytes that a match stands for; of a literal, the literal. */
    static int length(int symbol) {
        return symbol & 0xFFFF;
    }

    /** How far back a match lies; 0 says that the symbol is a literal. */
    static int distance(int symbol) {
        return symbol >>> 16;
    }

    static int lengthSymbol(int length) {
        return LENGTH_SYMBOL[length];
    }

    static int lengthExtraBits(int symbol) {
        return symbol < 265 || symbol == LITERALS - 1 ? 0 : symbol - 261 >> 2;
    }

    /** The part of the length that the extra bits say. */
    static int lengthExtra(int length) {
        return length - LENGTH_BASE[LENGTH_SYMBOL[length]];
    }

    /** Two symbols share each number of extra bits, which follows from the place of the highest bit. */
    static int distanceExtraBits(int distance) {
        return Math.max(0, 30 - Integer.numberOfLeadingZeros(distance - 1));
    }

    static int distanceSymbol(int distance, int extraBits) {
        return 2 * extraBits + (distance - 1 >> extraBits);
    }

    static int extraBits(int distanceSymbol) {
        return Math.max(0, (distanceSymbol >> 1) - 1);
    }
}
