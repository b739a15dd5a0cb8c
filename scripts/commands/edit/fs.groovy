params {
    description 'Changes one file of an image: in your editor, or to what standard input has'
    argument 'image', 'which image'
    option 'filename', 'path of the file, which is made where there is none', short: 'f', required: true
    option 'tag', 'where to put it; where the image is, if nothing is said', short: 't'
    option 'platform', 'of an index, the image for this platform; the others stay, or do not go elsewhere'
    example 'davit edit fs localhost:5000/site -f /etc/nginx/nginx.conf', 'opens it in your editor'
}

println change(params.image, to: params.tag, platform: params.platform) { image ->
    if (image !instanceof Image) fail "$params.image is an index: say which of its images with --platform: $image.platforms"
    def path = "/$params.filename".replaceFirst('^//', '/')
    def old = image.files.find { "/$it.path" == path && it.isFile() } 
    def content = edited(old ? image[path].bytes : new byte[0], path.split('/').last())
    def owner = old ? "${old.owner().uid()}:${old.owner().gid()}" : '0:0'
    image.append { bytes path, content, mode: old ? old.mode() : 0644, owner: owner }
}
