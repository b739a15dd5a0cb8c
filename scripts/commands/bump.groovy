params {
    description 'Tells what may take the place of images that others are built on, and what that would change'
    argument 'images', 'recipes that have a lock; or images, as REPOSITORY:TAG or REPOSITORY:TAG@DIGEST', many: true
    option 'matching', 'only tags like this; * stands for anything, ? for one character', short: 'm'
    flag 'same-tag', 'no other tags: only whether a tag has moved away from the digest'
    flag 'system', 'tags of later releases of the operating system will do too'
    option 'platform', 'compare the images for these platforms; of an index, linux/amd64 where nothing is said', split: true
    flag 'write', 'take them: name newer tags in the text of the recipe, and write its lock'
    option 'arguments', 'what the recipe takes on its command line, for --write; else its parameters are as they are locked', split: true
    flag 'exit-code', 'end with 6 where something is newer'
    flag 'markdown', 'print Markdown, for a pull request'
    flag 'json', 'print a list with from, before, to, after, stale and difference of each'
    exits 3, 6
    example 'davit bump debian:12.5-slim', 'compares it with the newest of 12.6-slim, 13.0-slim, …'
    example 'davit bump site.groovy --same-tag --write --markdown > body.md', 'takes what the tags have moved to'
}

def options = [matching: params.matching, sameTag: params.sameTag, system: params.system, platform: params.platform ?: null]
def found = params.images.collectEntries {
    if (it.endsWith('.groovy')) return [it, bumps(options, it)]
    def name = Reference.parse(it)
    [it, [bump(options, it, name.digest ?: digest(it))]]
}
def all = found.values().flatten()
def stale = all.findAll { it.stale }
if (params.json) printJson all
else if (params.markdown) print all*.markdown.join('\n')
else all.each { println it }
if (params.write) found.findAll { name, bumps -> name.endsWith('.groovy') && bumps.any { it.stale } }.each { name, bumps ->
    stderr.println take(bumps, name, params.arguments)
}
if (params.exitCode && stale) differ "newer: ${stale*.to*.familiar().join(', ')}"
