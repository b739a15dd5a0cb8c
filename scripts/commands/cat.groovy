params {
    description 'Prints a file of an image, byte for byte'
    argument 'image', 'which image'
    argument 'path', 'which file; symbolic links are followed inside the image'
    option 'platform', 'of the image for this platform; of an index, linux/amd64 where nothing is said', split: true
    example 'davit cat debian:12 /etc/os-release', 'tells the release, and pulls only the layers down to that file'
}

image(params.image).pick(params.platform).file(params.path).open().withCloseable { it.transferTo(stdout) }
