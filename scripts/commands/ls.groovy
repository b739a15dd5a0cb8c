params {
    description 'Lists the tags of a repository'
    argument 'repository', 'which repository'
    flag 'full-ref', 'print registry and repository too'
    flag 'omit-digest-tags', 'leave out tags that stand for a digest, such as those of signatures', short: 'O'
    example 'davit ls ghcr.io/example/site', 'prints one tag a line'
}

def repository = Repository.parse(params.repository)
tags(repository) { tag ->
    if (!(params.omitDigestTags && tag.startsWith('sha256-'))) println params.fullRef ? Reference.of(repository, tag) : tag
}
