params {
    description 'Lists the repositories of a registry'
    argument 'registry', 'which registry'
    flag 'full-ref', 'print the registry too'
    example 'davit catalog localhost:5000', 'prints one repository a line'
}

catalog(params.registry) { println params.fullRef ? "$params.registry/$it" : it }
