params {
    description 'Searches Docker Hub for images'
    argument 'query', 'what to look for'
    option 'limit', 25, 'how many to show at most'
    flag 'official', "only Docker's official images"
    flag 'json', 'print a list with name, badge, publisher, pulls, stars, updated and description of each'
    example 'davit search nginx --limit=5', 'prints the five best matches'
    example "davit search nginx --json | jq -r '.[].name'", 'prints their names alone'
}

def found = hub.search(params.query, limit: params.limit, official: params.official)
if (params.json) {
    printJson found.collect { [name: it.name, badge: it.badge, publisher: it.publisher, pulls: it.pulls, stars: it.stars,
        updated: it.updated, description: it.description] }
    return
}
if (!found) fail "Docker Hub finds nothing like '$params.query'"
def kinds = [official: 'official', verified_publisher: 'verified', open_source: 'sponsored']
printTable 'llllll', [['NAME', 'KIND', 'PULLS', 'STARS', 'UPDATED', 'DESCRIPTION']] + found.collect {
    [it.name, kinds.getOrDefault(it.badge, it.badge), it.pulls, it.stars, it.updated.take(10), it.description]
}
