#!/usr/bin/env davit
// Moves many images from one base to the next, and no layer of theirs; what is on another base stays as it is.

params {
    description 'Puts all tags of repositories on another base'
    option 'list', 'rebase.txt', 'file with a repository in each line', type: Path
    option 'from', 'localhost:5000/base/debian:12.1', 'base to leave'
    option 'to', 'localhost:5000/base/debian:12.2', 'base to go to'
}

def old = remote(params.from)

def isOnOld = { image ->
    image.images.every { one ->
        def layers = old.platform(one.platform).layers*.digest
        one.layers*.digest.take(layers.size()) == layers
    }
}

lines(params.list).each { repository ->
    tags(repository).sorted.each { tag ->
        def name = "$repository:$tag"
        def image = remote(name)
        println isOnOld(image) ? image.rebase(from: old, to: params.to).push(name) : "$name stays"
    }
}
