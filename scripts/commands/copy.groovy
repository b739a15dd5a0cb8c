params {
    description 'Copies an image, or a whole index, byte for byte'
    argument 'source', 'which image; with --all-tags or --recursive which repository'
    argument 'target', 'where to'
    option 'platform', 'only the images for these platforms', split: true
    option 'jobs', 4, 'how many blobs to move at once', short: 'j'
    flag 'all-tags', 'copy every tag of the repository', short: 'a'
    flag 'recursive', 'copy every tag of the repository and of those below it', short: 'r'
    flag 'referrers', 'also what refers to it, such as signatures'
    flag 'digest-tags', 'also what has a tag made of its digest, as cosign makes them: sha256-….sig'
    flag 'no-clobber', 'leave tags that the target has', short: 'n'
    example 'davit copy debian:12 localhost:5000/debian:12', 'copies the index with all its platforms'
    example 'davit copy --referrers --digest-tags debian:12 localhost:5000/debian:12', 'copies signatures and the like along'
    example 'davit copy debian:12 oci:images:12 --platform=linux/amd64,linux/arm64', 'keeps two of them in a folder'
    example 'davit copy -an ghcr.io/example/site localhost:5000/site', 'copies the tags that are not there yet'
}

parallel params.jobs
def along = [platform: params.platform, referrers: params.referrers, digestTags: params.digestTags]
if (params.allTags || params.recursive) {
    def root = Repository.parse(params.source)
    Place.parse("$params.target:tag") // before anything is copied
    attempt(params.recursive ? repositories(root) : [root]) { source ->
        def target = params.target + source.path.substring(root.path.size())
        def there = params.noClobber ? tagsIfAny(target) : []
        attempt((params.recursive ? tagsIfAny(source) : tags(source)) - there) { copy(along, "$source:$it", "$target:$it") }
    }
} else {
    if (params.noClobber && exists(params.target)) fail "$params.target is there already"
    copy(along, params.source, params.target)
}
