params {
    description 'Shows how large images are; what they share is counted once in the total'
    argument 'images', 'which images', many: true
    option 'platform', 'only the images for these platforms', split: true
    flag 'layers', 'show each layer too', short: 'l'
    flag 'unpacked', 'show what layers unpack to as well, which reads them all'
    flag 'json', 'print a list with name, platform, digest, size, added, unpacked and layers of each; in bytes'
    example 'davit size debian:12', 'shows each platform'
    example 'davit size debian:12 nginx:1.27 --platform=linux/amd64', 'shows in ADDED what nginx has besides debian'
}

def sizes = sizes(params.images.collectEntries { [it, image(it, params.platform)] }, unpacked: params.unpacked)
if (params.json) {
    printJson sizes
    return
}
def more = { params.unpacked ? [it.unpacked.present ? Legible.size(it.unpacked.asLong) : '-'] : [] }
def rows = [['IMAGE', 'PLATFORM', 'SIZE', 'ADDED'] + (params.unpacked ? ['UNPACKED'] : [])]
sizes.each { image ->
    rows << [image.name, image.platform.orElse('-'), Legible.size(image.size), Legible.size(image.added)] + more(image)
    if (params.layers) image.layers.each { rows << ["  $it.digest", '', Legible.size(it.size), ''] + more(it) }
}
printTable 'llrrr', rows
if (sizes.size() > 1) println "total ${Legible.size(sizes*.added.sum())}"
