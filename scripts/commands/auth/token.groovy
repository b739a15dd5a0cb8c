import dev.davit.json.Document

params {
    description 'Prints a token with which its bearer may pull from a repository, for some minutes'
    argument 'repository', 'which repository'
    option 'mount', 'repository of the same registry to pull from, too', short: 'm', many: true
    flag 'header', 'print it as a header of a request', short: 'H'
    flag 'push', 'also allow to push'
    example 'curl -H "$(davit auth token -H debian)" https://index.docker.io/v2/library/debian/tags/list', 'speaks for itself'
}

def bearer = token(params.repository, push: params.push, mount: params.mount)
println params.header ? "Authorization: Bearer $bearer" : Document.of(token: bearer)
