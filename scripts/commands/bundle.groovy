params {
    description 'Bundles many images into one archive, in which what they share is once'
    argument 'images', 'which images', many: true, optional: true
    option 'list', 'file with an image in each line, - for standard input; # begins a comment'
    option 'output', '-', 'archive to write, which is replaced; standard output where nothing is said', short: 'o'
    option 'since', 'bundle, or image, whose layers are left out for the same repositories, which must have them already', many: true
    option 'platform', 'only the images for these platforms', split: true
    example 'davit bundle debian:12 redis:7 -o monday.tar', 'what davit load takes to a registry without a network'
    example 'davit bundle debian:12 redis:7 nginx:1 -o friday.tar --since monday.tar', 'only what has come since'
}

def names = params.images + (params.list ? lines(params.list) : [])
if (!names) fail 'nothing to bundle: expected IMAGES or --list'
save(params.output, names.collectEntries { [Place.parse(it).name(), image(it, params.platform)] },
    since: params.since.collect { images(it) })
