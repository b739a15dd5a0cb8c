package dev.davit.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks for what is wrong inside the layers of an image, one after the other, the base's first. Judges names, links and
 * whiteouts as {@link Overlay} does, but goes on behind what is wrong. Headers stay in memory, content never does.
 */
public final class LayerInspection {

    /** Of one layer; more help nobody. */
    private static final int MOST_PROBLEMS = 100;

    private final Tree tree = Tree.empty();
    private int layer;
    private boolean whole = true;

    /**
     * Reads the next layer, unpacked, to its end.
     *
     * @param problems told each thing that is wrong, such as {@code entry 'a' is there more than once}
     * @throws IOException if the layer cannot be read on; says why, and no place
     */
    public void inspect(InputStream tar, Consumer<String> problems) throws IOException {
        Problems found = new Problems(problems);
        boolean complete = false;
        try {
            inspect(new TarReader(tar, ""), found);
            complete = true;
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(TarReader.message(e), e);
        } finally {
            whole &= complete;
            layer++;
            found.close();
        }
    }

    /** Leaves the next layer out: what layers above it refer to may be in it. */
    public void skip() {
        whole = false;
        layer++;
    }

    private void inspect(TarReader reader, Problems problems) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        Set<String> doubled = new LinkedHashSet<>();
        for (int number = 0;; number++) {
            try {
                Optional<Entry> entry = reader.read();
                if (entry.isEmpty()) {
                    return;
                }
                String path = entry.get().path();
                if (!names.add(path) && doubled.add(path)) {
                    problems.add("entry '" + path + "' is there more than once");
                }
                put(number, entry.get(), problems);
            } catch (BadEntryException e) {
                problems.add(e.getMessage());
            }
        }
    }

    private void put(int number, Entry entry, Problems problems) {
        if (!whole && entry.type() == Entry.Type.HARD_LINK) {
            return;
        }
        try {
            tree.apply(layer, number, entry);
        } catch (IOException e) {
            problems.add(e.getMessage());
        }
    }

    private static final class Problems {

        private final Consumer<String> told;
        private long count;

        Problems(Consumer<String> told) {
            this.told = told;
        }

        void add(String problem) {
            count++;
            if (count <= MOST_PROBLEMS) {
                told.accept(problem);
            }
        }

        void close() {
            if (count > MOST_PROBLEMS) {
                told.accept("has " + (count - MOST_PROBLEMS) + " more entries that are wrong");
            }
        }
    }
}
