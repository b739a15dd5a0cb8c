#!/usr/bin/env davit
// Moves many images from one base to the next; those that are on another base stay as they are.

params {
    description 'Puts all tags of repositories on another base'
    argument 'repositories', 'which repositories', many: true
    option 'from', 'docker.io/library/debian:12.1', 'base to leave'
    option 'to', 'docker.io/library/debian:12.2', 'base to go to'
}

def old = remote(params.from)
def fresh = remote(params.to)

params.repositories.each { repository ->
    tags(repository).sorted.each { tag ->
        def image = remote("$repository:$tag")
        def isOnOld = image.layers*.digest.take(old.layers.size()) == old.layers*.digest
        println isOnOld ? image.rebase(from: old, to: fresh).push("$repository:$tag") : "$repository:$tag stays"
    }
}
