package dev.davit.scripts

import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform
import dev.davit.registry.RegistryClient
import dev.davit.server.Interceptor.Answer
import dev.davit.server.RegistryServer
import java.nio.file.Files
import spock.lang.AutoCleanup
import spock.lang.Shared

/** The commands about what a registry holds beside images. REGISTRY stands for where it listens. */
class RegistryCommandsSpec extends RunnerSpecification {

    static final ONE = 'sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105'
    static final ARM = 'sha256:5b6c8dc004b566eaef2fddaa58a393ebb2d01b7ea60cb3599a4e4fda2c2980e1'
    static final CONFIG = 'sha256:33ccf2b43fc871ebb36618c4bd1e2c537c6ac1c8ef87da31866cdcfe50fe8d9e'

    @AutoCleanup RegistryServer server = RegistryServer.start()
    @Shared @AutoCleanup RegistryClient client = RegistryClient.create()

    Image one = Image.scratch(Platform.parse('linux/amd64'))

    def setup() {
        put('one:1', one)
    }

    private void put(String name, artifact) {
        client.put("${server.address()}/$name", artifact)
    }

    @Override
    String davit(Object... words) {
        super.davit(*words*.toString()*.replace('REGISTRY', server.address())).replace(server.address(), 'REGISTRY')
    }

    def 'catalog: #words'() {
        given:
        put('team/two:1', one)

        expect:
        davit('catalog', *words) == output

        where:
        words                      | output
        ['REGISTRY']               | 'one\nteam/two\n'
        ['--full-ref', 'REGISTRY'] | 'REGISTRY/one\nREGISTRY/team/two\n'
        ['--json', 'REGISTRY']     | '''\
            [
              {
                "registry": "REGISTRY",
                "repository": "one"
              },
              {
                "registry": "REGISTRY",
                "repository": "team/two"
              }
            ]
            '''.stripIndent()
        []                         | '! davit catalog: REGISTRY is missing\nexit 1\n'
    }

    def 'blob prints the bytes and nothing else: #words'() {
        expect:
        davit('blob', *words) == output

        where:
        words                     | output
        ["REGISTRY/one@$CONFIG"]  | '{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]},"history":[]}'
        ['REGISTRY/one:1']        | "! davit blob: malformed blob 'REGISTRY/one:1': expected REPOSITORY@DIGEST\nexit 1\n"
        ["REGISTRY/one@$ARM"]     | "! davit blob: HEAD http://REGISTRY/v2/one/blobs/$ARM: 404 Not Found\nexit 1\n"
    }

    def 'tag gives one tag or several, and prints nothing'() {
        expect:
        davit('tag', 'REGISTRY/one:1', 'stable') == ''
        davit('tag', "REGISTRY/one@$ONE", 'a', 'b') == ''
        davit('ls', 'REGISTRY/one') == '1\na\nb\nstable\n'
        davit('tag', 'REGISTRY/one:1') == '! davit tag: TAGS is missing\nexit 1\n'
        davit('tag', 'REGISTRY/one:1', '-x') == "! davit tag: unknown option '-x'\nexit 1\n"
    }

    def 'delete: a tag goes, and what it stood for stays'() {
        given:
        davit('tag', 'REGISTRY/one:1', '2')

        expect:
        davit('delete', 'REGISTRY/one:2') == ''
        davit('ls', 'REGISTRY/one') == '1\n'
        davit('delete', 'REGISTRY/one:2').startsWith('! davit delete: DELETE http://REGISTRY/v2/one/manifests/2: 404 ')
        davit('digest', "REGISTRY/one@$ONE") == "$ONE\n"
    }

    def 'delete by digest takes no tag away that was not named'() {
        given:
        davit('tag', 'REGISTRY/one:1', '2')

        expect:
        davit('delete', "REGISTRY/one@$ONE") ==
                "! davit delete: REGISTRY/one@$ONE is tagged 1, 2; --force deletes it with its tags\nexit 1\n"
        davit('delete', "REGISTRY/one:2@$ONE") ==
                "! davit delete: REGISTRY/one:2@$ONE is tagged 1; --force deletes it with its tags\nexit 1\n"
        davit('ls', 'REGISTRY/one') == '1\n2\n'
        davit('delete', 'REGISTRY/one:1') == ''
        davit('delete', "REGISTRY/one:2@$ONE") == ''
        davit('digest', "REGISTRY/one@$ONE").endsWith('404 Not Found\nexit 1\n')
    }

    def 'delete --force takes the image with all its tags'() {
        given:
        davit('tag', 'REGISTRY/one:1', '2')
        put('one:arm', Image.scratch(Platform.parse('linux/arm64')))

        expect:
        davit('delete', '--force', 'REGISTRY/one:2') == ''
        davit('ls', 'REGISTRY/one') == 'arm\n'
    }

    def 'delete where the registry deletes no tags says what else to do'() {
        given:
        server.close()
        server = RegistryServer.start {
            it.interceptor { method, path, headers ->
                method == 'DELETE' && !path.contains('sha256:') ? Optional.of(new Answer(405, [:],
                        '{"errors":[{"code":"UNSUPPORTED","message":"The operation is unsupported."}]}'.bytes)) : Optional.empty()
            }
        }
        put('one:1', one)
        davit('tag', 'REGISTRY/one:1', '2', '3')

        expect:
        davit('delete', 'REGISTRY/one:2') == '! davit delete: DELETE http://REGISTRY/v2/one/manifests/2: 405 UNSUPPORTED: The ' +
                "operation is unsupported.; a registry that deletes no tags may delete REGISTRY/one@$ONE, which is also " +
                'tagged 1, 3\nexit 1\n'
        davit('ls', 'REGISTRY/one') == '1\n2\n3\n'
        davit('delete', '--force', 'REGISTRY/one:2') == ''
    }

    def 'attach and referrers: a file is attached, listed, and got back'() {
        given:
        write('sbom.json', '{"spdxVersion":"SPDX-2.3"}')
        write('notes.txt', 'all is well')

        expect:
        davit('attach', 'REGISTRY/one:1', 'sbom.json:application/json', 'notes.txt', '--type=application/spdx+json', '-a',
                'tool=hand') == 'REGISTRY/one@sha256:09865b2cdca7a82d432a9961101ca4f624ac9af970ec28f27516449e986d3839\n'
        davit('referrers', 'REGISTRY/one:1') == '''\
            DIGEST                                                                   TYPE                   ANNOTATIONS
            sha256:09865b2cdca7a82d432a9961101ca4f624ac9af970ec28f27516449e986d3839  application/spdx+json  tool=hand
            '''.stripIndent()
        davit('referrers', 'REGISTRY/one:1', '--type=text/plain') == ''
        davit('referrers', 'REGISTRY/one:1', '-o', 'back') == davit('referrers', 'REGISTRY/one:1')
        Files.readString(folder.resolve('back/sbom.json')) == '{"spdxVersion":"SPDX-2.3"}'
        Files.readString(folder.resolve('back/notes.txt')) == 'all is well'
        davit('referrers', 'REGISTRY/one:1', '-o', 'back') == '! davit referrers: FOLDER/back/sbom.json: it is there already\nexit 1\n'
    }

    def 'referrers --tree also lists what refers to what refers, and --json tells all of it'() {
        given:
        write('a', 'a')
        def sbom = davit('attach', 'REGISTRY/one:1', 'a', '--type=text/plain').strip()
        davit('attach', sbom, 'a', '--type=application/vnd.example.signature', '-a', 'k=v', '-a', 'l=w')

        expect:
        davit('referrers', 'REGISTRY/one:1', '--tree') == '''\
            DIGEST                                                                     TYPE                               ANNOTATIONS
            sha256:ce3e7d176005d891597395e55c5a0c33ea9934b0227b6d16d44b3284f482b754    text/plain
              sha256:84bf3d07c51095d9426bcc365ba2d886d8269354448e608b375b48b558c0bcd4  application/vnd.example.signature  k=v l=w
            '''.stripIndent()
        davit('referrers', sbom, '--json') == '''\
            [
              {
                "digest": "sha256:84bf3d07c51095d9426bcc365ba2d886d8269354448e608b375b48b558c0bcd4",
                "depth": 0,
                "artifactType": "application/vnd.example.signature",
                "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "size": 684,
                "annotations": {
                  "k": "v",
                  "l": "w"
                }
              }
            ]
            '''.stripIndent()
        davit('referrers', 'REGISTRY/none:1').endsWith('404 Not Found\nexit 1\n')
        davit('referrers', "REGISTRY/none@$ONE") == ''
        davit('referrers', "REGISTRY/none@$ONE", '--json') == '[]\n'
    }

    def 'attach is to an index, or to one of its images'() {
        given:
        put('both:1', Index.of([one, Image.scratch(Platform.parse('linux/arm64'))]))
        write('a', 'a')

        when:
        davit('attach', 'REGISTRY/both:1', 'a', '--type=on/index')
        davit('attach', 'REGISTRY/both:1', 'a', '--type=on/image', '--platform=linux/arm64')

        then:
        davit('referrers', 'REGISTRY/both:1').contains('on/index')
        !davit('referrers', 'REGISTRY/both:1').contains('on/image')
        davit('referrers', 'REGISTRY/both:1', '--platform=linux/arm64') == davit('referrers', "REGISTRY/both@$ARM")
        davit('referrers', 'REGISTRY/both:1', '--platform=linux/arm64').contains('on/image')
    }

    def 'attach says what it lacks: #words'() {
        expect:
        davit('attach', *words) == "! davit attach: $sentence\nexit 1\n"

        where:
        words                                         | sentence
        ['REGISTRY/one:1', 'a']                       | '--type is missing'
        ['REGISTRY/one:1', '--type=a/b']              | 'FILES is missing'
        ['REGISTRY/one:1', 'a:b/c', '--type=a/b']     | 'FOLDER/a: expected a file to attach'
    }

    def 'copy takes along what is attached, when it is told to'() {
        given:
        write('a', 'a')
        davit('attach', 'REGISTRY/one:1', 'a', '--type=a/b')
        put("one:${ONE.replace(':', '-')}.sig", Image.artifact('cosign'))

        expect:
        davit('copy', 'REGISTRY/one:1', 'REGISTRY/plain:1') == ''
        davit('referrers', 'REGISTRY/plain:1') == ''
        davit('ls', 'REGISTRY/plain') == '1\n'
        davit('copy', '--referrers', 'REGISTRY/one:1', 'REGISTRY/signed:1') == ''
        davit('referrers', 'REGISTRY/signed:1') == davit('referrers', 'REGISTRY/one:1')
        davit('ls', 'REGISTRY/signed') == '1\n'
        davit('copy', '--referrers', 'REGISTRY/one:1', 'oci:layout') == "! davit copy: cannot copy what is attached from or to " +
                "'oci:layout': expected a reference to a registry\nexit 1\n"
        davit('copy', '--digest-tags', 'REGISTRY/one:1', 'REGISTRY/tagged:1') == ''
        davit('referrers', 'REGISTRY/tagged:1') == ''
        davit('ls', 'REGISTRY/tagged') == "1\n${ONE.replace(':', '-')}.sig\n"
    }

    def 'ls -r and copy -r take the repositories below, too'() {
        given:
        put('team/a:1', one)
        put('team/b/c:2', Image.scratch(Platform.parse('linux/arm64')))
        put('teams:3', one)

        expect:
        davit('ls', '-r', 'REGISTRY/team') == 'REGISTRY/team/a:1\nREGISTRY/team/b/c:2\n'
        davit('copy', '-r', 'REGISTRY/team', 'REGISTRY/copied') == ''
        davit('ls', '-r', 'REGISTRY/copied') == 'REGISTRY/copied/a:1\nREGISTRY/copied/b/c:2\n'
        davit('digest', 'REGISTRY/copied/b/c:2') == "$ARM\n"
        davit('ls', '-r', 'REGISTRY/none') == ''
        davit('ls', '-r', 'REGISTRY/copied/b', '--json') == '''\
            [
              {
                "repository": "REGISTRY/copied/b/c",
                "tag": "2"
              }
            ]
            '''.stripIndent()
    }

    def 'gc lists what no tag leads to, and deletes it when it is told to'() {
        given:
        server.close()
        server = RegistryServer.start {
            it.interceptor { method, path, headers ->
                path.startsWith('/v2/one/tags/list') ? Optional.of(new Answer(200, [:], ('{"tags":["1"],"manifest":{"' + ONE +
                        '":{"tag":["1"]},"' + ARM + '":{"tag":[]}}}').bytes)) : Optional.empty()
            }
        }
        put('one:1', one)
        put("one@$ARM", Image.scratch(Platform.parse('linux/arm64')))

        expect:
        davit('gc', 'REGISTRY/one') == "REGISTRY/one@$ARM\n"
        davit('digest', "REGISTRY/one@$ARM") == "$ARM\n"
        davit('gc', '--json', 'REGISTRY/one') == """\
            [
              {
                "repository": "REGISTRY/one",
                "digest": "$ARM"
              }
            ]
            """.stripIndent()
        davit('gc', '--delete', 'REGISTRY/one') == "REGISTRY/one@$ARM\n"
        davit('digest', "REGISTRY/one@$ARM").endsWith('404 Not Found\nexit 1\n')
        davit('digest', "REGISTRY/one@$ONE") == "$ONE\n"
    }

    def 'gc says where it cannot know'() {
        expect:
        davit('gc', 'REGISTRY/one') == '! davit gc: REGISTRY/one: the registry tells the tags but not the manifests, so nobody ' +
                'can say which of them have no tag\nexit 1\n'
    }
}
