package dev.davit.edit

import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.ContentStore
import dev.davit.blob.Digest
import dev.davit.image.Artifact
import dev.davit.image.Descriptor
import dev.davit.image.Image
import dev.davit.image.Layer
import dev.davit.image.MediaType
import dev.davit.json.Document
import dev.davit.tar.Overlay
import dev.davit.tar.TarFixture
import java.nio.file.Path

/** Images of layers, with configs and manifests as others write them. */
class Images {

    /** The layer that the statements of a {@link TarFixture} say. */
    static Layer layer(Compression compression = Compression.NONE, @DelegatesTo(TarFixture) Closure block) {
        def tar = TarFixture.tar(block)
        def packed = new ByteArrayOutputStream()
        compression.compress(packed).withCloseable { it.write(tar) }
        Layer.of(Blob.of(packed.toByteArray()), Digest.of(tar), compression, 'test')
    }

    /** A layer with one file, whose content is its name. */
    static Layer layer(String name, Compression compression = Compression.NONE) {
        layer(compression) { file name, name }
    }

    /** Steps that Docker's history would tell of layers. */
    static List<Map> steps(String... createdBy) {
        createdBy.collect { it.startsWith('#') ? [created_by: it, empty_layer: true] : [created_by: it] }
    }

    /**
     * An image of these layers. {@code config} and {@code manifest} are members that come first in the documents;
     * {@code history} may be missing; {@code docker} says whether the media types are Docker's.
     */
    static Image image(Map<String, Object> said = [:], List<Layer> layers) {
        def platform = said.platform ?: [architecture: 'amd64', os: 'linux']
        def config = Document.of((said.config ?: [:]) + platform +
                [rootfs: [type: 'layers', diff_ids: layers*.diffId()*.toString()]] +
                (said.history == null ? [:] : [history: said.history]))
        def type = said.docker ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST
        def configType = said.docker ? MediaType.DOCKER_CONFIG : MediaType.OCI_CONFIG
        def manifest = Document.of((said.manifest ?: [:]) + [schemaVersion: 2, mediaType: type.name(),
                config: Descriptor.of(configType, config.digest(), config.size()).tree(),
                layers: layers.collect { it.withMediaType(it.mediaType().inFamilyOf(type)).descriptor().tree() }])
        def blobs = layers.collectEntries { [it.digest(), it.blob()] } + [(config.digest()): config.blob()]
        Artifact.of(manifest, new Artifact.Content() {
            Blob blob(Descriptor descriptor) { blobs[descriptor.digest()] }
            Document manifest(Descriptor descriptor) { throw new AssertionError() }
        }, 'test') as Image
    }

    /** What the layers make up together, one line for each entry. */
    static List<String> files(Image image, Path folder) {
        TarFixture.lines(Overlay.of(image, store(folder)))
    }

    static ContentStore store(Path folder) {
        ContentStore.at(folder.resolve('store'), 0)
    }

    static List<String> history(Image image) {
        image.config().history().collect { it.createdBy().orElse("(${it.comment().orElse('')})") as String }
    }
}
