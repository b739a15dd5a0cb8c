package dev.davit.dsl;

import dev.davit.image.Artifact;
import dev.davit.image.Index;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@code index { }} can say. */
public final class IndexBuilder {

    private final List<Artifact> artifacts = new ArrayList<>();

    IndexBuilder() {
    }

    /** Adds an image for its own platform, or another index. */
    public void add(Artifact artifact) {
        artifacts.add(artifact);
    }

    Index build() throws IOException {
        if (artifacts.isEmpty()) {
            throw new IllegalArgumentException("index: nothing was added; say 'add IMAGE' in its block");
        }
        return Index.of(artifacts);
    }
}
