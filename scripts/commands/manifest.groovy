params {
    description 'Prints the manifest of an image or an index, byte for byte'
    argument 'image', 'which image'
    option 'platform', 'of the image for this platform; of several, of an index of theirs', split: true
    example "davit manifest debian:12 | jq -r '.manifests[].digest'", 'lists what an index refers to'
}

print image(params.image, params.platform).manifest
