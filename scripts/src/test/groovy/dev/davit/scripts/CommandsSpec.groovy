package dev.davit.scripts

import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform
import dev.davit.registry.RegistryClient
import dev.davit.server.Interceptor.Answer
import dev.davit.server.RegistryServer
import java.nio.file.Files
import spock.lang.Shared

/** The commands, called as crane is. REGISTRY stands for where the embedded registry listens. */
class CommandsSpec extends RunnerSpecification {

    static final ONE = 'sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105'
    static final ARM = 'sha256:5b6c8dc004b566eaef2fddaa58a393ebb2d01b7ea60cb3599a4e4fda2c2980e1'
    static final BOTH = 'sha256:1f3e22d7ef6e347b6e635de2e59a5e6b1f62d583ffd9237563d72e37cf4e20d7'

    @Shared
    RegistryServer server = RegistryServer.start()

    @Shared
    RegistryClient client = RegistryClient.create()

    def setupSpec() {
        def one = Image.scratch(Platform.parse('linux/amd64'))
        ['one:1', 'one:2', 'one:sha256-0123'].each { client.put("${server.address()}/$it", one) }
        client.put("${server.address()}/both:1", Index.of([one, Image.scratch(Platform.parse('linux/arm64'))]))
    }

    def cleanupSpec() {
        client.close()
        server.close()
    }

    @Override
    String davit(Object... words) {
        super.davit(*words*.toString()*.replace('REGISTRY', server.address())).replace(server.address(), 'REGISTRY')
    }

    def 'digest: #words'() {
        expect:
        davit('digest', *words) == output

        where:
        words                                           | output
        ['REGISTRY/one:1']                              | "$ONE\n"
        ['REGISTRY/both:1']                             | "$BOTH\n"
        ['--full-ref', 'REGISTRY/both:1']               | "REGISTRY/both@$BOTH\n"
        ['--platform=linux/arm64', 'REGISTRY/both:1']   | "$ARM\n"
        ['--platform=linux/arm64', '--full-ref', 'REGISTRY/both:1'] | "REGISTRY/both@$ARM\n"
        []                                              | '! davit digest: IMAGE is missing\nexit 1\n'
        ['--full-ref', '--tarball=x', 'y']              | '! davit digest: --full-ref needs a registry: it does not go ' +
                'with --tarball\nexit 1\n'
        ['--platform=linux/s390x', 'REGISTRY/both:1']   | '! davit digest: REGISTRY/both:1 has no image for linux/s390x; ' +
                'it has linux/amd64, linux/arm64\nexit 1\n'
        ['REGISTRY/none:1']                             | '! davit digest: HEAD http://REGISTRY/v2/none/manifests/1: ' +
                '404 Not Found\nexit 1\n'
    }

    def 'manifest and config are printed byte for byte: #words'() {
        expect:
        davit(*words) == output

        where:
        words                                                     | output
        ['manifest', 'REGISTRY/both:1']                           | '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105","size":248,"platform":{"architecture":"amd64","os":"linux"}},{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:5b6c8dc004b566eaef2fddaa58a393ebb2d01b7ea60cb3599a4e4fda2c2980e1","size":248,"platform":{"architecture":"arm64","os":"linux"}}]}'
        ['manifest', '--platform=linux/amd64', 'REGISTRY/both:1'] | '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:33ccf2b43fc871ebb36618c4bd1e2c537c6ac1c8ef87da31866cdcfe50fe8d9e","size":103},"layers":[]}'
        ['config', 'REGISTRY/both:1']                             | '{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]},"history":[]}'
        ['config', '--platform=linux/arm64', 'REGISTRY/both:1']   | '{"architecture":"arm64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]},"history":[]}'
    }

    def 'ls: #words'() {
        expect:
        davit('ls', *words) == output

        where:
        words                              | output
        ['REGISTRY/one']                   | '1\n2\nsha256-0123\n'
        ['-O', 'REGISTRY/one']             | '1\n2\n'
        ['-O', '--full-ref', 'REGISTRY/one'] | 'REGISTRY/one:1\nREGISTRY/one:2\n'
    }

    def 'tags: #words'() {
        given:
        ['7', '7.0.9-bookworm', '7.0.15-bookworm', '7.2.4', '7.2.10', '7.4-rc1', 'latest', 'bookworm-20240130'].each {
            client.put("${server.address()}/many:$it", Image.scratch(Platform.parse('linux/amd64')))
        }

        expect:
        davit('tags', *words) == output

        where:
        words                                                | output
        ['REGISTRY/many']                                    | 'latest\nbookworm-20240130\n7\n7.0.9-bookworm\n' +
                '7.0.15-bookworm\n7.2.4\n7.2.10\n7.4-rc1\n'
        ['REGISTRY/many', '--newest']                        | '7.2.10\n'
        ['REGISTRY/many', '-m', '7.*-bookworm']              | '7.0.9-bookworm\n7.0.15-bookworm\n'
        ['REGISTRY/many', '-m', '7.*', '--stable']           | '7.0.9-bookworm\n7.0.15-bookworm\n7.2.4\n7.2.10\n'
        ['REGISTRY/many', '--newer-than=7.0.9-bookworm']     | '7.0.15-bookworm\n'
        ['REGISTRY/many', '--newer-than=9.0']                | ''
        ['REGISTRY/many', '-m', '8*', '--newest']            | "! davit tags: there are no tags of REGISTRY/many like '8*'\nexit 1\n"
        ['REGISTRY/many', '-m', '*-2*', '--json']            | """\
            [
              {
                "tag": "bookworm-20240130",
                "version": null,
                "stable": true,
                "date": "2024-01-30",
                "os": "bookworm",
                "variant": null
              }
            ]
            """.stripIndent()
        ['REGISTRY/many', '-m', '8*', '--json']              | '[]\n'
    }

    def 'search: #words'() {
        given:
        def results = ['{"name":"nginx","badge":"official","publisher":{"name":"Docker"},"star_count":21268,"pull_count":"1B+",' +
                '"updated_at":"2026-02-05T10:20:30Z","short_description":"Official build."}', '{"name":"bitnami/nginx",' +
                '"badge":"verified_publisher","star_count":200,"pull_count":"500M+"}', '{"name":"me/nginx","badge":"dhi"}']
        def hub = RegistryServer.start {
            it.interceptor { method, path, headers ->
                def some = path.contains('query=none') ? [] : path.contains('badges=official') ? results.take(1) : results
                Optional.of(new Answer(200, [:], "{\"results\":$some}".bytes))
            }
        }
        environment = [DAVIT_HUB: hub.address()]

        expect:
        davit('search', *words) == output

        cleanup:
        hub.close()

        where:
        words                              | output
        ['nginx']                          | """\
            NAME           KIND      PULLS  STARS  UPDATED     DESCRIPTION
            nginx          official  1B+    21268  2026-02-05  Official build.
            bitnami/nginx  verified  500M+  200
            me/nginx       dhi              0
            """.stripIndent()
        ['nginx', '--official', '--json']  | """\
            [
              {
                "name": "nginx",
                "badge": "official",
                "publisher": "Docker",
                "pulls": "1B+",
                "stars": 21268,
                "updated": "2026-02-05T10:20:30Z",
                "description": "Official build."
              }
            ]
            """.stripIndent()
        ['none']                           | "! davit search: Docker Hub finds nothing like 'none'\nexit 1\n"
        ['none', '--json']                 | '[]\n'
        ['nginx', '--limit=0']             | '! davit search: malformed limit 0: expected 1 to 2500\nexit 1\n'
        []                                 | '! davit search: QUERY is missing\nexit 1\n'
    }

    def 'copy takes the whole index, or one platform, and prints nothing'() {
        expect:
        davit('copy', 'REGISTRY/both:1', 'REGISTRY/copied:1') == ''
        davit('cp', '--platform=linux/arm64', 'REGISTRY/both:1', 'REGISTRY/copied:arm') == ''
        davit('digest', 'REGISTRY/copied:1') == "$BOTH\n"
        davit('digest', 'REGISTRY/copied:arm') == "$ARM\n"
    }

    def 'copy takes all tags, and leaves what is there where it must not clobber'() {
        expect:
        davit('copy', 'REGISTRY/both:1', 'REGISTRY/all:2') == ''
        davit('copy', '-n', 'REGISTRY/one:1', 'REGISTRY/all:2') == '! davit copy: REGISTRY/all:2 is there already\nexit 1\n'
        davit('copy', '-an', 'REGISTRY/one', 'REGISTRY/all') == ''
        davit('ls', 'REGISTRY/all') == '1\n2\nsha256-0123\n'
        davit('digest', 'REGISTRY/all:2') == "$BOTH\n"
        davit('copy', '-a', 'REGISTRY/one', 'REGISTRY/UP').readLines()*.replaceAll(': malformed repository.*', '') == ["! davit copy: malformed reference 'REGISTRY/UP:tag'", 'exit 1']
        davit('copy', '-a', 'REGISTRY/one', 'REGISTRY/all') == ''
        davit('digest', 'REGISTRY/all:2') == "$ONE\n"
        davit('copy', '-a', '-n', 'REGISTRY/one', 'REGISTRY/fresh') == ''
        davit('ls', 'REGISTRY/fresh') == '1\n2\nsha256-0123\n'
    }

    def 'append puts a layer from a file or standard input on a base, or on nothing'() {
        given:
        def layer = tar('a.tar', 'a', 'b')
        input = Files.readAllBytes(layer)

        expect:
        davit('append', '-t', 'REGISTRY/appended:1', '-f', layer) ==
                'REGISTRY/appended@sha256:f5f1d021f0f5e850cbdeffc7e20093cd159862ca04286283ea54eae0b386180c\n'
        davit('append', '-t', 'REGISTRY/appended:2', '-f', '-') ==
                'REGISTRY/appended@sha256:f5f1d021f0f5e850cbdeffc7e20093cd159862ca04286283ea54eae0b386180c\n'
        davit('append', '-b', 'REGISTRY/one:1', '-t', 'REGISTRY/appended:3', '-f', layer, '--platform=linux/amd64') ==
                'REGISTRY/appended@sha256:f5f1d021f0f5e850cbdeffc7e20093cd159862ca04286283ea54eae0b386180c\n'
        davit('append', '-b', 'REGISTRY/one:1', '-t', 'x:1', '-f', layer, '-o', 'out.tar') == ''
        davit('digest', '--tarball', 'out.tar') ==
                'sha256:f5f1d021f0f5e850cbdeffc7e20093cd159862ca04286283ea54eae0b386180c\n'
    }

    def 'append to nothing for several platforms makes an index'() {
        given:
        def layer = tar('a.tar', 'a', 'b')

        expect:
        davit('append', '-t', 'REGISTRY/appended:4', '-f', layer, '--platform=linux/arm64,linux/s390x').startsWith('REGISTRY/appended@')
        client.get("${server.address()}/appended:4").platforms()*.toString() == ['linux/arm64', 'linux/s390x']
        client.get("${server.address()}/appended:4").images()*.layers()*.size() == [1, 1]
    }

    def 'append to an index appends to each of its images, and says which base it was'() {
        when:
        davit('append', '-b', 'REGISTRY/both:1', '-t', 'REGISTRY/appended:both', '-f', tar('a.tar', 'a', 'b'),
                '--set-base-image-annotations')

        then:
        def index = client.get("${server.address()}/appended:both")
        index.images()*.layers()*.size() == [1, 1]
        index.annotations() == ['org.opencontainers.image.base.digest': BOTH,
                'org.opencontainers.image.base.name': "${server.address()}/both:1" as String]
    }

    def 'mutate changes what it is told, in every image of an index'() {
        given:
        davit('copy', 'REGISTRY/both:1', 'REGISTRY/mutated:1')

        when:
        def output = davit('mutate', 'REGISTRY/mutated:1', '-l', 'a=b,c', '-e', 'X=1', '-e', 'X=2', '--entrypoint=a,b',
                '--cmd=c', '--exposed-ports=80,53/udp', '-u', 'me', '-w', '/w', '-a', 'k=v')

        then:
        def index = client.get("${server.address()}/mutated:1")
        output == "REGISTRY/mutated@${index.digest()}\n"
        index.annotations() == [k: 'v']
        index.images()*.annotations() == [[k: 'v'], [k: 'v']]
        index.images()*.config()*.document()*.tree()*.config == [[Labels: [a: 'b,c'], Env: ['X=2'],
                Entrypoint: ['a', 'b'], Cmd: ['c'], User: 'me', WorkingDir: '/w',
                ExposedPorts: ['80/tcp': [:], '53/udp': [:]]]] * 2

        when: 'all of it is taken back'
        output = davit('mutate', 'REGISTRY/mutated:1', '--remove-label=a', '--remove-env=X', '--remove-annotation=k',
                *['entrypoint', 'cmd', 'user', 'workdir', 'exposed-ports'].collect { "--remove=$it" }, '--repo=REGISTRY/back')

        then:
        def back = client.get("${server.address()}/${output.strip() - 'REGISTRY/'}")
        back.annotations() == [:]
        back.images()*.config()*.document()*.tree()*.config == [[Labels: [:], Env: []]] * 2
    }

    def 'mutate says volumes, stop signal and time, and what is removed as a whole makes room for what is set'() {
        when:
        davit('mutate', 'REGISTRY/one:1', '-e', 'A=1', '--volume=/data', '--volume=/var', '--stop-signal=QUIT', '-t', 'REGISTRY/mutated:3')
        davit('mutate', 'REGISTRY/mutated:3', '--remove=env', '-e', 'B=2', '--remove=volumes', '--created=2026-01-31T12:00:00Z')

        then:
        davit('config', 'REGISTRY/mutated:3') == '{"architecture":"amd64","os":"linux","config":{"StopSignal":"QUIT","Env":["B=2"]},' +
                '"rootfs":{"type":"layers","diff_ids":[]},"history":[],"created":"2026-01-31T12:00:00Z"}'
    }

    def 'mutate: an entrypoint takes the default arguments away, and a platform is also said by the index'() {
        when:
        davit('mutate', 'REGISTRY/one:1', '--cmd=c', '-t', 'REGISTRY/mutated:2')
        davit('mutate', 'REGISTRY/mutated:2', '--entrypoint=e', '--set-platform=linux/arm/v7')

        then:
        davit('config', 'REGISTRY/mutated:2') == '{"architecture":"arm","os":"linux","config":{"Entrypoint":["e"]},' +
                '"rootfs":{"type":"layers","diff_ids":[]},"history":[],"variant":"v7"}'
    }

    def 'mutate of an image by its digest pushes the new one by its own digest'() {
        expect:
        davit('mutate', "REGISTRY/one@$ONE", '-u', 'me') ==
                'REGISTRY/one@sha256:0d252c0399b5b1bf4b0bdadf85ba2accd8ca9ff7ef4ac2c1b420b6506bc011d4\n'
        davit('ls', '-O', 'REGISTRY/one') == '1\n2\n'
    }

    def 'pull and push: an archive, in which the digest stays'() {
        expect:
        davit('pull', 'REGISTRY/one:1', 'REGISTRY/both:1', 'images.tar') == ''
        davit('digest', '--tarball', 'images.tar', 'REGISTRY/both:1') == "$ONE\n"
        davit('push', 'images.tar', 'REGISTRY/pushed:1').startsWith('REGISTRY/pushed@sha256:')
        davit('pull', 'REGISTRY/both:1', 'images.tar', '--platform=linux/arm64') == ''
        davit('push', 'images.tar', 'REGISTRY/pushed:2', '--image-refs=refs') == "REGISTRY/pushed@$ARM\n"
        Files.readString(folder.resolve('refs')) == "${server.address()}/pushed@$ARM"
    }

    def 'pull and push: a layout, with names and with whole indexes'() {
        expect:
        davit('pull', '--format=oci', '--annotate-ref', 'REGISTRY/one:1', 'REGISTRY/both:1', 'images') == ''
        davit('push', 'images', 'REGISTRY/pushed:3') == '! davit push: layout FOLDER/images has several images: ' +
                'REGISTRY/one:1, REGISTRY/both:1; say which\nexit 1\n'
        davit('push', 'images', 'REGISTRY/pushed:3', '--name=REGISTRY/both:1') == "REGISTRY/pushed@$BOTH\n"
        davit('push', '--index', 'images', 'REGISTRY/pushed:4') ==
                'REGISTRY/pushed@sha256:7eecb04a0ccd69940f8e89f93423650121baf81660e53a402d0f24ae7075e70d\n'
    }

    def 'export writes the files, to a file or standard output, from a registry or standard input'() {
        given:
        davit('append', '-t', 'REGISTRY/exported:1', '-f', tar('a.tar', 'a', 'content'))
        davit('pull', 'REGISTRY/exported:1', 'image.tar')

        when:
        def printed = davit('export', 'REGISTRY/exported:1')
        input = Files.readAllBytes(folder.resolve('image.tar'))

        then:
        printed.length() == 2048
        printed.contains('content')
        davit('export', '-') == printed
        davit('export', 'REGISTRY/exported:1', '-') == printed
        davit('export', 'REGISTRY/exported:1', 'files.tar') == ''
        Files.readString(folder.resolve('files.tar')) == printed
    }

    def 'validate prints a line for each finding, or that there is none'() {
        given:
        davit('pull', 'REGISTRY/one:1', 'good.tar')
        davit('pull', 'REGISTRY/both:1', 'layout', '--format=oci')
        davit('pull', 'REGISTRY/one:1', 'worse', '--format=oci')
        Files.delete(folder.resolve('worse/oci-layout'))
        Files.writeString(folder.resolve('worse/index.json'), '{"schemaVersion":2}')

        expect:
        davit('validate', *words) == output

        where:
        words                                               | output
        ['REGISTRY/one:1', 'REGISTRY/both:1']               | 'PASS: REGISTRY/one:1\nPASS: REGISTRY/both:1\n'
        ['--fast', '--remote', 'REGISTRY/one:1', '--tarball', 'good.tar', '--layout=layout'] |
                'PASS: REGISTRY/one:1\nPASS: good.tar\nPASS: layout\n'
        ['REGISTRY/one:1', 'REGISTRY/none:1', '--layout', 'worse', '--tarball=gone.tar'] | """\
PASS: REGISTRY/one:1
FAIL: REGISTRY/none:1: GET http://REGISTRY/v2/none/manifests/1: 404 MANIFEST_UNKNOWN: repository none has no manifest 1
FAIL: gone.tar: FOLDER/gone.tar: is not there
FAIL: worse: FOLDER/worse/oci-layout: is not there
FAIL: worse: FOLDER/worse/index.json: has no list of manifests
! note: worse: FOLDER/worse/blobs/sha256/33ccf2b43fc871ebb36618c4bd1e2c537c6ac1c8ef87da31866cdcfe50fe8d9e: nothing refers to this blob
! note: worse: FOLDER/worse/blobs/sha256/c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105: nothing refers to this blob
! davit validate: 3 of 4 failed
exit 1
"""
        ['REGISTRY/one:1', '--json', '--tarball=gone.tar']  | '''\
[
  {
    "name": "gone.tar",
    "place": "FOLDER/gone.tar",
    "problem": "is not there"
  }
]
! davit validate: 1 of 2 failed
exit 1
'''
        []                                                  |
                '! davit validate: nothing to check: expected IMAGES, --remote, --tarball or --layout\nexit 1\n'
    }

    def 'serve listens until it is interrupted'() {
        given:
        def serving = null
        def thread = Thread.start { serving = davit(*words, '--address=localhost:0', '--disk=kept') }

        when:
        while (!Files.exists(folder.resolve('kept'))) {
            Thread.sleep(20)
        }
        thread.interrupt()
        thread.join()

        then:
        serving ==~ /! serving on port \d+\nexit 130\n/

        where:
        words << [['serve'], ['registry', 'serve']]
    }
}
