params {
    description 'Lists the repositories of a registry'
    argument 'registry', 'which registry'
    flag 'full-ref', 'print the registry too'
    flag 'json', 'print a list with registry and repository of each'
    example 'davit catalog localhost:5000', 'prints one repository a line'
}

if (params.json) printJson catalog(params.registry).collect { [registry: params.registry, repository: it] }
else catalog(params.registry) { println params.fullRef ? "$params.registry/$it" : it }
