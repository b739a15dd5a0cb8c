params {
    description 'Writes the files of an image as one tar archive'
    argument 'image', 'which image; - for an archive of one on standard input'
    argument 'file', 'what to write; standard output where nothing is said, and for -', optional: true
    option 'platform', 'of the image for this platform; of an index, linux/amd64 where nothing is said', split: true
    example 'davit export debian:12 | tar t', 'lists the files'
}

def chosen = image(params.image).pick(params.platform)
if (params.file in [null, '-']) chosen.export(stdout)
else chosen.export(params.file)
