params {
    description 'Lists what an index or an OCI layout lists'
    argument 'image', 'which index, or the folder of a layout'
    flag 'json', 'print a list with digest, mediaType, size, platform and annotations of each; null is for no platform'
    example 'davit index list debian:12', 'prints digest, media type and platform of each image'
}

def found = place(params.image).with { it.layout ? layoutAt(it.path()) : image(it) }
if (found instanceof Image) fail "$params.image is an image: expected an index"
def rows = found.descriptors
if (params.json) {
    printJson rows.collect { [digest: it.digest, mediaType: it.mediaType, size: it.size, platform: it.platform,
        annotations: it.annotations] }
} else {
    printTable 'lll', [['Digest', 'MediaType', 'Platform']] + rows.collect { [it.digest, it.mediaType, it.platform ?: '-'] }
}
