package dev.davit.image

import dev.davit.blob.Compression
import spock.lang.Specification

class MediaTypeSpec extends Specification {

    static final OCI = 'application/vnd.oci.image.'
    static final DOCKER = 'application/vnd.docker.'

    def 'a media type says what it names: #name'() {
        given:
        def type = new MediaType(name)

        expect:
        [type.index, type.manifest, type.config, type.layer, type.distributable, type.docker]*.compareTo(false) == says

        where:
        name                                                       || says // index manifest config layer distributable docker
        OCI + 'index.v1+json'                                      || [1, 0, 0, 0, 1, 0]
        OCI + 'manifest.v1+json'                                   || [0, 1, 0, 0, 1, 0]
        OCI + 'config.v1+json'                                     || [0, 0, 1, 0, 1, 0]
        OCI + 'layer.v1.tar'                                       || [0, 0, 0, 1, 1, 0]
        OCI + 'layer.v1.tar+gzip'                                  || [0, 0, 0, 1, 1, 0]
        OCI + 'layer.v1.tar+zstd'                                  || [0, 0, 0, 1, 1, 0]
        OCI + 'layer.v1.tar+gzip+encrypted'                        || [0, 0, 0, 1, 1, 0]
        OCI + 'layer.nondistributable.v1.tar+gzip'                 || [0, 0, 0, 1, 0, 0]
        DOCKER + 'distribution.manifest.list.v2+json'              || [1, 0, 0, 0, 1, 1]
        DOCKER + 'distribution.manifest.v2+json'                   || [0, 1, 0, 0, 1, 1]
        DOCKER + 'container.image.v1+json'                         || [0, 0, 1, 0, 1, 1]
        DOCKER + 'image.rootfs.diff.tar.gzip'                      || [0, 0, 0, 1, 1, 1]
        DOCKER + 'image.rootfs.foreign.diff.tar.gzip'              || [0, 0, 0, 1, 0, 1]
        'application/vnd.oci.empty.v1+json'                        || [0, 0, 0, 0, 1, 0]
        'application/vnd.cncf.helm.config.v1+json'                 || [0, 0, 0, 0, 1, 0]
        ''                                                         || [0, 0, 0, 0, 1, 0]
    }

    def 'an added layer gets the name that the family of the manifest has: #compression for #manifest'() {
        expect:
        "${MediaType.layer(manifest, compression)}" == name

        where:
        manifest                  | compression      || name
        MediaType.OCI_MANIFEST    | Compression.NONE || OCI + 'layer.v1.tar'
        MediaType.OCI_MANIFEST    | Compression.GZIP || OCI + 'layer.v1.tar+gzip'
        MediaType.OCI_MANIFEST    | Compression.ZSTD || OCI + 'layer.v1.tar+zstd'
        MediaType.DOCKER_MANIFEST | Compression.NONE || DOCKER + 'image.rootfs.diff.tar'
        MediaType.DOCKER_MANIFEST | Compression.GZIP || DOCKER + 'image.rootfs.diff.tar.gzip'
        MediaType.DOCKER_MANIFEST | Compression.ZSTD || OCI + 'layer.v1.tar+zstd'
    }

    def 'a layer type moves to another family: #name'() {
        expect:
        "${new MediaType(name).inFamilyOf(MediaType.DOCKER_MANIFEST)}" == docker
        "${new MediaType(name).inFamilyOf(MediaType.OCI_MANIFEST)}" == oci

        where:
        name                                      || docker                                 | oci
        OCI + 'layer.v1.tar'                      || DOCKER + 'image.rootfs.diff.tar'       | OCI + 'layer.v1.tar'
        OCI + 'layer.v1.tar+gzip'                 || DOCKER + 'image.rootfs.diff.tar.gzip'  | OCI + 'layer.v1.tar+gzip'
        OCI + 'layer.v1.tar+zstd'                 || OCI + 'layer.v1.tar+zstd'              | OCI + 'layer.v1.tar+zstd'
        DOCKER + 'image.rootfs.diff.tar.gzip'     || DOCKER + 'image.rootfs.diff.tar.gzip'  | OCI + 'layer.v1.tar+gzip'
        DOCKER + 'image.rootfs.diff.tar.zstd'     || OCI + 'layer.v1.tar+zstd'              | OCI + 'layer.v1.tar+zstd'
    }

    def 'a type that no family has another name for stays: #name'() {
        expect:
        new MediaType(name).inFamilyOf(manifest).name() == name

        where:
        [name, manifest] << [[OCI + 'layer.v1.tar+gzip+encrypted', OCI + 'layer.nondistributable.v1.tar+gzip', 'text/plain',
                              DOCKER + 'image.rootfs.foreign.diff.tar.gzip', DOCKER + 'plugin.v1+json'],
                             [MediaType.OCI_MANIFEST, MediaType.DOCKER_MANIFEST]].combinations()
    }
}
