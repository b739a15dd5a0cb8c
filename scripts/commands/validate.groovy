params {
    description 'Finds all that is wrong with images, archives and layouts'
    argument 'images', 'which images', many: true, optional: true
    option 'remote', 'image to check, as an argument is', many: true
    option 'tarball', 'archive to check', many: true
    option 'layout', 'OCI layout to check', many: true
    option 'platform', 'only the images for these platforms', split: true
    flag 'fast', 'do not read layers: only ask whether they are there'
    flag 'json', 'print a list with name, place and problem of all that is wrong'
    example 'davit validate debian:12', 'prints PASS: debian:12'
    example 'davit validate --fast oci:images archive:debian.tar', 'prints what is wrong, if anything is'
}

def fast = params.fast
def whole = { name -> params.platform ? image(name, params.platform).validate(fast: fast) : validate(name, fast: fast) }
def checks = (params.images + params.remote).collect { [it, whole] }
checks += params.tarball.collect { [it, { name -> validateArchive(name, fast: fast) }] }
checks += params.layout.collect { [it, { name -> validateLayout(name, fast: fast) }] }
if (!checks) fail 'nothing to check: expected IMAGES, --remote, --tarball or --layout'

def wrong = []
def failed = checks.count { name, check ->
    def findings = check(name)
    findings.notes.each { stderr.println "note: $name: $it" }
    wrong.addAll(findings.collect { [name: name, place: it.place, problem: it.problem] })
    if (!params.json) println findings ? findings.collect { "FAIL: $name: ${it.place == name ? it.problem : it}" }.join('\n') : "PASS: $name"
    findings
}
if (params.json) printJson wrong
if (failed) fail "$failed of ${checks.size()} failed"
