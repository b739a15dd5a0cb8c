// Loads the classes that commands load, for the archive that the launcher keeps.
params {
    description 'Trains the archive of classes'
    option 'platform', 'linux/amd64', 'which image'
    flag 'full-ref', 'print the full reference', short: 'f'
}

def registry = serve()
def image = scratch(params.platform)
    .append(layer { text '/etc/motd', "hello\n" })
    .withEnv(A: 'b').withLabel('a', 'b').withEntrypoint('sh').withUser('nobody').withAnnotation('a', 'b')
def pushed = image.push("$registry.address/training:1")
copy pushed, "$registry.address/copy:1"
println digest(pushed)
println remote("$registry.address/copy:1").config.document
print remote(pushed).manifest
tags("$registry.address/copy").each { println it }
println remote(pushed).files.size()
if (params.fullRef) println pushed
