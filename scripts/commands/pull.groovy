params {
    description 'Saves images as an archive or an OCI layout'
    argument 'images', 'which images', many: true
    argument 'path', 'the archive, which is replaced, or the layout, which is added to', type: Path
    option 'format', 'tarball', 'what to write', choices: ['tarball', 'oci']
    option 'platform', 'only the image for this platform; into a tarball, linux/amd64 where nothing is said'
    flag 'annotate-ref', 'keep the name of each image in the layout'
    example 'davit pull debian:12 debian.tar', 'what docker load and podman load read'
    example 'davit pull debian:12 images --format=oci', 'the whole index'
}

if (params.format == 'oci') {
    params.images.each { remote(it, params.platform).writeTo(params.path, params.annotateRef ? it : '') }
} else {
    save(params.path, params.images.collectEntries { [it, remote(it).pick(params.platform)] })
}
