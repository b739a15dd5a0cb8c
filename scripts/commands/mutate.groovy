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
    option 'volume', 'path to say that it is a volume', many: true
    option 'stop-signal', 'signal that ends it'
    option 'created', 'when to say that it was made, such as 2026-01-31T12:00:00Z'
    option 'append', 'tar archive to put on top', many: true
    option 'remove-annotation', 'annotation to remove', many: true
    option 'remove-label', 'label to remove', many: true
    option 'remove-env', 'environment variable to remove', many: true
    option 'remove', 'what to remove as a whole', many: true, choices: ['entrypoint', 'cmd', 'env', 'labels', 'user',
        'workdir', 'exposed-ports', 'volumes', 'stop-signal', 'healthcheck', 'shell']
    example 'davit mutate localhost:5000/site -l stage=test --remove-env DEBUG', 'changes every platform of the tag'
    example 'davit mutate localhost:5000/site --platform linux/arm64 -e X=1', 'changes one of its images'
}

if (params.tag && params.repo) fail '--tag and --repo do not go together'
def replaced = (params.entrypoint ? ['cmd'] : []) + (params.exposedPorts ? ['exposed-ports'] : [])
def changed = { it.append(params.append.collect { layer(it) }).edit(
    without: params.remove + replaced, withoutAnnotation: params.removeAnnotation, withoutLabel: params.removeLabel,
    withoutEnv: params.removeEnv, annotation: params.annotation, label: params.label, env: params.env,
    entrypoint: params.entrypoint, cmd: params.cmd, user: params.user, workdir: params.workdir,
    port: params.exposedPorts, volume: params.volume, stopSignal: params.stopSignal, created: params.created,
    platform: params.setPlatform) }
if (!params.output) println change(params.image, to: params.tag, repository: params.repo, platform: params.platform, changed)
else save(params.output, [(Place.parse(params.tag ?: params.image).name()): changed(image(params.image, params.platform))])
