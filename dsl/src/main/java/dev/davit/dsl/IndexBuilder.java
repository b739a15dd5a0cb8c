package dev.davit.dsl;

import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Index;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What {@code index { }} can say. */
public final class IndexBuilder {

    private record Entry(Artifact artifact, UnaryOperator<Descriptor> said) { }

    private final List<Entry> entries = new ArrayList<>();

    IndexBuilder() {
    }

    /** Adds an image for its own platform, or another index. */
    public void add(Artifact artifact) {
        add(Collections.emptyMap(), artifact);
    }

    /** {@code add image, platform: 'linux/arm64', annotations: [k: 'v']}: says more of it than its own config does. */
    public void add(Map<?, ?> options, Artifact artifact) {
        entries.add(new Entry(artifact, IndexVerbs.entry(options)));
    }

    Index build() throws IOException {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("index: nothing was added; say 'add IMAGE' in its block");
        }
        Index index = Index.of(List.of());
        for (Entry entry : entries) {
            index = index.add(entry.artifact, entry.said);
        }
        return index;
    }
}
