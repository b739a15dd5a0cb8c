params {
    description 'Puts layers on top of an image; of an index, on each of its images'
    option 'base', 'image to start from; an empty one where nothing is said', short: 'b'
    option 'new-tag', 'where to push', short: 't', required: true
    option 'new-layer', 'tar archive, packed or not; - for standard input', short: 'f', split: true, required: true
    option 'output', 'archive to write, instead of a push', short: 'o', type: Path
    option 'platform', 'only the image for this platform'
    flag 'set-base-image-annotations', 'say in the annotations which image it is based on'
    example 'davit append -b debian:12 -t localhost:5000/site -f site.tar', 'prints the full reference'
    example 'tar c site | davit append -b debian:12 -t localhost:5000/site -f -', 'takes the layer from a pipe'
}

def base = params.base ? remote(params.base, params.platform) : scratch(params.platform ?: 'linux/amd64')
def image = base.append(params.newLayer.collect { it == '-' ? layer(stdin) : layer(it) })
if (params.setBaseImageAnnotations && params.base) {
    def name = Reference.parse(params.base)
    image = image.withAnnotation('org.opencontainers.image.base.digest', base.digest)
    if (name.tag && !name.digest) image = image.withAnnotation('org.opencontainers.image.base.name', name)
}
if (params.output) image.save(params.output, params.newTag)
else println image.push(params.newTag)
