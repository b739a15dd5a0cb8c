package dev.davit.dsl

import dev.davit.dsl.Place.Medium
import java.nio.file.Files

/** One text for an image in every medium. */
class PlaceSpec extends ScriptSpecification {

    static final DIGEST = 'sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105'

    def 'a place is read and written: #text'() {
        when:
        def place = Place.parse(text)

        then:
        [place.medium(), place.path(), place.name(), place.digest().map { it as String }.orElse('')] == [medium, path, name, digest]
        place.toString() == full
        Place.parse(full) == place

        where:
        text                         || medium          | path         | name                                | digest
        'debian:12'                  || Medium.REGISTRY | ''           | 'index.docker.io/library/debian:12' | ''
        'ghcr.io/a/b'                || Medium.REGISTRY | ''           | 'ghcr.io/a/b:latest'                | ''
        "localhost:5000/a@$DIGEST"   || Medium.REGISTRY | ''           | "localhost:5000/a@$DIGEST"          | ''
        'oci/image'                  || Medium.REGISTRY | ''           | 'index.docker.io/oci/image:latest'  | ''
        'oci'                        || Medium.REGISTRY | ''           | 'index.docker.io/library/oci:latest' | ''
        'oci:images'                 || Medium.LAYOUT   | 'images'     | ''                                  | ''
        'oci:/srv/images:v1'         || Medium.LAYOUT   | '/srv/images' | 'v1'                               | ''
        'oci:images:localhost:5000/a:1' || Medium.LAYOUT | 'images'    | 'localhost:5000/a:1'                | ''
        "oci:images@$DIGEST"         || Medium.LAYOUT   | 'images'     | ''                                  | DIGEST
        "oci:images:v1@$DIGEST"      || Medium.LAYOUT   | 'images'     | 'v1'                                | DIGEST
        'archive:./a b.tar'          || Medium.ARCHIVE  | './a b.tar'  | ''                                  | ''
        'archive:x.tar:debian:12'    || Medium.ARCHIVE  | 'x.tar'      | 'debian:12'                         | ''
        'archive:C:\\a\\x.tar:v1'    || Medium.ARCHIVE  | 'C:\\a\\x.tar' | 'v1'                              | ''
        'archive:c:/x.tar'           || Medium.ARCHIVE  | 'c:/x.tar'   | ''                                  | ''
        'archive:-:v1'               || Medium.ARCHIVE  | '-'          | 'v1'                                | ''
        '-'                          || Medium.ARCHIVE  | '-'          | ''                                  | ''
        'daemon:nginx:1'             || Medium.ENGINE   | ''           | 'nginx:1'                           | ''
        "daemon:$DIGEST"             || Medium.ENGINE   | ''           | DIGEST                              | ''
        full = medium == Medium.REGISTRY ? name : text == '-' ? 'archive:-' : text
    }

    def 'what is no place is answered by one sentence: #text'() {
        when:
        Place.parse(text)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed reference '$text': expected $expected"

        where:
        text                          || expected
        'oci:'                        || 'oci:FOLDER[:NAME][@DIGEST]'
        'oci:images:'                 || 'oci:FOLDER[:NAME][@DIGEST]'
        'oci::v1'                     || 'oci:FOLDER[:NAME][@DIGEST]'
        'archive:'                    || 'archive:FILE[:NAME][@DIGEST]'
        'daemon:'                     || 'daemon:NAME'
        './x.tar'                     || "'archive:./x.tar' for a file, or 'oci:./x.tar' for a folder"
        '/srv/images'                 || "'archive:/srv/images' for a file, or 'oci:/srv/images' for a folder"
        'docker://debian:12'          || "'debian:12'"
        'docker-archive:x.tar:a'      || "'archive:x.tar:a'"
        'oci-archive:x.tar'           || "'archive:x.tar'"
        'docker-daemon:nginx:1'       || "'daemon:nginx:1'"
        'https://ghcr.io/a/b'         || "'ghcr.io/a/b'"
    }

    def 'an image goes from any medium to any other, and its digest stays'() {
        when:
        evaluate('''
            def registry = serve()
            def both = index { add scratch(); add scratch('linux/arm64') }
            println both.to("$registry.address/a:1").toString().replace(registry.address, 'REGISTRY')
            println image("$registry.address/a:1").to('oci:images:v1')
            println image('oci:images:v1').to('archive:x.tar:debian:12')
            println image('archive:x.tar').to('archive:x.tar:debian:13')
            println image('archive:x.tar:debian:12').to('archive:y.tar')
            println image("archive:y.tar@$both.digest", 'linux/arm64').to('oci:images')
            println image('oci:images@sha256:5b6c8dc004b566eaef2fddaa58a393ebb2d01b7ea60cb3599a4e4fda2c2980e1').platform
            println digest('archive:y.tar')
            println archive('x.tar', 'debian:13').digest == both.digest
        ''')

        then:
        out.toString() == '''\
            REGISTRY/a@BOTH
            oci:images@BOTH
            archive:x.tar@BOTH
            archive:x.tar@BOTH
            archive:y.tar@BOTH
            oci:images@sha256:5b6c8dc004b566eaef2fddaa58a393ebb2d01b7ea60cb3599a4e4fda2c2980e1
            linux/arm64
            BOTH
            true
            '''.stripIndent().replace('BOTH', 'sha256:1f3e22d7ef6e347b6e635de2e59a5e6b1f62d583ffd9237563d72e37cf4e20d7')
    }

    def 'an archive on standard output is followed by nothing'() {
        when:
        evaluate('''println scratch().to('-')''')
        Files.write(folder.resolve('piped.tar'), out.toByteArray())

        then:
        err.toString() == "archive:-@$DIGEST\n"
        evaluate("digest('archive:piped.tar')") == DIGEST
        evaluate("scratch().to('archive:whole.tar')")
        Files.readAllBytes(folder.resolve('piped.tar')) == Files.readAllBytes(folder.resolve('whole.tar'))
    }

    def 'only one archive goes to standard output, and none to a terminal'() {
        expect:
        failure('scratch().to("-"); scratch().to("-")').startsWith(
                'error: standard output has an archive already: expected only one\n')

        when:
        environment = [DAVIT_TERMINAL: '01']

        then:
        failure('scratch().to("archive:-:v1")').startsWith(
                'error: standard output is a terminal: expected a file or a pipe for an archive\n')
    }

    def 'what cannot be read or written is told: #script'() {
        given:
        write 'a:b/x', ''
        evaluate("scratch().to('oci:images:v1')")

        expect:
        failure(script).readLines()[0].replace("$folder/", '') == "error: $message"

        where:
        script                           || message
        "image('oci:a:b')"               || "malformed reference 'oci:a:b': a path ends at its first colon, and there is no a; " +
                'expected a path without colons'
        "image('oci:images:v2')"         || 'layout images has no image v2; it has v1'
        "image('archive:none.tar')"      || 'none.tar: no such file or folder'
        "image('oci:images', 'linux/arm64')" || 'images has no image for linux/arm64; it has linux/amd64'
        "scratch().to('oci:images@sha256:${'0' * 64}')" || 'cannot write image ' + DIGEST + " as oci:images@sha256:${'0' * 64}: its digest is $DIGEST"
        "delete('archive:x.tar')"        || "malformed reference 'archive:x.tar': expected one to a registry or a layout"
        "delete('oci:images:v2')"        || 'layout images has no image v2; it has v1'
        "referrers('oci:images:v1')"     || "malformed reference 'oci:images:v1': expected one to a registry"
    }

    def 'elsewhere than in a registry, a tag is one more name: #from'() {
        given:
        evaluate("scratch().to('oci:images'); scratch().to('archive:x.tar:site:1')")

        expect:
        evaluate("tag('$from', 'v2')").toString() == "$medium@$DIGEST"
        evaluate("digest('$medium:$name')") == DIGEST.toString()
        evaluate("layoutAt('images').descriptors.size()") == 1

        when:
        evaluate("delete('oci:images')")

        then:
        evaluate("layoutAt('images').descriptors") == []

        where:
        from                  | medium          || name
        'oci:images'          | 'oci:images'    || 'v2'
        'archive:x.tar:site:1' | 'archive:x.tar' || 'site:v2'
    }

    def 'whether there is such an image: #place'() {
        given:
        evaluate("scratch().to('oci:images:v1'); scratch().to('archive:x.tar:v1')")

        expect:
        evaluate("exists('$place')") == there

        where:
        place               || there
        'oci:images'        || true
        'oci:images:v1'     || true
        'oci:images:v2'     || false
        'oci:none'          || false
        "oci:images@$DIGEST" || true
        'archive:x.tar:v1'  || true
        'archive:x.tar:v2'  || false
        'archive:none.tar'  || false
        '-'                 || false
    }

    def 'several platforms give an index of theirs, one the image, none and all the whole: #platforms'() {
        expect:
        evaluate("""
            def three = index { add scratch(); add scratch('linux/arm64'); add scratch('linux/s390x') }
            three.to('oci:images')
            def found = image('oci:images', $platforms)
            found instanceof dev.davit.image.Index ? found.platforms as String : found.platform as String
        """) == found

        where:
        platforms                              || found
        'null'                                 || '[linux/amd64, linux/arm64, linux/s390x]'
        '[]'                                   || '[linux/amd64, linux/arm64, linux/s390x]'
        "'all'"                                || '[linux/amd64, linux/arm64, linux/s390x]'
        "'linux/arm64'"                        || 'linux/arm64'
        "['linux/arm64']"                      || 'linux/arm64'
        "'linux/amd64,linux/s390x'"            || '[linux/amd64, linux/s390x]'
        "['linux/amd64', 'linux/s390x']"       || '[linux/amd64, linux/s390x]'
    }

    def 'a change of one platform keeps the rest of the index, byte for byte, in every medium: #place'() {
        when:
        evaluate("""
            def registry = serve()
            index { add scratch(); add scratch('linux/arm64') }.to('$place'.replace('REGISTRY', registry.address))
            def named = '$place'.replace('REGISTRY', registry.address)
            def full = change(named, platform: 'linux/arm64') { it.withUser('me') }
            println full.toString().replace(registry.address, 'REGISTRY')
            println image(named).descriptors*.digest
            println image(named).descriptors*.platform
            println image(full).digest == image(named).digest
        """)

        then:
        out.toString() == """\
            $full@sha256:d8796e265937ddda0f8703ffbc51485f285025773fd1ff0facecf95a53e4874b
            [$DIGEST, sha256:dd41170120c52776cf816d36b9f1d693a79a1b67b78151470ebb38ee85e25998]
            [linux/amd64, linux/arm64]
            true
            """.stripIndent()

        where:
        place                   || full
        'REGISTRY/a:1'          || 'REGISTRY/a'
        'oci:images'            || 'oci:images'
        'oci:images:v1'         || 'oci:images'
        'archive:x.tar'         || 'archive:x.tar'
        'archive:x.tar:v1'      || 'archive:x.tar'
    }

    def 'a change in its place keeps the names and what else there is'() {
        when:
        evaluate('''
            save('x.tar', ['a:1': scratch(), 'a:2': scratch(), 'b:1': scratch('linux/arm64')])
            change("archive:x.tar:a:1") { it.withUser('one') }
            println digest('archive:x.tar:a:2') == scratch().digest as String
            change("archive:x.tar@${scratch('linux/arm64').digest}") { it.withUser('two') }
            println image('archive:x.tar:b:1').config.user
            scratch().to('oci:images:v1')
            scratch('linux/arm64').to('oci:images:v2')
            change('oci:images:v1') { it.withUser('three') }
            println layoutAt('images').names
            println image('oci:images:v1').config.user
        ''')

        then:
        out.toString() == 'true\ntwo\n[v1, v2]\nthree\n'
    }

    def 'a change elsewhere takes only what is for the platform along'() {
        expect:
        evaluate('''
            index { add scratch(); add scratch('linux/arm64') }.to('oci:images:both')
            change('oci:images:both', to: 'oci:images:arm', platform: 'linux/arm64') { it.withUser('me') }
            [image('oci:images:arm').platform as String, image('oci:images:both').platforms.size()]
        ''') == ['linux/arm64', 2]
    }

    def 'what is in any medium is validated'() {
        expect:
        evaluate('''
            scratch().to('oci:images:v1')
            scratch().to('archive:x.tar:v1')
            ['oci:images', 'oci:images:v1', 'archive:x.tar', 'archive:x.tar:v1'].collect { validate(it, fast: true).size() }
        ''') == [0, 0, 0, 0]
    }
}
