params {
    description 'Changes the manifest of an image or an index: in your editor, or to what standard input has'
    argument 'image', 'which image'
    option 'tag', 'where to put it; where the image is, if nothing is said', short: 't'
    option 'media-type', 'media type to say in it', short: 'm'
    option 'platform', 'of an index, the image for this platform; the others stay, or do not go elsewhere'
    example 'davit edit manifest localhost:5000/site', 'opens it in your editor'
}

println change(params.image, to: params.tag, platform: params.platform) {
    def text = edited(Json.writeIndented(it.manifest.tree()), 'manifest.json')
    it.withManifest { manifest ->
        manifest.replace(Json.readObject(text, 'the manifest'))
        if (params.mediaType) manifest.set(params.mediaType, 'mediaType')
    }
}
