package dev.davit.image;

import java.io.IOException;

/** Where images come from: a registry, a layout, an archive. */
@FunctionalInterface
public interface Source {

    /**
     * The image or index of this name. Reads its manifest; layers are read only when something opens them.
     *
     * @param name what the source calls it: a reference in a registry, a tag in a layout or an archive; empty text
     *             where the source holds just one
     * @throws IOException if there is no such name, or it cannot be read
     */
    Artifact get(String name) throws IOException;
}
