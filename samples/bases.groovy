#!/usr/bin/env davit
// What the other samples start from: stand-ins for well-known images, so small that all samples run without a network.

params {
    description 'Pushes what the other samples start from: small stand-ins for well-known images'
    option 'to', 'localhost:5000', 'registry to push them to'
}

def empty = { String... architectures ->
    index { architectures.each { add scratch("linux/$it") } }
}

def linux = { name, version ->
    layer {
        text '/usr/lib/os-release', "ID=$name\nVERSION_ID=$version\nPRETTY_NAME=\"A stand-in for $name $version\"\n"
        symlink '/etc/os-release', '../usr/lib/os-release'
        text '/usr/bin/dash', 'a shell\n', mode: 0755
        symlink '/usr/bin/sh', 'dash'
        text '/usr/bin/su', 'a program with the rights of its owner\n', mode: 04755
    }
}

def both = empty('amd64', 'arm64')
def old = both.append(linux('debian', '12.1'))
def debian = both.append(linux('debian', '12.2'))

def nginx = debian
    .append { text '/usr/sbin/nginx', 'a web server\n', mode: 0755 }
    .withPort(80)
    .withCmd('nginx', '-g', 'daemon off;')

def jre = debian
    .append { text '/opt/java/openjdk/bin/java', 'a JVM\n', mode: 0755 }
    .withEnv(JAVA_HOME: '/opt/java/openjdk', PATH: '/opt/java/openjdk/bin:/usr/bin')

// Two teams, and their images on the old base; one is on the new one already.
def service = { base, name -> base.append { text "/srv/$name", 'a service\n', mode: 0755 }.withCmd("/srv/$name") }

[
    'base/debian:12.1': old,
    'base/debian:12.2': debian,
    'base/nginx:1.27' : nginx,
    'base/jre:21'     : jre,
    'base/alpine:3.20': empty('amd64', 'arm64', 's390x').append(linux('alpine', '3.20')),
    'shop/cart:1.0'   : service(old, 'cart'),
    'shop/cart:1.1'   : service(old, 'cart').withLabel('org.opencontainers.image.version': '1.1'),
    'mail/inbox:2.0'  : service(debian, 'inbox'),
].each { name, image -> println image.push("$params.to/$name") }
