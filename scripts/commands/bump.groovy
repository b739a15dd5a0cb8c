params {
    description 'Tells what may take the place of images that others are built on, and what that would change'
    argument 'images', 'which images, as REPOSITORY:TAG for what the tag stands for now, or REPOSITORY:TAG@DIGEST', many: true
    option 'matching', 'only tags like this; * stands for anything, ? for one character', short: 'm'
    flag 'same-tag', 'no other tags: only whether the tag has moved away from the digest'
    flag 'system', 'tags of later releases of the operating system will do too'
    option 'platform', 'compare the images for these platforms; of an index, linux/amd64 where nothing is said', split: true
    flag 'exit-code', 'end with 6 where something is newer'
    flag 'markdown', 'print Markdown, for a pull request'
    flag 'json', 'print a list with from, before, to, after, stale and difference of each'
    example 'davit bump debian:12.5-slim', 'compares it with the newest of 12.6-slim, 13.0-slim, …'
    example "davit bump nginx:1.27.0 --matching='1.27.*' --markdown", 'takes patches alone, and tells their packages'
}

def bumps = params.images.collect {
    def name = Reference.parse(it)
    bump(it, name.digest ?: digest(it), matching: params.matching, sameTag: params.sameTag, system: params.system,
        platform: params.platform ?: null)
}
if (params.json) printJson bumps
else if (params.markdown) print bumps*.markdown.join('\n')
else bumps.each { println it }
def stale = bumps.findAll { it.stale }
if (params.exitCode && stale) differ "newer: ${stale*.to*.familiar().join(', ')}"
