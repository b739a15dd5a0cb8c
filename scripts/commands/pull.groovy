params {
    description 'Saves images as an archive or an OCI layout'
    argument 'images', 'which images', many: true
    argument 'path', 'the archive, which is replaced, or the layout, which is added to', type: Path
    option 'format', 'tarball', 'what to write', choices: ['tarball', 'legacy', 'oci']
    option 'platform', 'only the images for these platforms; into an archive, linux/amd64 where nothing is said', split: true
    option 'cache-path', 'folder to keep what is fetched, as an OCI layout: what it has is not fetched again', short: 'c', type: Path
    flag 'annotate-ref', 'keep the name of each image in the layout'
    example 'davit pull debian:12 debian.tar', 'what docker load and podman load read'
    example 'davit pull debian:12 images --format=oci', 'the whole index'
    example 'davit pull debian:12 debian.tar --platform=linux/amd64,linux/arm64', 'an index of the two'
}

def oci = params.format == 'oci'
def found = params.images.collectEntries { name ->
    def chosen = params.platform || oci ? image(name, params.platform) : image(name).pick(null)
    if (params.cachePath) chosen = layout(params.cachePath, "${chosen.writeTo(params.cachePath).digest}")
    [name, chosen]
}
if (oci) found.each { name, image -> image.writeTo(params.path, params.annotateRef ? name : '') }
else save(params.path, found.collectEntries { name, image -> [Place.parse(name).name(), image] }, legacy: params.format == 'legacy')
