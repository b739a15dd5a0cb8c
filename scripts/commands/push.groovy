params {
    description 'Pushes an archive, an OCI layout or any other image'
    argument 'path', 'an archive, the folder of a layout, or a reference such as oci:images:v1 and -'
    argument 'image', 'where to push'
    option 'name', '', 'which image, where there are several'
    option 'image-refs', 'file to write the full reference to', type: Path
    option 'platform', 'only the images for these platforms', split: true
    flag 'index', 'push all images of a layout, as an index'
    example 'davit push debian.tar localhost:5000/debian:12', 'prints localhost:5000/debian@sha256:…'
    example 'ssh host docker save debian:12 | davit push - localhost:5000/debian:12', 'takes it from a pipe'
}

def found = params.index ? index { layouts(params.path).each { add it } } : local(params.path, params.name)
def pushed = found.only(params.platform).to(params.image)
if (params.imageRefs) Files.writeString(params.imageRefs, "$pushed")
println pushed
