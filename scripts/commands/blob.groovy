params {
    description 'Prints a blob, byte for byte'
    argument 'blob', 'which blob: REPOSITORY@DIGEST'
    example 'davit blob debian@sha256:… | tar tz', 'lists the files of a layer'
}

blob(params.blob).open().withCloseable { it.transferTo(stdout) }
