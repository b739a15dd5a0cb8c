params {
    description 'Lists what refers to an image, such as signatures and lists of parts'
    argument 'image', 'which image; of an index, the index itself'
    option 'type', 'only what is of this type'
    option 'platform', 'what refers to the image for this platform'
    option 'output', 'folder to write the files of all that is listed to', short: 'o', type: Path
    flag 'tree', 'also list what refers to that'
    flag 'json', 'print a list with digest, depth, artifactType, mediaType, size and annotations of each; depth is from 0'
    example 'davit attach site:1 sbom.json --type=application/spdx+json', 'adds one'
    example 'davit referrers site:1 --type=application/spdx+json -o .', 'gets its file back'
}

def seen = [] as Set
def list
list = { image, depth, platform ->
    referrers(image, type: params.type, platform: platform).findAll { seen.add(it.digest) }
        .collectMany { [[it, depth]] + (params.tree ? list(it, depth + 1, null) : []) }
}
def found = list(params.image, 0, params.platform)
if (params.output) found.each { it[0].artifact.extract(params.output) }
if (params.json) {
    printJson found.collect { one, depth -> [digest: one.digest, depth: depth, artifactType: one.artifactType,
        mediaType: one.mediaType, size: one.size, annotations: one.annotations] }
} else if (found) {
    printTable 'lll', [['DIGEST', 'TYPE', 'ANNOTATIONS']] + found.collect { one, depth ->
        ['  ' * depth + one.digest, one.artifactType ?: one.mediaType, one.annotations.collect { "$it" }.join(' ')]
    }
}
