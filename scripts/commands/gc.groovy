params {
    description 'Lists what a repository holds that no tag leads to; with --delete, deletes it'
    argument 'repository', 'which repository; its registry must tell its manifests, as Google\'s do'
    flag 'recursive', 'also the repositories below it', short: 'r'
    flag 'delete', 'delete what is listed; not while somebody pushes there'
    flag 'json', 'print a list with repository and digest of each'
    example 'davit gc -r gcr.io/example', 'prints one full reference a line'
}

def found = (params.recursive ? repositories(params.repository) : [params.repository]).collectMany { repository ->
    untagged(repository).each { if (params.delete) delete it; if (!params.json) println it }
}
if (params.json) printJson found.collect { [repository: "$it.repository", digest: it.digest] }
