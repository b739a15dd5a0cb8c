package dev.davit.archive;

import dev.davit.blob.Blob;
import dev.davit.blob.Compression;
import dev.davit.blob.Digest;
import dev.davit.blob.DigestingOutputStream;
import dev.davit.blob.ObservedInputStream;
import dev.davit.blob.Traffic;
import dev.davit.image.Artifact;
import dev.davit.image.Config;
import dev.davit.image.Descriptor;
import dev.davit.image.MediaType;
import dev.davit.json.Document;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image of an archive without manifests, as {@code docker save} wrote it before version 25. It gets an OCI manifest
 * over what is there, byte for byte: the config, and the layers as they are, which is most often unpacked. So nothing is
 * packed anew, and the same archive gives the same digest everywhere.
 */
final class SavedImage implements Artifact.Content {

    private final TarEntries tar;
    private final Map<Digest, Blob> blobs = new LinkedHashMap<>();

    SavedImage(TarEntries tar) {
        this.tar = tar;
    }

    static Artifact load(TarEntries tar, SavedEntry saved) throws IOException {
        SavedImage image = new SavedImage(tar);
        return Artifact.of(image.manifest(saved), image, tar.place() + ", " + saved.config());
    }

    /** The manifest that the image gets. */
    Document manifest(SavedEntry saved) throws IOException {
        Document config = Document.parse(tar.read(saved.config()), tar.place() + ", " + saved.config());
        blobs.put(config.digest(), config.blob());
        List<Digest> diffIds = new Config(config).diffIds();
        if (diffIds.size() != saved.layers().size()) {
            throw new IOException(tar.place() + ", " + SavedEntry.FILE + " lists " + saved.layers().size()
                    + " layers, but " + saved.config() + " has " + diffIds.size() + " diff ids");
        }
        List<Map<String, @Nullable Object>> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            layers.add(layer(saved.layers().get(i), diffIds.get(i)).tree());
        }
        Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MediaType.OCI_MANIFEST.name());
        manifest.put("config", Descriptor.of(MediaType.OCI_CONFIG, config.digest(), config.size()).tree());
        manifest.put("layers", layers);
        return Document.of(manifest);
    }

    private Descriptor layer(String path, Digest diffId) throws IOException {
        Compression compression;
        try (InputStream in = new BufferedInputStream(tar.open(path))) {
            compression = Compression.sniff(in);
        }
        // Unpacked, its digest is the diff id, and reading it will prove that; else it has to be read once.
        Digest digest = compression == Compression.NONE ? diffId : digest(path);
        Blob blob = tar.blob(digest, tar.size(path), path, tar.place() + ", " + path);
        blobs.put(digest, blob);
        return Descriptor.of(MediaType.layer(MediaType.OCI_MANIFEST, compression), digest, blob.size());
    }

    private Digest digest(String path) throws IOException {
        try (InputStream in = new ObservedInputStream(tar.open(path), Traffic.begin("layer", tar.size(path)));
                DigestingOutputStream hash = new DigestingOutputStream(OutputStream.nullOutputStream())) {
            in.transferTo(hash);
            return hash.digest();
        }
    }

    @Override
    public Blob blob(Descriptor descriptor) {
        Blob blob = blobs.get(descriptor.digest());
        if (blob == null) {
            throw new IllegalStateException("no content for " + descriptor);
        }
        return blob;
    }

    @Override
    public Document manifest(Descriptor descriptor) {
        throw new IllegalStateException("no manifests in " + tar.place());
    }
}
