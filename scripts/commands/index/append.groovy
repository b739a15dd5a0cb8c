params {
    description 'Puts images into an index, or makes one of them; what it lists already for the platform stays as it is'
    argument 'base', 'the index to start from; an empty one where nothing is said', optional: true
    argument 'images', 'which images, archives or layouts', many: true, optional: true
    option 'manifest', 'which image, as an argument is', short: 'm', many: true
    option 'tag', 'where to put the index; where the base is, if nothing is said', short: 't'
    option 'platform', 'of indexes among the images, only what is for these platforms', split: true
    flag 'docker-empty-base', "where there is no base, make an index of Docker's media type"
    flag 'no-flatten', 'put an index in as an index, and not what it lists; --flatten=false says the same'
    example 'davit index append -m site:amd64 -m site:arm64 -t site:1', 'makes an image for two platforms'
    example 'davit index append site:1 -m site:s390x', 'adds a third'
}

def more = (params.images + params.manifest).collect { local(it, '') }
    .collect { it instanceof Index ? it.only(params.platform) : it }
def added = { index -> more.inject(index) { all, found ->
    found instanceof Index && !params.noFlatten ? all.addAll(found.unnest()) : all.add(found)
} }
if (!params.base && !params.tag) fail 'nothing says where the index goes: expected BASE or --tag'
if (params.base && place(params.base).layout) {
    more.each { it.writeTo(params.base) }
} else if (params.base) {
    println change(params.base, to: params.tag) {
        if (it !instanceof Index) fail "$params.base is an image: expected an index"
        added(it)
    }
} else {
    def type = 'application/vnd.docker.distribution.manifest.list.v2+json'
    def empty = Index.of([])
    println added(params.dockerEmptyBase ? empty.withManifest { it.set(type, 'mediaType') } : empty).to(params.tag)
}
