package dev.davit.registry

import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.Digest
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Layer
import dev.davit.image.Platform

/** Small images; the same seed gives the same bytes. */
final class Samples {

    static byte[] bytes(int size, long seed) {
        new byte[size].tap { new Random(seed).nextBytes(it) }
    }

    static Layer layer(int size, long seed) {
        byte[] bytes = bytes(size, seed)
        Layer.of(Blob.of(bytes), Digest.of(bytes), Compression.NONE, 'spec')
    }

    static Image image(List<Layer> layers, String platform = 'linux/amd64') {
        Image.scratch(Platform.parse(platform)).withLayers(layers, [])
    }

    /** Two platforms that share a layer. */
    static Index index() {
        def shared = layer(5000, 7)
        Index.of([image([shared, layer(3000, 8)]), image([shared, layer(2000, 9)], 'linux/arm64')])
    }
}
