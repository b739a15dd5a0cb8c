params {
    description 'Loads the images of an archive into an engine, a registry or a layout; their digests stay'
    option 'input', '-', 'archive to read; standard input where nothing is said', short: 'i'
    option 'to', 'daemon:', 'where to, by their own names: REGISTRY[/PATH], oci:FOLDER, or the engine of this machine'
    option 'tag', 'where the only image goes, in place of its own name', short: 't'
    option 'platform', 'only the images for these platforms', split: true
    example 'ssh host docker save debian:12 | davit load --to localhost:5000', 'prints localhost:5000/debian@sha256:…'
    example 'davit load -i debian.tar --tag localhost:5000/debian:mine', 'gives it another name'
}

def found = images(params.input)
if (params.tag && found.values().unique(false).size() != 1) fail "--tag is for one image, and there are ${found.keySet().join(', ')}"
if (params.tag) println found.values()[0].only(params.platform).to(params.tag)
else attempt(found) { name, image -> println image.only(params.platform).to(Place.under(params.to, name)) }
