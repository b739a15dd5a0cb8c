params {
    description 'Saves images as one archive, on standard output or in a file'
    argument 'images', 'which images', many: true
    option 'output', '-', 'archive to write, which is replaced; standard output where nothing is said', short: 'o'
    option 'platform', 'only the images for these platforms', split: true
    flag 'legacy', 'write what engines from before Docker 1.10 load'
    example 'davit save debian:12 redis:7 | ssh host docker load', 'moves two images to an engine elsewhere'
    example 'davit save debian:12 -o debian.tar', 'writes a file'
}

save(params.output, params.images.collectEntries { [Place.parse(it).name(), image(it, params.platform)] },
    legacy: params.legacy)
