params {
    description 'Removes from an OCI layout the blobs that nothing in its list leads to'
    argument 'folder', 'folder of the layout', type: Path
    example 'davit layout gc images', 'says on standard error what it removes'
}

layoutAt(params.folder).collectGarbage().each { digest, size -> stderr.println "removed $digest, $size bytes" }
