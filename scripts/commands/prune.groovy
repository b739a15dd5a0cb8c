params {
    description 'Deletes old tags of a repository, and keeps the newest of each kind'
    argument 'repository', 'which repository'
    option 'keep', 'how many to keep of each kind: of plain versions, of those for each system and variant', short: 'k',
        type: Integer, required: true
    option 'tags', 'only tags like this; * stands for anything, ? for one character'
    flag 'delete', 'delete them; where nothing is said, only print them', short: 'd'
    flag 'yes', 'the same as --delete', short: 'y'
    flag 'json', 'print a list with repository, tag and digest of each'
    example 'davit prune localhost:5000/site --keep=3', 'prints what would go: localhost:5000/site:1.0@sha256:…'
    example "davit prune localhost:5000/site --keep=3 --tags='1.*' --delete", 'deletes it'
}

def old = prune(params.repository, keep: params.keep, matching: params.tags, dryRun: !params.delete && !params.yes)
if (params.json) printJson old.collect { [repository: "$it.repository", tag: it.tag, digest: it.digest] }
else old.each { println it }
