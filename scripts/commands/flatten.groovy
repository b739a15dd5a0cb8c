params {
    description 'Makes one layer of all; of an index, in each of its images'
    argument 'image', 'which image'
    option 'tag', 'where to put it; where the image is, if nothing is said', short: 't'
    option 'platform', 'change only the images for these platforms: the others stay, or do not go elsewhere', split: true
    example 'davit flatten localhost:5000/site -t localhost:5000/site:flat', 'prints the full reference'
}

println change(params.image, to: params.tag, platform: params.platform) { it.flatten() }
