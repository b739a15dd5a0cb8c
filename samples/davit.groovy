#!/usr/bin/env davit
// Davit's own image: its distribution on a JRE. Each build makes another distribution, so no lock of it is kept here:
// the build locks it, runs it with the lock, and proves it.

params {
    description 'Puts Davit into an image'
    argument 'distribution', 'the folder that the build makes, or an unpacked release', type: Path
    option 'base', 'localhost:5000/base/jre:21', 'JRE to run it on'
    option 'to', 'localhost:5000/davit:dev', 'where to push'
}

println remote(params.base)
    .append {
        dir params.distribution, '/opt/davit'
        symlink '/usr/local/bin/davit', '/opt/davit/bin/davit'
    }
    .withEnv(DAVIT_CACHE: '/tmp/davit')
    .withLabel('org.opencontainers.image.title': 'Davit', 'org.opencontainers.image.licenses': 'Apache-2.0')
    .withWorkdir('/work')
    .withUser('1000:1000')
    .withEntrypoint('davit')
    .push(params.to)
