params {
    description 'Leaves in an index only the images for some platforms, and the attestations about them'
    argument 'image', 'which index'
    option 'platform', 'platforms, or systems such as linux', split: true, required: true
    option 'tag', 'where to put it; where the index is, if nothing is said', short: 't'
    example 'davit index filter debian:12 --platform=linux/amd64,linux/arm64 -t localhost:5000/debian:12', 'keeps two'
}

println change(params.image, to: params.tag) {
    if (it !instanceof Index) fail "$params.image is an image: expected an index"
    it.filter(params.platform)
}
