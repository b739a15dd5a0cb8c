package dev.davit.validate;

import dev.davit.blob.Blob;
import dev.davit.blob.Compression;
import dev.davit.blob.Digest;
import dev.davit.image.Descriptor;
import dev.davit.tar.LayerInspection;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks the bytes of a layer, as they are stored and unpacked, in one pass. */
final class LayerCheck {

    private static final int BUFFER = 1 << 16;

    private final Validation validation;
    private final String place;
    private final Descriptor descriptor;
    private final Optional<Digest> diffId;
    private final LayerInspection inspection;
    /** To be told after what is wrong with the bytes as a whole, of which it may come. */
    private final List<String> inside = new ArrayList<>();

    /** @param diffId what the config says, if it says it */
    LayerCheck(Validation validation, String place, Descriptor descriptor, Optional<Digest> diffId,
            LayerInspection inspection) {
        this.validation = validation;
        this.place = place;
        this.descriptor = descriptor;
        this.diffId = diffId;
        this.inspection = inspection;
    }

    void check(Blob blob, BlobCheck stored) throws IOException {
        try (HashedInputStream packed = stored.open(blob)) {
            BufferedInputStream buffered = new BufferedInputStream(packed, BUFFER);
            Compression found = Compression.sniff(buffered);
            Compression said = descriptor.mediaType().compression();
            if (found != said) {
                validation.add(place, (found == Compression.NONE ? "is not packed" : "is packed by " + name(found))
                        + ", but its media type says " + (said == Compression.NONE ? "that it is not" : name(said)));
            }
            unpack(found, new Unclosed(buffered), packed);
            buffered.transferTo(OutputStream.nullOutputStream());
            stored.judge(packed);
            if (packed.isCut()) {
                inspection.skip();
            } else {
                inside.forEach(problem -> validation.add(place, problem));
            }
        } catch (IOException e) {
            inspection.skip();
            throw e;
        }
    }

    /** What unpacks closes what it reads from, but that is to be read to its end. */
    private static final class Unclosed extends FilterInputStream {

        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // Somebody else does.
        }
    }

    private static String name(Compression compression) {
        return compression.toString().toLowerCase(Locale.ROOT);
    }

    private void unpack(Compression compression, InputStream in, HashedInputStream packed) throws IOException {
        try (InputStream unpacked = compression.decompress(in)) {
            HashedInputStream tar =
                    new HashedInputStream(unpacked, diffId.orElse(descriptor.digest()), Long.MAX_VALUE);
            inspect(tar);
            tar.transferTo(OutputStream.nullOutputStream());
            judge(tar.digest(), compression);
        } catch (IOException e) {
            if (packed.failure().isPresent()) {
                throw e;
            }
            inspection.skip();
            String damaged = "the " + name(compression) + " stream is damaged: ";
            inside.add(damaged + String.valueOf(e.getMessage()).replace(damaged, ""));
        }
    }

    private void judge(Digest actual, Compression compression) {
        // Where the layer is not packed, its own digest may say the same, and is judged too.
        boolean isSame = compression == Compression.NONE && diffId.filter(descriptor.digest()::equals).isPresent();
        if (diffId.isPresent() && !actual.equals(diffId.get()) && !isSame) {
            inside.add("is " + actual + " when it is unpacked, but its diff id says " + diffId.get());
        }
    }

    /** What is wrong inside; a stream that fails will do so again. */
    private void inspect(HashedInputStream tar) throws IOException {
        try {
            inspection.inspect(tar, inside::add);
        } catch (IOException e) {
            if (tar.failure().isEmpty()) {
                inside.add(String.valueOf(e.getMessage()));
            }
        }
    }
}
