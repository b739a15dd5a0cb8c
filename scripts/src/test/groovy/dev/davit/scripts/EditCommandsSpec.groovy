package dev.davit.scripts

import java.nio.file.Files

/** What changes an image: in its place or elsewhere, of one platform or of all. */
class EditCommandsSpec extends CommandSpecification {

    static final FLAT = 'sha256:5935e1bd3e59c414331815e8d481ba627892522a15e41ea47994db4179b827a9'

    def 'a change of one platform keeps the others of the index as they are: #line'() {
        given:
        davit('append', '-b', 'REGISTRY/both:1', '-t', 'REGISTRY/base:1', '-f', tar('base.tar', 'base', 'b'))
        davit('append', '-b', 'REGISTRY/base:1', '-t', 'REGISTRY/edited:1', '-f', tar('a.tar', 'a', 'a'),
                '--set-base-image-annotations')
        davit('append', '-b', 'REGISTRY/both:1', '-t', 'REGISTRY/base:1', '-f', tar('new.tar', 'new', 'b'))
        def before = get('edited:1')

        when:
        def printed = run(line)

        then:
        def after = get('edited:1')
        printed == "REGISTRY/edited@${after.digest()}\n"
        after.platforms() == before.platforms()
        after.descriptors()[0] == before.descriptors()[0]
        after.descriptors()[1] != before.descriptors()[1]

        where:
        line << ['mutate REGISTRY/edited:1 --platform linux/arm64 -u me',
                 'mutate REGISTRY/edited:1 -t REGISTRY/edited:1 --platform linux/arm64 -a k=v',
                 'append -b REGISTRY/edited:1 -t REGISTRY/edited:1 --platform linux/arm64 -f a.tar',
                 'flatten REGISTRY/edited:1 --platform linux/arm64',
                 'rebase REGISTRY/edited:1 --platform linux/arm64']
    }

    def 'a change of one platform that goes elsewhere is of its image alone'() {
        expect:
        run('mutate REGISTRY/both:1 --platform linux/arm64 -u me -t REGISTRY/arm:1') == "REGISTRY/arm@${get('arm:1').digest()}\n"
        get('arm:1').platform() as String == 'linux/arm64'
        run('digest REGISTRY/both:1') == "$BOTH\n"
        run('mutate REGISTRY/both:1 --platform linux/arm64,linux/amd64 -u me -t REGISTRY/arm:2').startsWith('REGISTRY/arm@')
        get('arm:2').platforms()*.toString() == ['linux/amd64', 'linux/arm64']
    }

    def 'flatten makes one layer, also of what is named by its digest'() {
        given:
        def layers = ['-f', tar('a.tar', 'a', 'a'), '-f', tar('b.tar', 'b', 'b')]
        def full = davit('append', '-b', 'REGISTRY/both:1', '-t', 'REGISTRY/flat:1', *layers).trim()

        expect:
        run('flatten REGISTRY/flat:1 -t REGISTRY/flat:2') == "REGISTRY/flat@$FLAT\n"
        get('flat:2').images()*.layers()*.size() == [1, 1]
        run("flatten $full -t REGISTRY/flat:3") == "REGISTRY/flat@$FLAT\n"
        run('digest REGISTRY/flat:3') == "$FLAT\n"
        run("flatten $full") == "REGISTRY/flat@$FLAT\n"
        run('digest REGISTRY/flat:1') == full - 'REGISTRY/flat@' + '\n'
    }

    def 'rebase puts an image on what the name of its base stands for now, or on what it is told: #words'() {
        given:
        davit('append', '-t', 'REGISTRY/base:1', '-f', tar('old.tar', 'base', 'old'))
        davit('append', '-b', 'REGISTRY/base:1', '-t', 'REGISTRY/app:1', '-f', tar('app.tar', 'app', 'a'), '--set-base-image-annotations')
        davit('copy', 'REGISTRY/base:1', 'REGISTRY/base:old')
        davit('append', '-t', 'REGISTRY/base:1', '-f', tar('new.tar', 'base', 'new'))
        run 'copy REGISTRY/base:1 oci:bases:new'

        expect:
        run("rebase REGISTRY/app:1 -t REGISTRY/app:2$words") == "REGISTRY/app@${get('app:2').digest()}\n"
        run("rebase --original REGISTRY/app:1 --rebased REGISTRY/app:2$words") == "REGISTRY/app@${get('app:2').digest()}\n"
        get('app:2').layers()*.digest() == [get('base:1').layers()[0], get('app:1').layers()[1]]*.digest()
        get('app:2').annotations().keySet() == names as Set

        where:
        words                                                       || names
        ''                                                          || ['org.opencontainers.image.base.digest', 'org.opencontainers.image.base.name']
        ' --new_base REGISTRY/base:1'                                || ['org.opencontainers.image.base.digest', 'org.opencontainers.image.base.name']
        ' --old_base REGISTRY/base:old --new_base=REGISTRY/base:1'   || ['org.opencontainers.image.base.digest', 'org.opencontainers.image.base.name']
        ' --old-base=REGISTRY/base:old'                              || ['org.opencontainers.image.base.digest', 'org.opencontainers.image.base.name']
        ' --new-base=oci:bases:new'                                  || []
    }

    def 'edit config takes what standard input has'() {
        given:
        run 'copy REGISTRY/both:1 REGISTRY/edited:2'
        input = run('config REGISTRY/both:1 --platform linux/arm64').replace('"config":{}', '"config":{"User":"me"}').bytes

        expect:
        run('edit config REGISTRY/edited:2 --platform linux/arm64') == "REGISTRY/edited@${get('edited:2').digest()}\n"
        get('edited:2').images()*.config()*.user() == ['', 'me']
        run('edit config REGISTRY/edited:2') == '! davit edit config: REGISTRY/edited:2 is an index: say which of its ' +
                'images with --platform: [linux/amd64, linux/arm64]\nexit 1\n'
    }

    def 'edit manifest takes what standard input has, and a media type'() {
        given:
        input = run('manifest REGISTRY/both:1').replace('{"schemaVersion"', '{"annotations":{"k":"v"},"schemaVersion"').bytes

        expect:
        run('edit manifest REGISTRY/both:1 -t REGISTRY/edited:3 -m application/vnd.oci.image.index.v1+json') ==
                "REGISTRY/edited@${get('edited:3').digest()}\n"
        get('edited:3').annotations() == [k: 'v']

        when:
        input = 'no JSON'.bytes

        then:
        run('edit manifest REGISTRY/both:1').endsWith('exit 1\n')
        run('digest REGISTRY/both:1') == "$BOTH\n"
    }

    def 'edit fs puts a file in the place of one, whose mode and owner stay, or makes one'() {
        given:
        write 'make.groovy', "scratch().append { text '/etc/run', 'old', mode: 0755, owner: '3:4' }.to('${server.address()}/fs:1')"
        davit 'make.groovy'
        input = 'new'.bytes

        expect:
        run('edit fs REGISTRY/fs:1 -f /etc/run -t REGISTRY/fs:2') == "REGISTRY/fs@${get('fs:2').digest()}\n"
        davit('-e', "image('REGISTRY/fs:2').with { [files.size(), it['/etc/run'].text, files[1]] }") ==
                '[2, new, -rwxr-xr-x 3:4 3 1970-01-01T00:00:00Z /etc/run]\n'
        run('edit fs REGISTRY/fs:1 -f made').startsWith('REGISTRY/fs@')
        davit('-e', "image('REGISTRY/fs:1')['/made'].entry.permissions()") == '-rw-r--r--\n'
    }

    def 'edit fs changes a file that all images have in all of them, and else wants to be told in which'() {
        given:
        write 'make.groovy', '''params { argument 'to', 'where' }
            index { ['amd64', 'arm64'].each { arch -> add scratch("linux/$arch").append { text '/same', 'old'; text '/arch', arch } } }
            .to(params.to)'''
        davit('make.groovy', 'REGISTRY/fs:both')
        input = 'new'.bytes

        expect:
        run('edit fs REGISTRY/fs:both -f same').startsWith('REGISTRY/fs@')
        davit('-e', "println image('REGISTRY/fs:both').images().collect { it['/same'].text }") == '[new, new]\n'
        run('edit fs REGISTRY/fs:both -f /arch') == '! davit edit fs: /arch is not the same in all images: say in which with ' +
                '--platform: [linux/amd64, linux/arm64]\nexit 1\n'
        run('edit fs REGISTRY/fs:both -f /arch --platform linux/arm64').startsWith('REGISTRY/fs@')
        davit('-e', "println image('REGISTRY/fs:both').images().collect { it['/arch'].text }") == '[amd64, new]\n'
    }

    def 'on a terminal the editor is asked, and where it fails nothing changes'() {
        given:
        environment = [DAVIT_TERMINAL: '0', EDITOR: editor]
        run 'copy REGISTRY/one:1 REGISTRY/typed:1'

        expect:
        run('edit config REGISTRY/typed:1') == output
        get('typed:1').config().user() == user

        where:
        editor                                 || user | output
        'sed -i s/"{}"/"{\\"User\\":\\"me\\"}"/' || 'me' | 'REGISTRY/typed@sha256:0d252c0399b5b1bf4b0bdadf85ba2accd8ca9ff7ef4ac2c1b420b6506bc011d4\n'
        'true'                                 || ''   | "REGISTRY/typed@$ONE\n"
        'false'                                || ''   | '! davit edit config: false ended with 1: nothing is changed\nexit 1\n'
    }

    def 'version prints one line'() {
        expect:
        run('version') == '0.1.0\n'
    }

    def 'a reference to any medium does in every command: #line'() {
        given:
        run 'copy REGISTRY/both:1 oci:images:both'
        run 'copy REGISTRY/both:1 archive:both.tar:both:1'
        input = Files.readAllBytes(folder.resolve('both.tar'))

        expect:
        run(line) == output

        where:
        line                                                    || output
        'digest oci:images:both'                                || "$BOTH\n"
        'digest -'                                              || "$BOTH\n"
        'digest - --platform=linux/arm64'                       || "$ARM\n"
        'digest --full-ref archive:both.tar'                    || "archive:both.tar@$BOTH\n"
        'digest archive:both.tar:both:1 --platform linux/arm64 --platform linux/amd64' || "$BOTH\n"
        'digest REGISTRY/both:1 --platform all'                 || "$BOTH\n"
        'config oci:images --platform=linux/arm64'              || '{"architecture":"arm64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]},"history":[]}'
        'copy - oci:copied:v1'                                  || ''
        'push - oci:pushed:v1'                                  || "oci:pushed@$BOTH\n"
        'push both.tar archive:pushed.tar'                      || "archive:pushed.tar@$BOTH\n"
        'push images REGISTRY/pushed:1 --platform=linux/arm64'  || "REGISTRY/pushed@$ARM\n"
        'push oci:images:both REGISTRY/pushed:2'                || "REGISTRY/pushed@$BOTH\n"
        'validate oci:images:both archive:both.tar -'           || 'PASS: oci:images:both\nPASS: archive:both.tar\nPASS: -\n'
        'validate - --platform linux/arm64'                     || 'PASS: -\n'
        'mutate oci:images:both -t oci:images:both'             || "oci:images@$BOTH\n"
        'mutate docker-archive:x.tar'                           || "! davit mutate: malformed reference 'docker-archive:x.tar': " +
                "expected 'archive:x.tar'\nexit 1\n"
    }

    def 'an archive that goes to standard output is all that is there'() {
        when:
        def printed = run(line)

        then:
        def tar = printed.split('(?=! archive:-@)')[0]
        printed.substring(tar.length()) == rest
        Files.write(folder.resolve('out.tar'), tar.bytes)
        run('digest archive:out.tar') == "$digest\n"

        where:
        line                                   || rest                     | digest
        'copy REGISTRY/both:1 -'               || ''                       | BOTH
        'mutate REGISTRY/one:1 -u me -t -'     || '! archive:-@sha256:0d252c0399b5b1bf4b0bdadf85ba2accd8ca9ff7ef4ac2c1b420b6506bc011d4\n' |
                'sha256:0d252c0399b5b1bf4b0bdadf85ba2accd8ca9ff7ef4ac2c1b420b6506bc011d4'
    }

    def 'pull: several platforms, an archive of the old form, and a folder that keeps what is fetched'() {
        expect:
        run('pull REGISTRY/both:1 several.tar --platform=linux/amd64,linux/arm64') == ''
        run('digest archive:several.tar') == "$BOTH\n"
        run('pull REGISTRY/both:1 layout --format=oci --platform linux/arm64') == ''
        run('digest oci:layout') == "$ARM\n"
        davit('append', '-t', 'REGISTRY/layered:1', '-f', tar('a.tar', 'a', 'a')).startsWith('REGISTRY/layered@')
        run('pull REGISTRY/layered:1 legacy.tar --format=legacy --cache_path kept') == ''
        run('validate oci:kept archive:legacy.tar') == 'PASS: oci:kept\nPASS: archive:legacy.tar\n'
        run('pull REGISTRY/layered:1 again.tar -c kept') == ''
        run('digest archive:again.tar') == run('digest REGISTRY/layered:1')
    }
}
