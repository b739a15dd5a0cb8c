#!/usr/bin/env davit
// Builds an image from files, pushes it to a registry of its own, reads it back and looks inside.

def registry = serve()

def greeting = layer {
    dir 'hello', '/srv/hello'
    text '/etc/motd', "Hello from Davit\n"
}

def pushed = scratch('linux/amd64')
    .append(greeting)
    .withEnv(LANG: 'C.UTF-8')
    .withLabel('org.opencontainers.image.title': 'hello')
    .withEntrypoint('cat', '/srv/hello/greeting.txt')
    .push("${registry.address}/hello:1.0")

def image = remote(pushed)
image.files.each { println it }
print image['/srv/hello/greeting.txt'].text
println image.digest
