package dev.davit.image

import dev.davit.blob.Blob
import dev.davit.blob.Digest
import dev.davit.blob.Origin
import dev.davit.json.Document
import java.util.concurrent.CopyOnWriteArrayList

/** Holds manifests and blobs in memory as a registry would, and remembers what was fetched. */
class MemorySource implements Artifact.Content {

    final Map<Digest, byte[]> contents = [:]
    final List<Digest> fetched = new CopyOnWriteArrayList<>()

    /** Stores the document; gives a descriptor that refers to it. */
    Map<String, Object> add(String mediaType, Map<String, Object> tree) {
        add(mediaType, Document.of(tree).bytes())
    }

    Map<String, Object> add(String mediaType, byte[] bytes) {
        def digest = Digest.of(bytes)
        contents[digest] = bytes
        [mediaType: mediaType, digest: "$digest".toString(), size: bytes.length]
    }

    /** A container image with one layer; gives a descriptor with its platform. */
    Map<String, Object> image(String platform, String layer = platform, Map<String, Object> extra = [:]) {
        def tree = Platform.parse(platform).tree()
        def bytes = layer.bytes
        def config = add(MediaType.OCI_CONFIG.name(), tree + [config: [Env: ['A=1']], 'x-unknown': [1.50],
                rootfs: [type: 'layers', diff_ids: ["${Digest.of(bytes)}".toString()]], history: [[created_by: 'test']]])
        add(MediaType.OCI_MANIFEST.name(), [schemaVersion: 2, mediaType: MediaType.OCI_MANIFEST.name(), config: config,
                layers: [add(MediaType.OCI_LAYER.name(), bytes)]] + extra) + [platform: tree]
    }

    /** What is not an image, such as a signature. */
    Map<String, Object> artifact(String layer) {
        add(MediaType.OCI_MANIFEST.name(), [schemaVersion: 2, mediaType: MediaType.OCI_MANIFEST.name(),
                artifactType: 'application/vnd.test', config: add(MediaType.OCI_EMPTY.name(), [:]),
                layers: [add('text/plain', layer.bytes)]])
    }

    /** An attestation as BuildKit writes it. */
    Map<String, Object> attestation(Map<String, Object> image) {
        this.image('unknown/unknown', 'proof of ' + image.digest) + [annotations: [
                'vnd.docker.reference.digest': image.digest, 'vnd.docker.reference.type': 'attestation-manifest']]
    }

    Map<String, Object> index(List<Map<String, Object>> manifests, Map<String, Object> extra = [:]) {
        add(MediaType.OCI_INDEX.name(),
                [schemaVersion: 2, mediaType: MediaType.OCI_INDEX.name(), manifests: manifests] + extra)
    }

    /** The image or index that the descriptor refers to. */
    Artifact get(Map<String, Object> descriptor) {
        Artifact.of(Document.parse(contents[Digest.parse(descriptor.digest)], 'm'), this, 'r.test/a')
    }

    @Override
    Blob blob(Descriptor descriptor) {
        Blob.of(descriptor.digest(), descriptor.size(), new Origin('r.test', 'a'), {
            fetched << descriptor.digest()
            new ByteArrayInputStream(contents[descriptor.digest()])
        })
    }

    @Override
    Document manifest(Descriptor descriptor) {
        fetched << descriptor.digest()
        Document.parse(contents[descriptor.digest()], "r.test/a@${descriptor.digest()}")
    }
}
