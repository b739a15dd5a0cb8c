package dev.davit.archive;

import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import java.io.IOException;
import java.io.OutputStream;

/** A way to write images into a tar file. */
interface ArchiveForm {

    /** Adds an image or index; empty text for one without a name. Reads manifests and configs. */
    Descriptor add(String name, Artifact artifact) throws IOException;

    /** Writes the archive, and leaves the stream open. */
    void write(OutputStream out) throws IOException;
}
