params {
    description 'Shows the steps in which an image was made, with the layer that each added'
    argument 'image', 'which image'
    option 'platform', 'of the image for this platform; of an index, linux/amd64 where nothing is said', split: true
    flag 'no-trunc', 'print digests and commands in full'
    flag 'json', 'print a list with created, createdBy, comment, layer, digest and size of each; null where there is none'
    example 'davit history debian:12', 'shows the first step first'
}

def steps = image(params.image).pick(params.platform).history
if (params.json) {
    printJson steps
    return
}
def cut = { text, length -> params.noTrunc || text.size() <= length ? text : text.take(length - 1) + '…' }
printTable 'lrll', [['CREATED', 'SIZE', 'LAYER', 'CREATED BY']] + steps.collect {
    [it.created?.take(19) ?: '-', it.digest ? Legible.size(it.size) : '-',
     !it.digest ? '-' : params.noTrunc ? it.digest : it.digest.hex().take(12), cut(it.createdBy ?: '', 80)]
}
