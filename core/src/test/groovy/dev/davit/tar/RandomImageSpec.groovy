package dev.davit.tar

import dev.davit.blob.ContentStore
import dev.davit.image.Platform
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

class RandomImageSpec extends Specification {

    static final AMD64 = Platform.parse('linux/amd64')
    static final ARM64 = Platform.parse('linux/arm64')

    @TempDir
    Path folder

    private ContentStore store(String name = 'store') {
        ContentStore.at(folder.resolve(name), 1L << 30)
    }

    def 'the seed decides every byte: #seed'() {
        expect:
        RandomImage.of(store(), 100_000, 3, seed, AMD64).digest().toString() == digest

        where:
        seed || digest
        0    || 'sha256:8f6c0f992b92e4ea014fba8e678dea65cddf95fc05849b1a2c1c7dbab5df34ea'
        42   || 'sha256:8db4a9e849b6ba7de6b95bea80c942cc8146482b6334b9ea91e63cb3928add67'
    }

    def 'an image has so many layers of one file of the size'() {
        given:
        def image = RandomImage.of(store(), size, layers, 1, ARM64)
        def files = Overlay.of(image, store()).entries().findAll { it.file }

        expect:
        image.platform() == ARM64
        image.layers().size() == layers
        image.layers()*.digest().toUnique().size() == layers
        image.layers()*.uncompressed()*.bytes*.length == image.layers()*.size()
        image.config().history().size() == layers
        files*.path() == (0..<layers).collect { "random/$it".toString() }
        files*.size() == [size] * layers

        where:
        size    | layers
        0       | 1
        1       | 2
        8191    | 1
        100_001 | 3
    }

    def 'an index has such an image for each platform, and no layer twice'() {
        given:
        def index = RandomImage.index(store(), 1000, 2, 42, [AMD64, ARM64])

        expect:
        index.digest().toString() == 'sha256:b1e0c43ac3a1640d8044062cdc49f63da652320317cfb4e480c0162ff66b9904'
        index.platforms() == [AMD64, ARM64]
        index.images()*.layers().flatten()*.digest().toUnique().size() == 4
        index.images()[0] == RandomImage.of(store(), 1000, 2, 42, AMD64)
    }

    def 'an image cannot have fewer than no bytes, or no layers'() {
        when:
        RandomImage.of(store(), size, layers, 1, AMD64)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed random image of $layers layers with $size bytes: expected at least 1 layer and 0 bytes"

        where:
        size | layers
        -1   | 1
        1    | 0
    }
}
