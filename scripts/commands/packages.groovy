params {
    description 'Lists the packages that dpkg, apk and rpm have installed in an image'
    argument 'image', 'which image'
    option 'platform', 'of the image for this platform; of an index, linux/amd64 where nothing is said', split: true
    flag 'json', 'print a list with kind (deb, apk or rpm), name, version and architecture of each'
    example 'davit packages debian:12 | grep ssl', 'prints libssl3, its version and its architecture'
}

def found = image(params.image).pick(params.platform).packages
found.notes.each { stderr.println "note: $it" }
if (params.json) printJson found
else printTable 'lll', found.collect { [it.name, it.version, it.architecture] }
