params {
    description 'Deletes old tags of a repository, and keeps the newest of each kind'
    argument 'repository', 'which repository'
    option 'keep', 'how many to keep of each kind: of plain versions, of those for each system and variant', short: 'k',
        type: Integer, required: true
    option 'tags', 'only tags like this; * stands for anything, ? for one character'
    flag 'delete', 'delete them; where nothing is said, only print them', short: 'd'
    flag 'yes', 'the same as --delete', short: 'y'
    example 'davit prune localhost:5000/site --keep=3', 'prints what would go: localhost:5000/site:1.0@sha256:…'
    example "davit prune localhost:5000/site --keep=3 --tags='1.*' --delete", 'deletes it'
}

prune(params.repository, keep: params.keep, matching: params.tags, dryRun: !params.delete && !params.yes).each { println it }
