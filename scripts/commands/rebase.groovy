params {
    description 'Puts an image on another base, without moving a layer; of an index, each of its images'
    argument 'image', 'which image', optional: true
    option 'old-base', 'what it is built on; where nothing is said, its annotations tell'
    option 'new-base', 'what to put it on; where nothing is said, what the name of its base stands for now'
    option 'tag', 'where to put it; where the image is, if nothing is said', short: 't'
    option 'original', 'IMAGE, as older scripts for crane say it'
    option 'rebased', '--tag, as older scripts for crane say it'
    option 'platform', 'change only the images for these platforms: the others stay, or do not go elsewhere', split: true
    example 'davit rebase localhost:5000/site --old-base=debian:12.1 --new-base=debian:12.2', 'prints the full reference'
}

// An image in a registry is named, so that the annotations can tell it.
def base = { name -> name && Place.parse(name).reference().empty ? image(name) : name }
def image = params.image ?: params.original
if (!image) fail 'IMAGE is missing'
println change(image, to: params.tag ?: params.rebased, platform: params.platform) {
    it.rebase(from: base(params.oldBase), to: base(params.newBase))
}
