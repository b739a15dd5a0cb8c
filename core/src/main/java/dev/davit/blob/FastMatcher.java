package dev.davit.blob;

import java.util.Arrays;

final class FastMatcher extends Matcher {

    private static final int HASH_BITS = 14;
    private static final int NICE = 32;

    private final int[] table = new int[2 << HASH_BITS];

    @Override
    void match(byte[] bytes, int dictionary, int from, int to, BlockWriter out) {
        Arrays.fill(table, NOWHERE);
        int[] symbols = out.symbols;
        int[] table = this.table;
        int searchEnd = to - LEAST + 1;
        int count = 0;
        int limit = BlockWriter.PIECE;
        insert(bytes, dictionary, from);
        int at = from;
        while (at < searchEnd) {
            int first = four(bytes, at);
            int hash = hash(first);
            int a = table[hash];
            int b = table[hash + 1];
            table[hash] = at;
            table[hash + 1] = a;
            int length = 0;
            int distance = 0;
            int most = Math.min(Symbol.MAX_LENGTH, to - at);
            if (at - a <= Symbol.MAX_DISTANCE && four(bytes, a) == first) {
                length = extend(bytes, at, a, LEAST, most);
                distance = at - a;
            }
            if (length < NICE && at - b <= Symbol.MAX_DISTANCE && four(bytes, b) == first) {
                int other = extend(bytes, at, b, LEAST, most);
                if (other > length) {
                    length = other;
                    distance = at - b;
                }
            }
            if (length == 0) {
                symbols[count++] = bytes[at++] & 0xFF;
            } else {
                symbols[count++] = Symbol.match(length, distance);
                int end = at + length;
                insert(bytes, Math.max(at + 1, end - 2), Math.min(end, searchEnd));
                at = end;
            }
            if (count == limit) {
                count = out.piece(count);
                limit = count + BlockWriter.PIECE;
            }
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
        return four * HASH_MULTIPLIER >>> Integer.SIZE - HASH_BITS << 1;
    }

    private void insert(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            int hash = hash(four(bytes, at));
            table[hash + 1] = table[hash];
            table[hash] = at;
        }
    }
}
