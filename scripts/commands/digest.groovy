params {
    description 'Prints the digest of an image or an index'
    argument 'image', 'what to look up', optional: true
    option 'tarball', 'archive to take the image from, instead of a registry', type: Path
    option 'platform', 'only the image for this platform'
    flag 'full-ref', 'print the full reference'
}
println digest(params.image)
