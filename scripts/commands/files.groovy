params {
    description 'Lists the files of an image, sorted by the bytes of their names'
    argument 'image', 'which image'
    argument 'path', 'only this, and all that is in it', optional: true
    option 'platform', 'of the image for this platform; of an index, linux/amd64 where nothing is said', split: true
    option 'matching', 'only paths like this; * is anything but /, ** anything; without / it is for names', short: 'm'
    option 'type', 'only files of this type', choices: ['file', 'directory', 'symlink', 'hard-link', 'fifo',
        'character-device', 'block-device']
    flag 'setuid', 'only what runs as its owner or its group'
    flag 'long', 'mode, owner, size and time too', short: 'l'
    flag 'json', 'print a list with path, type, mode, uid, gid, size, time, target and layer of each'
    example 'davit files debian:12 /etc --matching=*.conf', 'prints /etc/adduser.conf, …'
    example 'davit files -l --setuid debian:12', 'shows what may become root'
}

def files = image(params.image).pick(params.platform)
    .files(params.path ?: '/', matching: params.matching, type: params.type, setuid: params.setuid)
def name = { Legible.line("/$it.path" + (it.type.name() == 'DIRECTORY' && it.path ? '/' : '')) }
def target = { [SYMLINK: ' -> ', HARD_LINK: ' = /'].get(it.type.name(), '') + Legible.line(it.target) }
if (params.json) printJson files
else if (!params.long) files.each { println name(it) }
else printTable 'llrll', files.collect {
    [it.permissions, "${it.owner.uid()}:${it.owner.gid()}", it.size, it.time, name(it) + target(it)]
}
