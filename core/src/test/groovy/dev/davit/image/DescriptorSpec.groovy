package dev.davit.image

import dev.davit.blob.Blob
import dev.davit.blob.Digest
import dev.davit.json.Document
import dev.davit.json.Json
import spock.lang.Specification

class DescriptorSpec extends Specification {

    static final HELLO = 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'
    static final FULL = [size: 5, 'x-unknown': [b: 1.50, a: null], digest: HELLO, mediaType: 'text/plain', urls: ['https://r.test/x'],
                         annotations: [k: 'v'], data: 'aGVsbG8=', artifactType: 'a/b',
                         platform: [os: 'linux', architecture: 'arm', variant: 'v6', features: ['sse4']]]

    def 'a descriptor is a view of its members'() {
        given:
        def descriptor = Descriptor.parse(FULL, 'm')

        expect:
        descriptor.mediaType().name() == 'text/plain'
        "${descriptor.digest()}" == HELLO
        descriptor.size() == 5
        descriptor.urls() == ['https://r.test/x']
        descriptor.annotations() == [k: 'v']
        descriptor.artifactType().get() == 'a/b'
        "${descriptor.platform().get()}" == 'linux/arm/v6'
        "$descriptor" == "text/plain $HELLO (5 bytes)"
        written(descriptor) == written(FULL)
    }

    def 'a new descriptor has the three members that it needs'() {
        expect:
        written(Descriptor.of(MediaType.OCI_LAYER, Digest.parse(HELLO), 5)) ==
                """{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"$HELLO","size":5}"""
    }

    def 'absent members are empty'() {
        given:
        def descriptor = Descriptor.parse([digest: HELLO, size: 0, platform: null, annotations: null], 'm')

        expect:
        descriptor.mediaType().name() == ''
        descriptor.platform().empty
        descriptor.annotations() == [:]
        descriptor.urls() == []
        descriptor.artifactType().empty
        descriptor.data().empty
    }

    def 'a malformed descriptor is refused with its place: #problem'() {
        when:
        Descriptor.parse(tree, 'r.test/a, layers[2]')

        then:
        def e = thrown(IOException)
        e.message.startsWith("r.test/a, layers[2]: $problem")

        where:
        tree                                           || problem
        [:]                                            || 'the descriptor has no digest'
        [digest: null, size: 5]                        || 'the descriptor has no digest'
        [digest: 5, size: 5]                           || 'the descriptor has no digest'
        [digest: 'sha256:abc', size: 5]                || "malformed digest 'sha256:abc': expected sha256:"
        [digest: HELLO]                                || "the descriptor of $HELLO has no size"
        [digest: HELLO, size: -1]                      || "the descriptor of $HELLO has no size"
        [digest: HELLO, size: '5']                     || "the descriptor of $HELLO has no size"
        [digest: HELLO, size: 5.5]                     || "the descriptor of $HELLO has no size"
        [digest: HELLO, size: 99999999999999999999G]   || "the descriptor of $HELLO has no size"
    }

    def 'embedded data counts only if it is what the descriptor says: #data'() {
        given:
        def descriptor = Descriptor.parse([digest: digest, size: size, data: data], 'm')

        expect:
        descriptor.data().map { new String(it.bytes()) }.orElse(null) == content

        where:
        data       | digest                                   | size || content
        'aGVsbG8=' | HELLO                                    | 5    || 'hello'
        'aGVsbG8=' | HELLO                                    | 6    || null
        'aGVsbE8=' | HELLO                                    | 5    || null
        'hello!'   | HELLO                                    | 5    || null
        ''         | HELLO                                    | 5    || null
        '%'        | "${Digest.of(new byte[0])}".toString()   | 0    || null
    }

    def 'changed content changes digest, size and embedded data; all else stays in its place'() {
        given:
        def changed = Descriptor.parse(FULL, 'm').withContent(Document.of([a: 1]))

        expect:
        written(changed) == written(FULL + [size: 7, data: 'eyJhIjoxfQ==',
                digest: 'sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862'])
        changed.data().get() == Blob.of('{"a":1}'.bytes)
        Descriptor.parse([digest: HELLO, size: 5], 'm').withContent(Document.of([:])).tree().keySet() as List ==
                ['digest', 'size']
    }

    def 'another platform keeps the members that it does not know'() {
        expect:
        Descriptor.parse(FULL, 'm').withPlatform(Platform.parse('linux/arm64')).tree().platform ==
                [architecture: 'arm64', os: 'linux', features: ['sse4']]
        Descriptor.parse([digest: HELLO, size: 5], 'm').withPlatform(Platform.parse('linux/arm/v7')).tree().platform ==
                [architecture: 'arm', os: 'linux', variant: 'v7']
    }

    def 'the same platform changes nothing, not even the order of its members'() {
        given:
        def descriptor = Descriptor.parse(FULL, 'm')

        expect:
        written(descriptor.withPlatform(descriptor.platform().get())) == written(FULL)
    }

    def 'other changes leave the rest alone'() {
        given:
        def descriptor = Descriptor.parse(FULL, 'm')

        expect:
        written(descriptor.withMediaType(MediaType.OCI_LAYER)) == written(FULL + [mediaType: MediaType.OCI_LAYER.name()])
        written(descriptor.withAnnotation('z', 'y')) == written(FULL + [annotations: [k: 'v', z: 'y']])
        descriptor.withMediaType(new MediaType('text/plain')) == descriptor
    }

    private static String written(Object value) {
        new String(Json.write(value instanceof Descriptor ? value.tree() : value))
    }
}
