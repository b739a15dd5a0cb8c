params {
    description 'Lists the tags of a repository by version, the newest last'
    argument 'repository', 'which repository'
    option 'matching', 'only tags like this; * stands for anything, ? for one character', short: 'm'
    option 'newer-than', 'only tags of the same kind that are newer than this one'
    flag 'stable', 'leave out release candidates, nightly builds and the like'
    flag 'newest', 'print only the newest; a pre-release only where there is no other'
    flag 'json', 'print a list with tag, version, stable, date, os and variant of each; null is for what a tag does not say'
    example "davit tags redis --matching='7.*-bookworm'", 'prints 7.0.15-bookworm, 7.2.3-bookworm, …'
    example 'davit tags redis --newest', 'prints one tag'
}

def chosen = tags(params.repository)
if (params.matching) chosen = chosen.matching(params.matching)
if (params.newerThan) chosen = chosen.newerThan(params.newerThan)
if (params.stable) chosen = chosen.stable
def shown = params.newest ? [chosen.newest] : chosen.sorted
if (params.json) {
    printJson shown.collect { Tag.parse(it) }.collect { [tag: it, version: it.version, stable: it.stable, date: it.date,
        os: it.os, variant: it.variant] }
} else {
    shown.each { println it }
}
