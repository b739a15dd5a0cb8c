package dev.davit.dsl

import dev.davit.archive.Archive
import dev.davit.image.Image
import java.nio.file.Files

/** Archives, layouts and indexes as scripts say them. */
class MediaSpec extends ScriptSpecification {

    def 'random images are the same everywhere: #options'() {
        expect:
        evaluate("random($options).digest.toString()") == digest

        where:
        options                                                            || digest
        ''                                                                 || 'sha256:bafc754934e931dffd25fa776b87bf6214f079a1fd15e6f3041df3ef374142f0'
        "size: 100_000, layers: 3, seed: 42, platform: 'linux/amd64'"      || 'sha256:8db4a9e849b6ba7de6b95bea80c942cc8146482b6334b9ea91e63cb3928add67'
        "size: 1000, layers: 2, seed: 42, platforms: ['linux/amd64', 'linux/arm64']" || 'sha256:b1e0c43ac3a1640d8044062cdc49f63da652320317cfb4e480c0162ff66b9904'
    }

    def 'options that are wrong are refused: #script'() {
        expect:
        failure(script).startsWith("error: $message")

        where:
        script                              || message
        "random(sizes: 1)"                  || "there is no option 'sizes'; did you mean 'size'?"
        "random(size: 'big')"               || "malformed size 'big': expected a number"
        "layer('x', mediatype: 'a/b')"      || "there is no option 'mediatype'; did you mean 'mediaType'?"
        "layer([:], 'x')"                   || 'layer: bytes as they are need a media type, such as'
        "scratch().save('x.tar', old: true)" || "there is no option 'old'"
        "scratch().save('x.tar', legacy: true)" || 'sha256:'
        "archive('-')"                      || "there is no standard input here for '-': expected the path of an archive"
    }

    def 'an artifact holds what it is given, as it is'() {
        given:
        write('sbom.json', '{"spdxVersion":"SPDX-2.3"}')

        when:
        def artifact = evaluate('''
            def registry = serve()
            def sbom = artifact('application/spdx+json')
                .append(layer('sbom.json', mediaType: 'application/spdx+json'), layer('bytes'.bytes, mediaType: 'text/plain'))
            sbom.push("$registry.address/sbom:1")
            remote("$registry.address/sbom:1").save('sbom.tar')
            sbom
        ''') as Image

        then:
        artifact.layerDescriptors()*.mediaType()*.name() == ['application/spdx+json', 'text/plain']
        artifact.blobs()*.bytes().collect { new String(it) } == ['{}', '{"spdxVersion":"SPDX-2.3"}', 'bytes']
        Archive.open(folder.resolve('sbom.tar')).withCloseable { it.get('') } == artifact
    }

    def 'a layer of bytes as they are goes into an image too'() {
        when:
        def image = evaluate('''
            scratch().append(layer { text '/a', 'a' }).append(layer('x'.bytes, mediaType: 'application/vnd.example'))
        ''') as Image

        then:
        image.layers()[1].blob().bytes() == 'x'.bytes
        image.config().history()*.createdBy()*.get() == ['davit layer: text /a', 'davit layer: bytes']
    }

    def 'what an index says of an image may be more than its config says'() {
        expect:
        evaluate('''
            def both = index {
                add scratch()
                add scratch('linux/arm64'), platform: 'linux/arm64/v9', annotations: [k: 'v']
            }.add(scratch('linux/arm'), platform: 'linux/arm/v6')
            "${both.platforms} ${both.descriptors[1].annotations}".toString()
        ''') == '[linux/amd64, linux/arm64/v9, linux/arm/v6] [k:v]'
    }

    def 'an index loses what is named: #what'() {
        expect:
        evaluate("""
            def arm = scratch('linux/arm64')
            def three = index { add scratch(); add arm; add scratch('linux/s390x') }
            three.remove($what).platforms as String
        """) == left

        where:
        what                                || left
        "'linux/amd64'"                     || '[linux/arm64, linux/s390x]'
        'arm'                               || '[linux/amd64, linux/s390x]'
        'arm.digest'                        || '[linux/amd64, linux/s390x]'
        "arm.digest.toString()"             || '[linux/amd64, linux/s390x]'
        "['linux/amd64', arm]"              || '[linux/s390x]'
    }

    def 'removing what is not there is an error'() {
        expect:
        failure("index { add scratch() }.remove('linux/arm64')").startsWith(
                'error: the index has no linux/arm64; it has linux/amd64\n')
    }

    def 'nested indexes are unnested'() {
        expect:
        evaluate('''
            index { add index { add scratch(); add scratch('linux/arm64') }; add scratch() }.unnest().platforms as String
        ''') == '[linux/amd64, linux/arm64]'
    }

    def 'many images go into one archive, also into a legacy one'() {
        expect:
        evaluate('''
            def (a, b) = [random(size: 10, seed: 1), random(size: 10, seed: 2)]
            save('bundle.tar', ['a:1': a, 'b:1': b])
            save('legacy.tar', ['a:1': a, 'b:1': b], legacy: true)
            a.save('one.tar', 'a:1', legacy: true).save('none.tar', legacy: true)
            [archive('bundle.tar', 'b:1') == b, archive('legacy.tar', 'b:1').config.document() == b.config.document(),
             archive('one.tar', 'a:1').layers*.diffId == a.layers*.diffId, archive('none.tar').layers*.diffId == a.layers*.diffId]
        ''') == [true] * 4
    }

    def 'an archive may come from a stream'() {
        expect:
        evaluate('''
            def (a, b) = [random(size: 10, seed: 1), random(size: 10, seed: 2)]
            save('bundle.tar', ['a:1': a, 'b:1': b])
            archive(new FileInputStream(new File("$FOLDER/bundle.tar")), 'b:1') == b
        '''.replace('$FOLDER', folder.toString()))
    }

    def 'a layout is managed as a whole'() {
        when:
        evaluate('''
            def (arm, amd) = [random(size: 10, seed: 1, platform: 'linux/arm64'), random(size: 10, seed: 2)]
            amd.writeTo('images', 'v1')
            def images = layoutAt('images')
            images.append('v1', arm)
            images.put("v${2}", arm)
            println images.names
            println images.descriptors*.platform
            println layout('images', 'v1', 'linux/arm64').digest == arm.digest
            images.replace('v1', random(size: 10, seed: 3), platform: 'linux/amd64')
            println images.descriptors.size()
            println images.remove('v1', platform: 'linux/arm64')*.platform
            println images.remove(platform: 'linux/arm64').size()
            println images.collectGarbage().size()
            println images.names
            println layout('images').platform
        ''')

        then:
        out.toString() == '''\
            [v1, v2]
            [linux/amd64, linux/arm64, linux/arm64]
            true
            3
            [linux/arm64]
            1
            6
            [v1]
            linux/amd64
            '''.stripIndent()
        Files.list(folder.resolve('images/blobs/sha256')).withCloseable { it.count() } == 3
    }

    def 'what a layout does not have cannot be removed: #what'() {
        expect:
        failure("random().writeTo('images', 'v1')\nlayoutAt('images').remove($what)").readLines()[0].replace("$folder/", '') == "error: $message"

        where:
        what                            || message
        "'v2'"                          || 'layout images has no image v2; it has v1'
        "platform: 'linux/arm64'"       || 'layout images has no image for linux/arm64; it has v1'
        "'v1', platform: 'linux/arm64'" || 'layout images has no image v1 for linux/arm64; it has v1'
        "''"                            || "remove needs a name, a digest or a platform, such as remove('v1')"
    }
}
