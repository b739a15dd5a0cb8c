#!/usr/bin/env davit
// Carries images over a gap in the network: into one archive on this side, from it into a registry on the other.
// The lock comes along: over there nothing is pushed but what was locked here.

params {
    description 'Carries images to a place without a network'
    option 'list', 'airgap.txt', 'file with an image in each line', type: Path
    option 'archive', 'airgap.tar', 'the archive', type: Path
    option 'to', 'on the other side: registry to put the images of the archive into'
}

if (params.to) {
    images("archive:$params.archive").each { name, image -> println image.push(Place.under(params.to, name)) }
} else {
    save params.archive, lines(params.list).collectEntries { [it, remote(it)] }
}
