params {
    description 'Prints the digest of an image or an index'
    argument 'image', 'which image; with --tarball its name there', optional: true
    option 'tarball', 'archive to read, instead of a registry', type: Path
    option 'platform', 'of the image for this platform; of several, of an index of theirs', split: true
    flag 'full-ref', 'print registry and repository too'
    example 'davit digest debian:12 --platform=linux/arm64', 'prints sha256:… of the image for arm64'
}

if (params.tarball) {
    if (params.fullRef) fail '--full-ref needs a registry: it does not go with --tarball'
    println archive(params.tarball, params.image ?: '').only(params.platform).digest
} else {
    if (!params.image) fail 'IMAGE is missing'
    def found = params.platform ? image(params.image, params.platform).digest : digest(params.image)
    println params.fullRef ? Place.parse(params.image).withDigest(Digest.parse("$found")) : found
}
