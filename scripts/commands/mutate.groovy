params {
    description 'Changes the config and the annotations of an image; of an index, of each of its images'
    argument 'image', 'which image'
    option 'tag', 'where to put it; where the image is, if nothing is said', short: 't'
    option 'repo', 'repository to push to by digest alone'
    option 'output', 'archive to write, instead of a push', short: 'o', type: Path
    option 'platform', 'change only the images for these platforms: the others stay, or do not go elsewhere', split: true
    option 'annotation', 'annotation to set', short: 'a', map: true
    option 'label', 'label to set', short: 'l', map: true
    option 'env', 'environment variable to set', short: 'e', map: true
    option 'entrypoint', 'words of the entrypoint, and no more default arguments', split: true
    option 'cmd', 'words of the default arguments', split: true
    option 'user', 'user that runs it', short: 'u'
    option 'workdir', 'folder that it starts in', short: 'w'
    option 'exposed-ports', 'ports to expose, in place of those that are', split: true
    option 'set-platform', 'platform to say that it is for'
    option 'append', 'tar archive to put on top', many: true
    option 'remove-annotation', 'annotation to remove', many: true
    option 'remove-label', 'label to remove', many: true
    option 'remove-env', 'environment variable to remove', many: true
    option 'remove', 'what to remove', many: true, choices: ['entrypoint', 'cmd', 'user', 'workdir', 'exposed-ports']
    example 'davit mutate localhost:5000/site -l stage=test --remove-env DEBUG', 'changes every platform of the tag'
    example 'davit mutate localhost:5000/site --platform linux/arm64 -e X=1', 'changes one of its images'
}

if (params.tag && params.repo) fail '--tag and --repo do not go together'
def gone = params.remove as Set
def changed = { it.append(params.append.collect { layer(it) }).edit {
    annotation params.annotation; label params.label; env params.env
    params.removeAnnotation.each { withoutAnnotation it }
    params.removeLabel.each { withoutLabel it }
    params.removeEnv.each { withoutEnv it }
    if (params.entrypoint || 'entrypoint' in gone) entrypoint(*params.entrypoint); if (params.entrypoint) cmd()
    if (params.cmd || 'cmd' in gone) cmd(*params.cmd)
    if (params.user != null || 'user' in gone) user(params.user ?: '')
    if (params.workdir != null || 'workdir' in gone) workdir(params.workdir ?: '')
    if (params.exposedPorts || 'exposed-ports' in gone) withoutPorts()
    params.exposedPorts.each { port it }
    if (params.setPlatform) platform params.setPlatform
} }
if (!params.output) println change(params.image, to: params.tag, repository: params.repo, platform: params.platform, changed)
else save(params.output, [(Place.parse(params.tag ?: params.image).name()): changed(image(params.image, params.platform))])
