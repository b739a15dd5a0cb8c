params {
    description 'Puts layers on top of an image; of an index, on each of its images'
    option 'base', 'image to start from; an empty one where nothing is said', short: 'b'
    option 'new-tag', 'where to put it', short: 't', required: true
    option 'new-layer', 'tar archive, packed or not; - for standard input', short: 'f', split: true, required: true
    option 'output', 'archive to write, instead of a push', short: 'o', type: Path
    option 'platform', 'only the images for these platforms, the others stay where the base itself is changed; what an empty one is for', split: true
    flag 'set-base-image-annotations', 'say in the annotations which image it is based on'
    flag 'oci-empty-base', 'start from an empty image in the form of OCI, which is what happens without a base'
    example 'davit append -b debian:12 -t localhost:5000/site -f site.tar', 'prints the full reference'
    example 'tar c site | davit append -b debian:12 -t localhost:5000/site -f -', 'takes the layer from a pipe'
    example 'davit append -b oci:images:base -t archive:site.tar:site:1 -f site.tar', 'needs no registry'
}

if (params.base && params.ociEmptyBase) fail '--base and --oci-empty-base do not go together'
def layers = params.newLayer.collect { it == '-' ? layer(stdin) : layer(it) }
def appended = { base ->
    if (!params.setBaseImageAnnotations || !params.base) return base.append(layers)
    def tag = Place.parse(params.base).reference().filter { it.digest().empty }.map { ['.name': it] }.orElse([:])
    base.append(layers).withAnnotation((['.digest': base.digest] + tag).collectEntries { key, value ->
        ["org.opencontainers.image.base$key": value] })
}
if (params.base && !params.output) {
    println change(params.base, to: params.newTag, platform: params.platform, appended)
    return
}
def empty = { platforms -> platforms.size() > 1 ? index { platforms.each { add scratch(it) } } : scratch(platforms[0]) }
def result = appended(params.base ? image(params.base, params.platform) : empty(params.platform - 'all' ?: ['linux/amd64']))
if (params.output) save(params.output, [(Place.parse(params.newTag).name()): result])
else println result.to(params.newTag)
