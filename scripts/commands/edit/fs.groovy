params {
    description 'Changes one file of an image, or of each image of an index: in your editor, or to what standard input has'
    argument 'image', 'which image'
    option 'filename', 'path of the file, which is made where there is none', short: 'f', required: true
    option 'tag', 'where to put it; where the image is, if nothing is said', short: 't'
    option 'platform', 'of an index, only the image for this platform, which must be said where the file differs; ' +
        'the others stay, or do not go elsewhere'
    example 'davit edit fs localhost:5000/site -f /etc/nginx/nginx.conf', 'opens it in your editor'
}

println change(params.image, to: params.tag, platform: params.platform) { artifact ->
    def path = "/$params.filename".replaceFirst('^//', '/')
    def old = { image -> image.files.find { "/$it.path" == path && it.isFile() } }
    def different = artifact.images().toUnique { old(it) ? Digest.of(it[path].bytes) : path }
    if (different.size() > 1) fail "$path is not the same in all images: say in which with --platform: $artifact.platforms"
    def content = edited(old(different[0]) ? different[0][path].bytes : new byte[0], path.split('/').last())
    artifact.apply { image ->
        def mode = old(image)?.mode() ?: 0644
        def owner = old(image) ? "${old(image).owner().uid()}:${old(image).owner().gid()}" : '0:0'
        image.append { bytes path, content, mode: mode, owner: owner }
    }
}
