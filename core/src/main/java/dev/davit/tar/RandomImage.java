package dev.davit.tar;

import dev.davit.blob.Blob;
import dev.davit.blob.Compression;
import dev.davit.blob.ContentStore;
import dev.davit.image.History;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Images of random files, to test and to measure with. The same seed gives the same bytes on every machine. */
public final class RandomImage {

    private static final String CREATED_BY = "davit random";

    private RandomImage() {
    }

    /**
     * An image whose layers each have one file of so many random bytes, and are not packed, as that would save nothing.
     * The store has them once this returns.
     *
     * @param size bytes of each file
     * @throws IllegalArgumentException if the size is negative, or there is to be no layer
     */
    public static Image of(ContentStore store, long size, int layers, long seed, Platform platform) throws IOException {
        return of(store, size, layers, new Random(seed), platform);
    }

    /** An index with such an image for each of these platforms, no layer twice. */
    public static Index index(ContentStore store, long size, int layers, long seed, List<Platform> platforms)
            throws IOException {
        Random seeds = new Random(seed);
        List<Image> images = new ArrayList<>();
        for (Platform platform : platforms) {
            images.add(of(store, size, layers, seeds, platform));
        }
        return Index.of(images);
    }

    private static Image of(ContentStore store, long size, int layers, Random seeds, Platform platform) throws IOException {
        if (size < 0 || layers < 1) {
            throw new IllegalArgumentException("malformed random image of " + layers + " layers with " + size
                    + " bytes: expected at least 1 layer and 0 bytes");
        }
        List<Layer> all = new ArrayList<>();
        List<History> history = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            all.add(layer(store, "random/" + i, size, new Random(seeds.nextLong())));
            history.add(History.of(Instant.EPOCH, CREATED_BY));
        }
        return Image.scratch(platform).withLayers(all, history);
    }

    private static Layer layer(ContentStore store, String path, long size, Random random) throws IOException {
        Entry file = Entry.file(path, size, Entry.Attributes.of(0644, Instant.EPOCH));
        Blob blob = store.add(out -> {
            TarWriter tar = new TarWriter(out);
            tar.write(file, new RandomInputStream(random));
            tar.finish();
        });
        return Layer.of(blob, blob.digest(), Compression.NONE, CREATED_BY);
    }

    /** Random bytes without end; how many are read at once does not show in them. */
    private static final class RandomInputStream extends InputStream {

        private final Random random;
        private final byte[] bytes = new byte[1 << 13];
        private int next = bytes.length;

        RandomInputStream(Random random) {
            this.random = random;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (next == bytes.length) {
                random.nextBytes(bytes);
                next = 0;
            }
            int n = Math.min(length, bytes.length - next);
            System.arraycopy(bytes, next, buffer, offset, n);
            next += n;
            return n;
        }
    }
}
