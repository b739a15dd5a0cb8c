params {
    description 'Deletes a tag; or by digest an image or an index, if no other tag stands for it'
    argument 'image', 'which tag, or which image by its digest; oci:FOLDER:NAME for what a layout lists, until davit layout gc'
    flag 'force', 'delete the image itself, with all tags that stand for it'
    example 'davit delete localhost:5000/site:old', 'deletes the tag; says what else to do where the registry deletes no tags'
    example 'davit delete --force localhost:5000/site:old', 'deletes what the tag stands for, and so its other tags, too'
}

if (Place.parse(params.image).reference().empty) {
    delete params.image
    return
}
def image = Reference.parse(params.image)
if (params.force) {
    image = image.withDigest(Digest.parse(digest(image)))
} else if (image.digest) {
    def others = tagsOf(image) - image.tag
    if (others) fail "$params.image is tagged ${others.join(', ')}; --force deletes it with its tags"
}
delete image
