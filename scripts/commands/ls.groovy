params {
    description 'Lists the tags of a repository, or of several'
    argument 'repository', 'which repository'
    flag 'full-ref', 'print registry and repository too'
    flag 'omit-digest-tags', 'leave out tags that stand for a digest, such as those of signatures', short: 'O'
    flag 'recursive', 'also those of the repositories below it, with their full references', short: 'r'
    flag 'json', 'print a list with repository and tag of each'
    example 'davit ls ghcr.io/example/site', 'prints one tag a line'
}

def listed = []
def show = { repository, tag ->
    if (params.omitDigestTags && tag.startsWith('sha256-')) return
    if (params.json) listed << [repository: "$repository", tag: tag]
    else println params.fullRef || params.recursive ? Reference.of(repository, tag) : tag
}
if (params.recursive) {
    repositories(params.repository).each { repository -> tagsIfAny(repository).each { show(repository, it) } }
} else {
    tags(params.repository) { show(Repository.parse(params.repository), it) }
}
if (params.json) printJson listed
