package dev.davit.blob;

import java.util.Arrays;

/** Looks at the last two places that begin with the same four bytes, and takes the longer match at once. */
final class FastMatcher extends Matcher {

    private static final int HASH_BITS = 14;
    /** The length from which on the older place is not looked at. */
    private static final int ENOUGH = 32;
    /** Positions at the end of a match that are inserted. */
    private static final int INSERTED = 4;
    /** Binary logarithm of how many searches in vain make the next step one byte longer. */
    private static final int PATIENCE = 6;

    /** By hash, two positions: the newer one first. */
    private final int[] places = new int[2 << HASH_BITS];

    @Override
    int match(byte[] bytes, int dictionary, int from, int to, BlockWriter out) {
        Arrays.fill(places, NOWHERE);
        for (int at = dictionary; at < from; at++) {
            insert(at, slot(word(bytes, at)));
        }
        int[] tokens = out.tokens();
        int count = 0;
        int full = BlockWriter.PIECE;
        int misses = 0;
        int searchEnd = to - WORD + 1;
        int at = from;
        while (at < searchEnd) {
            int found = search(bytes, at, to);
            if (found == 0) {
                int end = Math.min(to, at + 1 + Math.min(MAX_SKIP, misses++ >> PATIENCE));
                count = literals(bytes, at, end, tokens, count);
                at = end;
            } else {
                misses = 0;
                tokens[count++] = found;
                int end = at + Token.length(found);
                int insertEnd = Math.min(end, searchEnd);
                for (int i = Math.max(at + 1, end - INSERTED); i < insertEnd; i++) {
                    insert(i, slot(word(bytes, i)));
                }
                at = end;
            }
            if (count >= full) {
                count = out.piece(count);
                full = count + BlockWriter.PIECE;
            }
        }
        return literals(bytes, at, to, tokens, count);
    }

    private static int slot(int word) {
        return hash(word, HASH_BITS) << 1;
    }

    private void insert(int at, int slot) {
        places[slot + 1] = places[slot];
        places[slot] = at;
    }

    /** Inserts a position; the longer match there, 0 if there is none. */
    private int search(byte[] bytes, int at, int to) {
        int word = word(bytes, at);
        int slot = slot(word);
        int newer = places[slot];
        int older = places[slot + 1];
        insert(at, slot);

        int limit = Math.min(Token.MAX_LENGTH, to - at);
        int length = 0;
        int distance = 0;
        if (at - newer <= Token.MAX_DISTANCE && word(bytes, newer) == word) {
            length = length(bytes, at, newer, limit);
            distance = at - newer;
        }
        if (length < ENOUGH && at - older <= Token.MAX_DISTANCE && word(bytes, older) == word) {
            int same = length(bytes, at, older, limit);
            if (same > length) {
                length = same;
                distance = at - older;
            }
        }
        return length == 0 ? 0 : Token.match(length, distance);
    }
}
