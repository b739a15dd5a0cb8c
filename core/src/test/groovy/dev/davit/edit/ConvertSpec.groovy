package dev.davit.edit

import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer

import dev.davit.blob.Compression
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.MediaType
import dev.davit.image.MemorySource
import spock.lang.Specification

class ConvertSpec extends Specification {

    static final LAYERS = [layer('a'), layer('b', Compression.GZIP)]

    static List<String> types(Image image) {
        ([image.mediaType(), image.configDescriptor().mediaType()] + image.layerDescriptors()*.mediaType())*.toString()
    }

    def 'manifest, config and layers change their media types together, and back'() {
        given:
        def oci = image(LAYERS, manifest: ['x.first': 1, annotations: [a: 'b']])
        def docker = Convert.toDocker().apply(oci)

        expect:
        types(docker) == ['application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.docker.container.image.v1+json',
                          'application/vnd.docker.image.rootfs.diff.tar', 'application/vnd.docker.image.rootfs.diff.tar.gzip']
        docker.configDescriptor().digest() == oci.configDescriptor().digest()
        docker.layers()*.digest() == oci.layers()*.digest()
        Convert.toOci().apply(docker) == oci
        Convert.toOci().apply(oci) == oci
    }

    def 'a manifest that leaves its media type out is left so, where that says the same'() {
        given:
        def bare = image(LAYERS).withManifest { it.remove('mediaType') }

        expect:
        Convert.toOci().apply(bare) == bare
        types(Convert.toDocker().apply(bare))[0] == 'application/vnd.docker.distribution.manifest.v2+json'
    }

    def 'layers that are to be fetched elsewhere have names of their own: #oci'() {
        given:
        def foreign = image(LAYERS).withManifest { tree ->
            tree.set(tree.list('layers').collect { it + [mediaType: oci, urls: ['https://x.test/l']] }, 'layers')
        }

        expect:
        types(Convert.toDocker().apply(foreign))[2] == docker
        Convert.toOci().apply(Convert.toDocker().apply(foreign)) == foreign

        where:
        oci                                                                | docker
        'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip'     | 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'
        'application/vnd.oci.image.layer.nondistributable.v1.tar'          | 'application/vnd.docker.image.rootfs.foreign.diff.tar'
    }

    def 'what Docker has no name for is refused: #why'() {
        when:
        Convert.toDocker().apply(image)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.endsWith(why)

        where:
        image                                     | why
        image([layer('a', Compression.ZSTD)])     | 'packed with zstd; pack it with gzip first'
        image([layer('a')]).withManifest { tree ->
            tree.set(tree.list('layers').collect { it + [mediaType: "${it.mediaType}+encrypted" as String] }, 'layers')
        }                                         | 'of the type application/vnd.oci.image.layer.v1.tar+encrypted'
    }

    def 'an artifact that is no container image is refused'() {
        given:
        def source = new MemorySource()

        when:
        (source.get(source.artifact('x')) as Image).apply(Convert.toDocker())

        then:
        def e = thrown(IllegalArgumentException)
        e.message.endsWith('is not a container image: there are no other media types for it')
    }

    def 'an index, the indexes in it and their images change together; attestations stay'() {
        given:
        def source = new MemorySource()
        def amd = source.image('linux/amd64')
        def proof = source.attestation(amd)
        def index = source.get(source.index([amd, source.index([source.image('linux/arm64')]), proof])) as Index

        when:
        def docker = index.apply(Convert.toDocker()) as Index

        then:
        docker.mediaType() == MediaType.DOCKER_INDEX
        docker.descriptors()*.mediaType()*.toString() == ['application/vnd.docker.distribution.manifest.v2+json',
                'application/vnd.docker.distribution.manifest.list.v2+json', 'application/vnd.oci.image.manifest.v1+json']
        docker.descriptors().every { docker.child(it).mediaType() == it.mediaType() }
        docker.images()*.mediaType().unique() == [MediaType.DOCKER_MANIFEST]
        docker.descriptors()[2].digest().toString() == proof.digest
        docker.descriptors()[2].annotations()['vnd.docker.reference.digest'] == docker.descriptors()[0].digest().toString()
        docker.apply(Convert.toOci()) == index
    }
}
