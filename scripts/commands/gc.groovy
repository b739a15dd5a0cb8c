params {
    description 'Lists what a repository holds that no tag leads to; with --delete, deletes it'
    argument 'repository', 'which repository; its registry must tell its manifests, as Google\'s do'
    flag 'recursive', 'also the repositories below it', short: 'r'
    flag 'delete', 'delete what is listed; not while somebody pushes there'
    example 'davit gc -r gcr.io/example', 'prints one full reference a line'
}

(params.recursive ? repositories(params.repository) : [params.repository]).each { repository ->
    untagged(repository).each {
        if (params.delete) delete it
        println it
    }
}
