package dev.davit.blob;

import java.util.Arrays;

final class ChainMatcher extends Matcher {

    private static final int HASH_BITS = 15;
    private static final int WINDOW = Symbol.MAX_DISTANCE - 1;
    private static final int DEPTH = 24;
    private static final int LAZY_DEPTH = 12;
    private static final int NICE = 64;

    private final int[] newest = new int[1 << HASH_BITS];
    /** By position in the window: how far before it the one with the same hash is. */
    private final char[] back = new char[WINDOW + 1];

    @Override
    void match(byte[] bytes, int dictionary, int from, int to, BlockWriter out) {
        Arrays.fill(newest, NOWHERE);
        int[] symbols = out.symbols;
        int searchEnd = to - LEAST + 1;
        int count = 0;
        int limit = BlockWriter.PIECE;
        insert(bytes, dictionary, from);
        int at = from;
        while (at < searchEnd) {
            int found = longest(bytes, at, to, LEAST - 1, DEPTH);
            if (found == 0) {
                symbols[count++] = bytes[at++] & 0xFF;
                if (count == limit) {
                    count = out.piece(count);
                    limit = count + BlockWriter.PIECE;
                }
                continue;
            }
            int start = at++;
            while (Symbol.length(found) < NICE && at < searchEnd) {
                int later = longest(bytes, at, to, Symbol.length(found), LAZY_DEPTH);
                at++;
                if (later == 0) {
                    break;
                }
                symbols[count++] = bytes[start] & 0xFF;
                if (count == limit) {
                    count = out.piece(count);
                    limit = count + BlockWriter.PIECE;
                }
                found = later;
                start++;
            }
            symbols[count++] = found;
            if (count == limit) {
                count = out.piece(count);
                limit = count + BlockWriter.PIECE;
            }
            int end = start + Symbol.length(found);
            insert(bytes, at, Math.min(end, searchEnd));
            at = end;
        }
        while (at < to) {
            symbols[count++] = bytes[at++] & 0xFF;
            if (count == limit) {
                count = out.piece(count);
                limit = count + BlockWriter.PIECE;
            }
        }
        out.end(count);
    }

    private static int hash(int four) {
        return four * HASH_MULTIPLIER >>> Integer.SIZE - HASH_BITS;
    }

    private void insert(byte[] bytes, int from, int to) {
        int[] newest = this.newest;
        char[] back = this.back;
        for (int at = from; at < to; at++) {
            int hash = hash(four(bytes, at));
            back[at & WINDOW] = (char) Math.min(at - newest[hash], Character.MAX_VALUE);
            newest[hash] = at;
        }
    }

    /** Inserts the position; the symbol of the longest match beyond a length, 0 if there is none. */
    private int longest(byte[] bytes, int at, int to, int beyond, int depth) {
        char[] back = this.back;
        int first = four(bytes, at);
        int hash = hash(first);
        int distance = at - newest[hash];
        newest[hash] = at;
        int slot = at & WINDOW;
        int found = 0;
        int limit = Math.min(Symbol.MAX_LENGTH, to - at);
        int newestDistance = distance;
        if (beyond < limit) {
        int tail = four(bytes, at + beyond - 3);
        for (; distance <= Symbol.MAX_DISTANCE; depth--) {
            int candidate = at - distance;
            if (four(bytes, candidate + beyond - 3) == tail && four(bytes, candidate) == first) {
                int length = extend(bytes, at, candidate, LEAST, limit);
                if (length > beyond) {
                    found = Symbol.match(length, distance);
                    if (length >= NICE || length == limit) {
                        break;
                    }
                    beyond = length;
                    tail = four(bytes, at + beyond - 3);
                }
            }
            if (depth == 0) {
                break;
            }
            distance += back[candidate & WINDOW];
        }
        }
        back[slot] = (char) Math.min(newestDistance, Character.MAX_VALUE);
        return found;
    }
}
