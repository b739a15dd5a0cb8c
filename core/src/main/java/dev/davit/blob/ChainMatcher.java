package dev.davit.blob;

import java.util.Arrays;

/**
 * Looks at the last few places that begin with the same four bytes, and puts a match off by a byte when a longer one
 * begins there.
 */
final class ChainMatcher extends Matcher {

    private static final int HASH_BITS = 16;
    private static final int SHORT_HASH_BITS = 14;
    /** Beyond, three literals take less than the distance. */
    private static final int SHORT_DISTANCE = 4096;
    /** Places that a search looks at; fewer when there is a match already. */
    private static final int DEPTH = 16;
    private static final int LAZY_DEPTH = 8;
    /** The length from which on no better match is looked for. */
    private static final int ENOUGH = 64;
    /** Binary logarithm of how many searches in vain make the next step one byte longer. */
    private static final int PATIENCE = 8;
    /** One byte more is not worth a distance that takes more extra bits than these. */
    private static final int FARTHER = 3;

    private static final int WINDOW_MASK = Token.MAX_DISTANCE - 1;

    private final int[] newest = new int[1 << HASH_BITS];
    private final int[] newestShort = new int[1 << SHORT_HASH_BITS];
    /** By position, modulo the window: how far before it the last one with the same hash is. */
    private final char[] back = new char[Token.MAX_DISTANCE];

    @Override
    int match(byte[] bytes, int dictionary, int from, int to, BlockWriter out) {
        Arrays.fill(newest, NOWHERE);
        Arrays.fill(newestShort, NOWHERE);
        insert(bytes, dictionary, from);
        int[] tokens = out.tokens();
        int count = 0;
        int full = BlockWriter.PIECE;
        int misses = 0;
        int searchEnd = to - WORD + 1;
        int at = from;
        while (at < searchEnd) {
            int found = search(bytes, at, to, Token.MIN_LENGTH - 1, DEPTH);
            if (found == 0) {
                int end = Math.min(to, at + 1 + Math.min(MAX_SKIP, misses++ >> PATIENCE));
                count = literals(bytes, at, end, tokens, count);
                at = end;
            } else {
                misses = 0;
                int start = at++;
                while (Token.length(found) < ENOUGH && at < searchEnd) {
                    int later = search(bytes, at++, to, Token.length(found), LAZY_DEPTH);
                    if (later == 0 || !isBetter(later, found)) {
                        break;
                    }
                    tokens[count++] = Token.literal(bytes[start++]);
                    found = later;
                }
                tokens[count++] = found;
                int end = start + Token.length(found);
                insert(bytes, at, Math.min(end, searchEnd));
                at = end;
            }
            if (count >= full) {
                count = out.piece(count);
                full = count + BlockWriter.PIECE;
            }
        }
        return literals(bytes, at, to, tokens, count);
    }

    private static boolean isBetter(int later, int found) {
        return Token.length(later) > Token.length(found) + 1
                || Token.extraBitsOf(Token.distance(later)) <= Token.extraBitsOf(Token.distance(found)) + FARTHER;
    }

    private static int shortHash(int word) {
        return hash(word << 8, SHORT_HASH_BITS);
    }

    private void insert(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            int word = word(bytes, at);
            int hash = hash(word, HASH_BITS);
            back[at & WINDOW_MASK] = saturated(at - newest[hash]);
            newest[hash] = at;
            newestShort[shortHash(word)] = at;
        }
    }

    private static char saturated(int distance) {
        return (char) Math.min(distance, Character.MAX_VALUE);
    }

    /** Inserts a position; the longest match there if it is longer than {@code length}, 0 if not. */
    private int search(byte[] bytes, int at, int to, int length, int depth) {
        int word = word(bytes, at);
        int hash = hash(word, HASH_BITS);
        int newestDistance = at - newest[hash];
        newest[hash] = at;
        int shortHash = shortHash(word);
        int shortDistance = at - newestShort[shortHash];
        newestShort[shortHash] = at;

        int found = 0;
        int longest = length;
        int limit = Math.min(Token.MAX_LENGTH, to - at);
        int enough = Math.min(ENOUGH, limit);
        // What is longer must be the same there too; most candidates are found out by it.
        int end = Math.max(0, longest + 1 - WORD);
        int endWord = word(bytes, at + end);
        int distance = newestDistance;
        for (int left = depth; left > 0 && distance <= Token.MAX_DISTANCE && longest < enough; left--) {
            int candidate = at - distance;
            if (word(bytes, candidate + end) == endWord && word(bytes, candidate) == word) {
                int same = length(bytes, at, candidate, limit);
                if (same > longest) {
                    longest = same;
                    found = Token.match(same, distance);
                    end = longest + 1 - WORD;
                    endWord = word(bytes, at + end);
                }
            }
            distance += back[candidate & WINDOW_MASK];
        }
        // Only now: the place in the window was that of the position one whole window back.
        back[at & WINDOW_MASK] = saturated(newestDistance);

        if (longest < Token.MIN_LENGTH && shortDistance <= SHORT_DISTANCE
                && (word(bytes, at - shortDistance) ^ word) << 8 == 0) {
            return Token.match(Token.MIN_LENGTH, shortDistance);
        }
        return found;
    }
}
