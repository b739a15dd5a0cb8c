params {
    description 'Copies images to another registry or a layout: only what is not there yet'
    argument 'sources', 'which images, archives and layouts; with --all-tags, --tags or --newer-than, which repositories',
        many: true, optional: true
    argument 'target', 'REGISTRY[/PATH], where their names go below that; or oci:FOLDER or archive:FILE'
    option 'list', 'file with a source in each line, - for standard input; # begins a comment'
    option 'tags', 'only tags like one of these; * stands for anything, ? for one character', many: true
    option 'newer-than', 'only tags of the same kind that are newer than this one'
    option 'platform', 'only the images for these platforms', split: true
    flag 'all-tags', 'every tag of the repositories', short: 'a'
    flag 'stable', 'leave out release candidates, nightly builds and the like'
    flag 'dry-run', 'only print what would be copied'
    example "davit sync redis localhost:5000 --tags='7.*' --stable", 'prints localhost:5000/redis:7.0.15 and what else is new'
    example 'davit sync --list=images.txt oci:mirror --dry-run', 'prints what is not there'
}

def chosen = { source ->
    def all = tags(source).sorted
    def like = params.tags.collectMany { all.matching(it) }
    all.findAll { (!params.tags || it in like) && (!params.newerThan || it in all.newerThan(params.newerThan))
        && (!params.stable || it in all.stable) }.collect { "$source:$it" }
}
def sources = params.sources + (params.list ? lines(params.list) : [])
def pick = params.allTags || params.tags || params.newerThan
if (!params.sources && !params.list) fail 'nothing to copy: expected SOURCES or --list'
attempt(sources) { source ->
    attempt(pick ? chosen(source) : [source]) { one ->
        def from = place(one)
        // Asking a registry for a digest is cheap, and does not count as a pull.
        if (!params.platform && from.reference().present
            && digestIfAny(Place.under(params.target, from.name())) == digest(from)) return
        attempt(images(from)) { name, found ->
            def target = Place.under(params.target, name)
            def copied = found.only(params.platform)
            if (digestIfAny(target) == "$copied.digest") return
            if (!params.dryRun) copied.to(target)
            println target
        }
    }
}
