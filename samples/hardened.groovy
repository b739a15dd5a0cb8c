#!/usr/bin/env davit
// A base without shells and without programs that run with their owner's rights; what still has them is not pushed.

params {
    description 'Takes from a base what an attacker would want'
    option 'base', 'localhost:5000/base/debian:12.2', 'image to start from'
    option 'to', 'localhost:5000/hardened:12.2', 'where to push'
}

def shell = ~/(usr\/)?bin\/(ba|da|z|k|a)?sh/

println remote(params.base)
    .mapFiles {
        if (path ==~ shell) drop()
        else if (file) mode entry.mode & 01777
    }
    .withUser('65534:65534')
    .check {
        notRoot()
        noSetuid()
        noWorldWritable()
        noSecrets('/etc/ssl/*')
        rule('has no shell') { image -> image.files.findAll { it.path ==~ shell } }
    }
    .push(params.to)
