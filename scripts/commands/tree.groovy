params {
    description 'Shows the files of an image as a tree, with the size of each directory'
    argument 'image', 'which image'
    argument 'path', 'only this, and all that is in it', optional: true
    option 'platform', 'of the image for this platform; of an index, linux/amd64 where nothing is said', split: true
    option 'depth', 'how many directories deep', type: Integer, short: 'd'
    flag 'json', 'print a list with path, type and size of each; that of a directory is of all that is in it'
    example 'davit tree debian:12 /usr --depth=1', 'shows where the megabytes are'
}

def tree = image(params.image).pick(params.platform).tree(params.path ?: '/')
def shown = params.depth == null ? tree : tree.to(params.depth)
if (params.json) printJson shown
else println shown
