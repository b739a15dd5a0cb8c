params {
    description 'Prints the config of an image, byte for byte'
    argument 'image', 'which image'
    option 'platform', 'of the image for this platform; of an index, linux/amd64 where nothing is said', split: true
    example 'davit config debian:12 | jq .config.Env', 'shows the environment'
}

print image(params.image).pick(params.platform).config.document
