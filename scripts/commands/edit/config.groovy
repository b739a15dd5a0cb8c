params {
    description 'Changes the config of an image: in your editor, or to what standard input has'
    argument 'image', 'which image'
    option 'tag', 'where to put it; where the image is, if nothing is said', short: 't'
    option 'platform', 'of an index, the image for this platform; the others stay, or do not go elsewhere'
    example "davit config site | jq '.config.Env += [\"A=1\"]' | davit edit config site", 'prints the full reference'
}

println change(params.image, to: params.tag, platform: params.platform) {
    if (it.images().size() != 1) fail "$params.image is an index: say which of its images with --platform: $it.platforms"
    def text = edited(Json.writeIndented(it.images()[0].config.document.tree()), 'config.json')
    it.apply { image -> image.withConfig { config -> config.replace(Json.readObject(text, 'the config')) } }
}
