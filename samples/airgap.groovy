#!/usr/bin/env davit
// Carries images over a gap in the network: into one archive on this side, from it into a registry on the other.

params {
    description 'Carries images to a place without a network'
    option 'list', 'airgap.txt', 'file with an image in each line'
    option 'archive', 'airgap.tar', 'the archive'
    option 'to', 'on the other side: registry to put the images of the archive into'
}

if (params.to) {
    images("archive:$params.archive").each { name, image ->
        def reference = Reference.parse(name)
        println image.push("$params.to/$reference.repository.path:${reference.tag ?: 'latest'}")
    }
} else {
    save params.archive, lines(params.list).collectEntries { [it, remote(it)] }
}
