package dev.davit.dsl;

import dev.davit.image.Artifact;
import java.io.IOException;

/** What an artifact passes on its way from a script to where it is kept: a registry, an archive, a layout, an engine. */
@FunctionalInterface
public interface Gate {

    /**
     * Judges an artifact before anything of it is written; what it throws ends the script.
     *
     * @param place where it is to go: a full reference, {@code archive:FILE[:NAME]}, {@code oci:FOLDER[:NAME]},
     *              {@code daemon:NAME}; or {@code export:FILE} or {@code extract:FOLDER} for the files in it
     * @return false if it is not to be written, and the script is to go on as if it had been
     */
    boolean pass(String place, Artifact artifact) throws IOException;
}
