params {
    description 'Shows what a recipe would write, and does nothing of it'
    argument 'recipe', 'which recipe'
    argument 'arguments', 'what the recipe takes', rest: true
    flag 'no-lock', 'plan it as if it had no lock'
    flag 'programs', 'run the programs that it runs; what they write is not held back'
    flag 'json', 'print an object with steps, requests and upload'
    exits 3, 5
    example 'davit plan site.groovy --tag 1.0', 'prints what --tag 1.0 would push, blob by blob'
}

def plan = plan(params.recipe, params.arguments, lock: !params.noLock, programs: params.programs)
println params.json ? plan.json : plan
