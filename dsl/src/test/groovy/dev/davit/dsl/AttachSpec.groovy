package dev.davit.dsl

import java.nio.file.Files

/** What refers to images, as scripts say it. */
class AttachSpec extends ScriptSpecification {

    private static final String BEGIN = '''
        def registry = serve()
        def site = scratch().push("$registry.address/site:1")
    '''

    def 'a file is attached, found by its type, and read'() {
        given:
        write('sbom.json', '{"spdxVersion":"SPDX-2.3"}')

        expect:
        evaluate(BEGIN + '''
            attach(site, 'sbom.json', type: 'application/spdx+json', annotations: [tool: 'hand'])
            def found = referrers("$registry.address/site:1", type: 'application/spdx+json')
            assert referrers(site, type: 'text/plain') == []
            found.collect { [it.artifactType, it.mediaType.name(), it.size, it.annotations, it.artifact.parts[0].name,
                it.artifact.parts[0].mediaType.name(), it.artifact.parts[0].size, it.artifact.parts[0].text] }
        ''') == [['application/spdx+json', 'application/vnd.oci.image.manifest.v1+json', 679, [tool: 'hand'], 'sbom.json',
                 'application/octet-stream', 26, '{"spdxVersion":"SPDX-2.3"}']]
    }

    def 'what refers is a reference itself: to be asked for, extracted and deleted'() {
        given:
        write('a', 'a')

        expect:
        evaluate(BEGIN + '''
            attach(site, 'a:text/plain', type: 'a/b')
            def one = referrers(site)[0]
            attach(one, 'a', type: 'c/d')
            remote(one).extract('files')
            def types = referrers(one)*.artifactType
            delete one
            [types, referrers(site)]
        ''') == [['c/d'], []]
        Files.readString(folder.resolve('files/a')) == 'a'
    }

    def 'a copy takes along what refers to it and to the images in it, to any depth'() {
        given:
        write('a', 'a')

        expect:
        evaluate('''
            def registry = serve()
            def both = index { add scratch(); add scratch('linux/arm64') }.push("$registry.address/both:1")
            def sbom = attach(both, 'a', type: 'a/index')
            attach(sbom, 'a', type: 'a/signature')
            attach(both, 'a', type: 'a/image', platform: 'linux/arm64')
            copy(both, "$registry.address/copy:1", referrers: true)
            copy(both, "$registry.address/arm:1", referrers: true, platform: 'linux/arm64')
            def copied = "$registry.address/copy:1"
            [referrers(copied)*.artifactType, referrers(referrers(copied)[0])*.artifactType,
             referrers(copied, platform: 'linux/arm64')*.artifactType, referrers("$registry.address/arm:1")*.artifactType]
        ''') == [['a/index'], ['a/signature'], ['a/image'], ['a/image']]
    }

    def 'the tags of an image are those that stand for the same'() {
        expect:
        evaluate(BEGIN + '''
            tag(site, '2')
            scratch('linux/arm64').push("$registry.address/site:arm")
            [tagsOf(site), tagsOf("$registry.address/site:arm"), tagsOf("$registry.address/none@$site.digest")]
        ''') == [['1', '2'], ['arm'], []]
    }

    def 'tags and repositories can be had one by one'() {
        given:
        evaluate(BEGIN + '''
            tag(site, '2')
            tags("$registry.address/site") { println "tag $it" }
            catalog(registry.address) { println it }
        ''')

        expect:
        out.toString() == 'tag 1\ntag 2\nsite\n'
    }

    def 'what is missing is said: #script'() {
        expect:
        failure(script).startsWith("error: $message")

        where:
        script                                            || message
        "attach('x', 'a', annotations: [:])"              || 'attach: what is attached needs a type, such as'
        "attach('x', 'a', type: 'a/b', platforms: 'x')"   || "there is no option 'platforms'; did you mean 'platform'?"
        "referrers('x', tpye: 'a/b')"                     || "there is no option 'tpye'; did you mean 'type'?"
        "copy('x', 'y', referers: true)"                  || "there is no option 'referers'; did you mean 'referrers'?"
        "blob('localhost:1/x:1')"                         || "malformed blob 'localhost:1/x:1': expected REPOSITORY@DIGEST"
    }
}
