package dev.davit.archive;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.json.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The images of an archive that is an OCI layout, as OCI tools and Docker 25 and newer write it. */
record OciEntries(TarEntries tar) implements Artifact.Content {

    static final String INDEX = "index.json";
    /** The mark of an archive that leaves out what an earlier one has. */
    static final String PARTIAL = "dev.davit.archive.partial";

    List<Entry> entries() throws IOException {
        Document index = Document.parse(tar.read(INDEX), tar.place() + ", " + INDEX);
        List<SavedEntry> saved = SavedEntry.all(tar);
        List<Entry> entries = new ArrayList<>();
        for (Map<String, @Nullable Object> tree : index.objects("manifests")) {
            Descriptor descriptor = Descriptor.parse(tree, tar.place() + ", " + INDEX);
            List<String> names = Names.of(descriptor);
            entries.add(new Entry(names.isEmpty() ? repoTags(descriptor, saved) : names, descriptor.digest().toString(),
                    Names.refName(descriptor), () -> load(descriptor)));
        }
        return entries;
    }

    /** Some versions of docker give the names only in {@code manifest.json}. */
    private List<String> repoTags(Descriptor descriptor, List<SavedEntry> saved) throws IOException {
        if (!saved.isEmpty() && !descriptor.mediaType().isIndex() && load(descriptor) instanceof Image image) {
            String config = path(image.configDescriptor().digest());
            for (SavedEntry entry : saved) {
                if (entry.config().equals(config)) {
                    return entry.repoTags();
                }
            }
        }
        return List.of();
    }

    private Artifact load(Descriptor descriptor) throws IOException {
        return Artifact.of(manifest(descriptor), this, tar.place() + ", " + descriptor.digest());
    }

    private boolean isPartial() {
        try {
            return Document.parse(tar.read(INDEX), INDEX).textMap("annotations").containsKey(PARTIAL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String path(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    @Override
    public Blob blob(Descriptor descriptor) {
        if (!tar.has(path(descriptor.digest())) && isPartial()) {
            return Blob.of(descriptor.digest(), descriptor.size(), tar.place(), () -> {
                throw new IOException(tar.place() + " leaves out " + descriptor.digest() + ", which the bundle before it has: "
                        + "load that one first, to where this one goes");
            });
        }
        return tar.blob(descriptor.digest(), descriptor.size(), path(descriptor.digest()), tar.place());
    }

    @Override
    public Document manifest(Descriptor descriptor) throws IOException {
        if (!tar.has(path(descriptor.digest()))) {
            // docker saves of an index only the platforms that it has pulled
            throw new IOException(tar.place() + " does not have all that its index lists: no manifest "
                    + descriptor.digest() + descriptor.platform().map(platform -> ", for " + platform).orElse(""));
        }
        return Document.parse(blob(descriptor).bytes(), tar.place() + ", " + path(descriptor.digest()));
    }
}
