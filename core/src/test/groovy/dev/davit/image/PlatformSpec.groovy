package dev.davit.image

import spock.lang.Specification

class PlatformSpec extends Specification {

    def 'text and platform turn into each other: #text'() {
        given:
        def platform = Platform.parse(text)

        expect:
        "$platform" == text
        [platform.os(), platform.architecture(), platform.variant(), platform.osVersion()] == parts
        Platform.of(platform.tree()) == platform

        where:
        text                               || parts
        'linux/amd64'                      || ['linux', 'amd64', '', '']
        'linux/arm/v7'                     || ['linux', 'arm', 'v7', '']
        'windows/amd64:10.0.17763.1234'    || ['windows', 'amd64', '', '10.0.17763.1234']
        'linux/arm64/v8:5.4'               || ['linux', 'arm64', 'v8', '5.4']
        'unknown/unknown'                  || ['unknown', 'unknown', '', '']
    }

    def 'text that is not a platform is refused and quoted: #text'() {
        when:
        Platform.parse(text)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed platform '$text': expected OS/ARCHITECTURE[/VARIANT][:OS.VERSION], " +
                'such as linux/amd64 or linux/arm/v7'

        where:
        text << ['', 'linux', 'linux/', '/amd64', 'linux/arm/', 'linux/arm/v7/x', 'linux/amd64:', 'linux/amd64:1:2',
                 ' linux/amd64', 'linux/amd 64', 'linux/amd64,linux/arm64', 'linux:1/amd64', 'linux/amd64\n']
    }

    def 'an image for #has is what someone means who asks for #wanted: #means'() {
        expect:
        Platform.parse(has).satisfies(Platform.parse(wanted)) == means

        where:
        has                       | wanted                    || means
        'linux/amd64'             | 'linux/amd64'             || true
        'linux/amd64'             | 'windows/amd64'           || false
        'linux/amd64'             | 'linux/arm64'             || false
        'linux/arm64'             | 'linux/arm64/v8'          || true
        'linux/arm64/v8'          | 'linux/arm64'             || true
        'linux/arm64/v8'          | 'linux/arm64/v8'          || true
        'linux/arm64/v9'          | 'linux/arm64/v8'          || false
        'linux/arm64/v9'          | 'linux/arm64'             || true
        'linux/amd64'             | 'linux/amd64/v1'          || true
        'linux/amd64'             | 'linux/amd64/v2'          || false
        'linux/arm'               | 'linux/arm/v7'            || true
        'linux/arm'               | 'linux/arm/v6'            || false
        'linux/arm/v6'            | 'linux/arm/v7'            || false
        'linux/arm/v6'            | 'linux/arm'               || true
        'windows/amd64:10.0.1'    | 'windows/amd64'           || true
        'windows/amd64:10.0.1'    | 'windows/amd64:10.0.1'    || true
        'windows/amd64:10.0.1'    | 'windows/amd64:10.0.2'    || false
        'windows/amd64'           | 'windows/amd64:10.0.1'    || false
        'windows/amd64:10.0.1.7'  | 'windows/amd64:10.0.1'    || true
        'windows/amd64:10.0.17'   | 'windows/amd64:10.0.1'    || false
        'linux/riscv64'           | 'linux/riscv64/v8'        || false
    }

    def 'features of the system that are wanted must be there'() {
        given:
        def win32k = new Platform('windows', 'amd64', '', '', ['win32k', 'other'])

        expect:
        win32k.satisfies(new Platform('windows', 'amd64', '', '', ['win32k']))
        win32k.satisfies(Platform.of('windows', 'amd64'))
        !Platform.of('windows', 'amd64').satisfies(win32k)
        win32k.tree() == [architecture: 'amd64', os: 'windows', 'os.features': ['win32k', 'other']]
    }

    def 'no system at all is unknown: #tree'() {
        expect:
        Platform.of(tree).unknown == unknown

        where:
        tree                                         || unknown
        [:]                                          || true
        [os: null, architecture: '']                 || true
        [os: 'unknown', architecture: 'unknown']     || true
        [os: 'linux']                                || false
        [os: 'linux', architecture: 'unknown']       || false
        [os: 'linux', architecture: 'amd64']         || false
    }

    def 'two platforms may be said of one image: #one and #other'() {
        expect:
        Platform.parse(one).agreesWith(Platform.parse(other)) == agree
        Platform.parse(other).agreesWith(Platform.parse(one)) == agree

        where:
        one                 | other                     || agree
        'linux/amd64'       | 'linux/amd64'             || true
        'linux/arm64'       | 'linux/arm64/v8'          || true
        'linux/arm/v6'      | 'linux/arm'               || true
        'linux/arm/v6'      | 'linux/arm/v7'            || false
        'linux/amd64'       | 'linux/arm64'             || false
        'windows/amd64:1.2' | 'windows/amd64'           || true
        'windows/amd64:1.2' | 'windows/amd64:1.3'       || false
    }

    def 'the variant that engines take a platform for can be said: #platform'() {
        expect:
        Platform.parse(platform).normal().toString() == normal

        where:
        platform       || normal
        'linux/arm'    || 'linux/arm/v7'
        'linux/arm/v6' || 'linux/arm/v6'
        'linux/arm64'  || 'linux/arm64/v8'
        'linux/s390x'  || 'linux/s390x'
    }

    def 'members come in the order of the specification'() {
        expect:
        new Platform('windows', 'arm64', 'v8', '10', ['f']).tree().keySet() as List ==
                ['architecture', 'os', 'os.version', 'os.features', 'variant']
    }
}
