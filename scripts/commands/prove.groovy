params {
    description 'Builds a recipe again under other conditions, and compares every byte'
    argument 'recipe', 'which recipe'
    argument 'arguments', 'what the recipe takes', rest: true
    exits 4
    example 'davit prove site.groovy --tag 1.0', 'tells what differs first, and what moved it, if anything does'
}

def proof = prove(params.recipe, params.arguments)
print proof
proof.check()
