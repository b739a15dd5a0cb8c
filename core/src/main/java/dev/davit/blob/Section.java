package dev.davit.blob;

import java.util.concurrent.Callable;

/**
 * A stretch of the input that is compressed by itself, with the bytes before it as dictionary, so that several
 * can be at work at once. The output depends on nothing else. Used again and again: it holds all that the work needs.
 */
final class Section implements Callable<Section> {

    static final int SIZE = 512 << 10;
    private static final int START = Symbol.MAX_DISTANCE;
    /** A matcher compares eight bytes at a time and may look beyond the end. */
    private static final int MARGIN = Long.BYTES;

    private final byte[] bytes = new byte[START + SIZE + MARGIN];
    private final BitWriter out = new BitWriter(SIZE + SIZE / 256 + 64);
    private final BlockWriter blocks = new BlockWriter(out);
    private final Matcher matcher;
    private int dictionary;
    private int end;
    private boolean last;

    Section(Matcher matcher) {
        this.matcher = matcher;
    }

    /** Begins anew where the input begins. */
    void first() {
        dictionary = START;
        end = START;
        last = false;
    }

    /** Begins anew after another section, which is full. */
    void after(Section previous) {
        System.arraycopy(previous.bytes, SIZE, bytes, 0, START);
        dictionary = 0;
        end = START;
        last = false;
    }

    int room() {
        return START + SIZE - end;
    }

    void add(byte[] from, int offset, int length) {
        System.arraycopy(from, offset, bytes, end, length);
        end += length;
    }

    void last() {
        last = true;
    }

    /** Compresses what was added. */
    @Override
    public Section call() {
        out.clear();
        blocks.begin(bytes, START, last);
        matcher.match(bytes, dictionary, START, end, blocks);
        return this;
    }

    byte[] compressed() {
        return out.bytes();
    }

    int compressedSize() {
        return out.size();
    }
}
