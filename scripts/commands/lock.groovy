params {
    description 'Writes the lock of a recipe: what it reads, by digest, and the digests of what it makes'
    argument 'recipe', 'which recipe; its lock is beside it'
    argument 'arguments', 'what the recipe takes', rest: true
    option 'update', 'reference to read anew; every one where none is said', many: true, bare: '*'
    exits 3
    example 'davit lock site.groovy', 'keeps the references that are locked, and locks the others'
    example 'davit lock --update=nginx:1.21 site.groovy', 'takes what the tag stands for now, and shows what changed in it'
}

println lock(params.recipe, params.arguments, update: params.update)
