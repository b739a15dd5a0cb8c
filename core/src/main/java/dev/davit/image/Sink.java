package dev.davit.image;

import java.io.IOException;

/** Where images go: a registry, a layout, an archive. A copy is {@code sink.put(name, source.get(name))}. */
@FunctionalInterface
public interface Sink {

    /**
     * Writes the image or the whole index, byte for byte, under this name; blobs that the sink has are not read.
     * The name changes only when everything it needs is there.
     *
     * @return the descriptor of what was written
     */
    Descriptor put(String name, Artifact artifact) throws IOException;
}
