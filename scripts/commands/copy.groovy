params {
    description 'Copies an image, or a whole index, byte for byte'
    argument 'source', 'which image; with --all-tags which repository'
    argument 'target', 'where to'
    option 'platform', 'only the images for these platforms', split: true
    option 'jobs', 4, 'how many blobs to move at once', short: 'j'
    flag 'all-tags', 'copy every tag of the repository', short: 'a'
    flag 'no-clobber', 'leave tags that the target has', short: 'n'
    example 'davit copy debian:12 localhost:5000/debian:12', 'copies the index with all its platforms'
    example 'davit copy debian:12 oci:images:12 --platform=linux/amd64,linux/arm64', 'keeps two of them in a folder'
    example 'davit copy -an ghcr.io/example/site localhost:5000/site', 'copies the tags that are not there yet'
}

parallel params.jobs
if (params.allTags) {
    def there = params.noClobber ? tagsIfAny(params.target) : []
    (tags(params.source) - there).each { tag ->
        remote("$params.source:$tag", params.platform).push("$params.target:$tag")
    }
} else {
    if (params.noClobber && exists(params.target)) fail "$params.target is there already"
    image(params.source, params.platform).to(params.target)
}
