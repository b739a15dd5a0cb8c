package dev.davit.blob;

import java.util.concurrent.Callable;

/**
 * A stretch of the input that is compressed by itself, with the bytes before it as dictionary, so that several can be
 * at work at once. It holds all that the work needs, about 1.1 MB, and is used again and again.
 */
final class Section implements Callable<Section> {

    static final int SIZE = 256 << 10;
    /** The dictionary lies before it. */
    private static final int START = Token.MAX_DISTANCE;

    /** A matcher looks at eight bytes at a time, and up to seven beyond the end. */
    private final byte[] bytes = new byte[START + SIZE + Long.BYTES];
    /** No block takes more than five bytes beyond its own, and all but the last stand for a piece of tokens at least. */
    private final BitWriter out = new BitWriter(SIZE + 5 * (SIZE / BlockWriter.PIECE + 4));
    private final BlockWriter blocks = new BlockWriter(out);
    private final Matcher matcher;
    private int dictionary = START;
    private int end = START;
    private boolean last;

    /** An empty one, as the input begins. */
    Section(Matcher matcher) {
        this.matcher = matcher;
    }

    /** Begins anew after another one, which is full. */
    void follow(Section previous) {
        System.arraycopy(previous.bytes, SIZE, bytes, 0, START);
        dictionary = 0;
        end = START;
    }

    int room() {
        return START + SIZE - end;
    }

    void add(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, bytes, end, length);
        end += length;
    }

    /** Says that no other follows. */
    void last() {
        last = true;
    }

    /** Compresses what was added. */
    @Override
    public Section call() {
        out.clear();
        blocks.begin(bytes, START);
        int left = matcher.match(bytes, dictionary, START, end, blocks);
        blocks.end(left, last);
        return this;
    }

    byte[] compressed() {
        return out.array();
    }

    int compressedSize() {
        return out.size();
    }
}
