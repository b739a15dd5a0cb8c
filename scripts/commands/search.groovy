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
    println new String(Json.writeIndented(found.collect { [name: it.name, badge: it.badge, publisher: it.publisher,
        pulls: it.pulls, stars: it.stars, updated: it.updated, description: it.description] }), 'UTF-8')
    return
}
if (!found) fail "Docker Hub finds nothing like '$params.query'"
def kinds = [official: 'official', verified_publisher: 'verified', open_source: 'sponsored']
def rows = [['NAME', 'KIND', 'PULLS', 'STARS', 'UPDATED', 'DESCRIPTION']] + found.collect {
    [it.name, kinds.getOrDefault(it.badge, it.badge), it.pulls, it.stars as String, it.updated.take(10), it.description]
}
def widths = rows.transpose()*.collect { it.size() }*.max()
rows.each { row -> println([row, widths].transpose().collect { cell, width -> cell.padRight(width) }.join('  ').trim()) }
