params {
    description 'Pushes an archive or an OCI layout'
    argument 'path', 'an archive, or the folder of a layout', type: Path
    argument 'image', 'where to push'
    option 'name', '', 'which image, where there are several'
    option 'image-refs', 'file to write the full reference to', type: Path
    flag 'index', 'push all images of a layout, as an index'
    example 'davit push debian.tar localhost:5000/debian:12', 'prints localhost:5000/debian@sha256:…'
}

def folder = Files.isDirectory(params.path)
if (params.index && !folder) fail '--index needs the folder of a layout'
def image = params.index ? index { layouts(params.path).each { add it } }
    : folder ? layout(params.path, params.name) : archive(params.path, params.name)
def pushed = image.push(params.image)
if (params.imageRefs) Files.writeString(params.imageRefs, "$pushed")
println pushed
