params {
    description 'Tells where a file of an image came from: which layers wrote it or removed it, and how those were made'
    argument 'image', 'which image'
    argument 'path', 'which file; one that was removed is explained too'
    option 'platform', 'of the image for this platform; of an index, linux/amd64 where nothing is said', split: true
    flag 'json', 'print a list with deed (added, changed or removed), layer, digest, created, createdBy and file of each'
    example 'davit explain nginx:1.27 /etc/nginx/nginx.conf', 'shows each layer that had a part in it'
}

def explanation = image(params.image).pick(params.platform).explain(params.path)
if (params.json) printJson explanation
else println explanation
