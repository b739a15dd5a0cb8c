package dev.davit.image;

import dev.davit.blob.AtomicFile;
import dev.davit.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file in an artifact that is no file system: a signature, a list of parts, a chart.
 *
 * @param name the title that the descriptor has, or else its digest; a relative path, maybe in folders
 */
public record Part(String name, Descriptor descriptor, Blob blob) {

    /** The annotation with the name. */
    public static final String TITLE = "org.opencontainers.image.title";

    /** Names without a way out of their folder, on any system. */
    private static final Pattern NAME = Pattern.compile("(?!.*(?:^|/)\\.{1,2}(?:/|$))[^/\\\\:\\p{Cntrl}][^\\\\:\\p{Cntrl}]*");

    /** The files of an artifact, in its order. */
    static List<Part> of(List<Descriptor> descriptors, List<Blob> blobs) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < descriptors.size(); i++) {
            Descriptor descriptor = descriptors.get(i);
            String name = descriptor.annotations().getOrDefault(TITLE, descriptor.digest().toString().replace(':', '-'));
            parts.add(new Part(name, descriptor, blobs.get(i)));
        }
        return List.copyOf(parts);
    }

    /**
     * Writes the file into a folder, under its name.
     *
     * @throws IOException if it is there, or its name leads out of the folder
     */
    public Path writeTo(Path folder) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IOException("the artifact has a file named '" + name + "': expected a path in its folder");
        }
        Path target = folder.resolve(name);
        Files.createDirectories(target.toAbsolutePath().getParent());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString(), null, "it is there already");
        }
        try (AtomicFile out = AtomicFile.create(target); InputStream in = blob.open()) {
            in.transferTo(out);
            out.commit();
        }
        return target;
    }

    @Override
    public String toString() {
        return name;
    }
}
