package dev.davit.archive;

import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import java.io.IOException;
import java.util.Optional;

/** What {@code docker load} gets of an image or index: the same on every machine. */
final class DockerImage {

    private static final Platform COMMON = Platform.of("linux", "amd64");

    private DockerImage() {
    }

    /** The image for linux/amd64, or else the first container image of which all layers may be in an archive. */
    static Optional<Image> of(Artifact artifact) throws IOException {
        Image chosen = null;
        for (Image image : artifact.images()) {
            boolean whole = image.layerDescriptors().stream().map(Descriptor::mediaType)
                    .allMatch(MediaType::isDistributable);
            if (image.isContainerImage() && whole && (chosen == null
                    || !chosen.platform().satisfies(COMMON) && image.platform().satisfies(COMMON))) {
                chosen = image;
            }
        }
        return Optional.ofNullable(chosen);
    }
}
