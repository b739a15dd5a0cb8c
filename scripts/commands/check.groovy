params {
    description 'Checks that an image is as it must be'
    argument 'image', 'which image, in any medium'
    argument 'policy', 'a script with a block check { … }', type: Path, optional: true
    option 'platform', 'only the image for this platform'
    flag 'not-root', 'the container does not run as root'
    option 'size-below', 'it is smaller than this, such as 200 MB'
    flag 'no-setuid', 'no file runs with the rights of its owner or group'
    flag 'no-world-writable', 'nothing is writable by everybody'
    flag 'no-secrets', 'no layer has a private key, a token or a password'
    option 'base', 'it is built on one of these, such as docker.io/library/debian:*', many: true
    option 'label', 'it has this label', many: true
    option 'no-package', 'it has no package of this name', many: true
    option 'allow-platform', 'it is for one of these platforms', many: true
    option 'junit', 'file to write what each rule found to, for build servers', type: Path
    exits 3
    example 'davit check --not-root --size-below 200MB site:1.0', 'prints what is otherwise, and ends with 3'
    example 'davit check --junit report.xml site:1.0 policy.groovy', 'checks what the policy wants'
}

def given = params.notRoot || params.sizeBelow || params.noSetuid || params.noWorldWritable || params.noSecrets ||
    params.base || params.label || params.noPackage || params.allowPlatform
if (!given && !params.policy) fail 'nothing to check: say what the image must be, or name a policy'
if (params.junit) junit params.junit
if (params.policy) policy params.policy
if (given) check {
    if (params.notRoot) notRoot()
    if (params.sizeBelow) sizeBelow params.sizeBelow
    if (params.noSetuid) noSetuid()
    if (params.noWorldWritable) noWorldWritable()
    if (params.noSecrets) noSecrets()
    if (params.base) base(*params.base)
    if (params.label) labels(*params.label)
    if (params.noPackage) noPackages(*params.noPackage)
    if (params.allowPlatform) platforms(*params.allowPlatform)
}
println "PASS: ${image(params.image, params.platform).check()}"
