#!/usr/bin/env davit
// Walks the files of an image: what system it is, its largest files, and what runs with its owner's rights.

params {
    description 'Walks the files of an image'
    option 'image', 'localhost:5000/base/debian:12.2', 'image to look into'
    option 'platform', 'linux/amd64', 'which image of an index'
    option 'top', 5, 'how many of the largest files'
}

def image = remote(params.image).platform(params.platform)
def files = image.files.findAll { it.file }

println "system   ${image['/etc/os-release'].text.readLines().find { it.startsWith('PRETTY_NAME=') } - 'PRETTY_NAME='}"
println "files    ${files.size()}"

println 'largest'
files.sort { -it.size }.take(params.top).each { println "  ${it.size.toString().padLeft(10)}  /${it.path}" }

println 'setuid'
files.findAll { it.mode & 04000 }.each { println "  /${it.path}" }
