params {
    description 'Attaches files to an image, as an artifact that refers to it, and prints the full reference of that'
    argument 'image', 'which image; of an index, the index itself'
    argument 'files', 'which files; a media type may follow after a colon', many: true
    option 'type', 'what it is that is attached', required: true
    option 'annotation', 'annotation to set', short: 'a', map: true
    option 'platform', 'attach to the image for this platform'
    example 'davit attach localhost:5000/site:1 sbom.json:application/json --type=application/spdx+json', 'attaches an SBOM'
}

println attach(params.image, params.files, type: params.type, annotations: params.annotation, platform: params.platform)
