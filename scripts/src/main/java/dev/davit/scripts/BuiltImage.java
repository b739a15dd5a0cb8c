package dev.davit.scripts;

import dev.davit.blob.ContentStore;
import dev.davit.blob.Digest;
import dev.davit.dsl.ImageFile;
import dev.davit.image.Artifact;
import dev.davit.image.Config;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Platform;
import dev.davit.tar.Entry;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.util.List;

/** An image or an index in a test. What is asked of its config and its files is of the only image that it has. */
public final class BuiltImage {

    private final Artifact artifact;
    private final ContentStore store;

    BuiltImage(Artifact artifact, ContentStore store) {
        this.artifact = artifact;
        this.store = store;
    }

    public Artifact artifact() {
        return artifact;
    }

    public Digest digest() {
        return artifact.digest();
    }

    /** The platforms that it is for. */
    public List<Platform> platforms() throws IOException {
        return artifact instanceof Index index ? index.platforms() : List.of(((Image) artifact).platform());
    }

    /** The image for a platform. */
    public BuiltImage platform(String platform) throws IOException {
        return new BuiltImage(artifact.platform(Platform.parse(platform)), store);
    }

    public Config config() throws IOException {
        return only().config();
    }

    /** All files, directories and links, by path. */
    public List<Entry> files() throws IOException {
        return overlay().entries();
    }

    /** Whether there is something at exactly this path. */
    public boolean has(String path) throws IOException {
        return overlay().find(path).isPresent();
    }

    /** The file that a path leads to. */
    public ImageFile file(String path) throws IOException {
        return ImageFile.in(overlay(), path);
    }

    private Overlay overlay() throws IOException {
        return Overlay.of(only(), store);
    }

    private Image only() throws IOException {
        List<Image> images = artifact.images();
        if (images.size() != 1) {
            throw new IllegalStateException("this is an index of " + images.size() + " images: choose one by its platform, of "
                    + platforms());
        }
        return images.get(0);
    }
}
