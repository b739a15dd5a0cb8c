params {
    description 'Tells what differs between two images, or between two indexes platform by platform'
    argument 'before', 'which image'
    argument 'after', 'with which image to compare it'
    option 'platform', 'of both, only the images for these platforms', split: true
    flag 'manifest', 'compare what the manifests say'
    flag 'config', 'compare what the configs say'
    flag 'layers', 'compare which layers there are; with these three alone, no layer is read'
    flag 'files', 'compare files: type, content, link target, mode, owner, extended attributes'
    flag 'packages', 'compare what dpkg, apk and rpm installed; all five where none of them is said'
    flag 'times', 'a file also differs whose time does'
    flag 'exit-code', 'end with 6 where something differs'
    flag 'json', 'print before, after, index and images: of each its platform, manifest, config, layers, files, packages'
    exits 6
    example 'davit diff debian:12.5 debian:12.6 --packages', 'shows what was upgraded'
    example 'davit diff --exit-code site:1 site:2 && echo the same', 'asks, as git diff does'
}

def parts = ['manifest', 'config', 'layers', 'files', 'packages'].findAll { params[it] }
def found = diff(image(params.before, params.platform), image(params.after, params.platform), only: parts,
    times: params.times)
if (params.json) printJson found
else println found
if (params.exitCode && !found.empty) differ "$params.before and $params.after differ"
