package dev.davit.dsl;

import dev.davit.tar.Entry;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A file in an image, whose content is read when asked for. */
public final class ImageFile {

    private final Overlay files;
    private final Entry entry;

    private ImageFile(Overlay files, Entry entry) {
        this.files = files;
        this.entry = entry;
    }

    /** The file that a path leads to, by way of symbolic links inside the image. */
    public static ImageFile in(Overlay files, String path) throws IOException {
        return new ImageFile(files, files.resolve(path));
    }

    /** What the layer says of the file: mode, owner, time. */
    public Entry getEntry() {
        return entry;
    }

    public String getPath() {
        return entry.path();
    }

    /** Bytes. */
    public long getSize() {
        return entry.size();
    }

    /** The content as UTF-8 text. */
    public String getText() throws IOException {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    public byte[] getBytes() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    /** The content; close the stream. */
    public InputStream open() throws IOException {
        return files.open(entry.path());
    }

    @Override
    public String toString() {
        return entry.toString();
    }
}
