package dev.davit.repl

import dev.davit.dsl.Session
import dev.davit.registry.SearchResult
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

class DisplaySpec extends Specification {

    private static final int WIDTH = 80
    private static final int ROWS = 5

    @Shared
    @TempDir
    Path home

    @Shared
    Session session

    @Shared
    Evaluator evaluator

    def setupSpec() {
        session = new Session(home, [XDG_CACHE_HOME: "$home/cache".toString()], System.out, System.err)
        evaluator = new Evaluator(session)
        value '''
            image = scratch()
                .append { text '/etc/motd', 'hello'; symlink '/srv/link', '/etc/motd'; mkdir '/srv/data' }
                .append { text '/etc/motd', 'changed' }
                .withEnv(PORT: '80', LANG: 'C').withLabel('a', 'b').withAnnotation('c', 'd')
                .withEntrypoint('nginx', '-g', 'daemon off;').withCmd('x', "it's").withUser('web').withPort(80)
                .withCreated('2026-01-31T12:00:00Z')'''
    }

    def cleanupSpec() {
        session.close()
    }

    private Object value(String line) {
        def outcome = evaluator.evaluate(line)
        assert outcome instanceof Outcome.Value: outcome
        outcome.value()
    }

    private String shown(String line, int width = WIDTH) {
        def value = value(line)
        session.run { new Display(width, ROWS).show(value) }
    }

    def 'an image is what it runs, and its layers'() {
        expect:
        shown('image') == '''\
            image        sha256:72800bc1dbe6d1eaa18c861f2be4d2a66a9a2c5ac12f2aae3305325a99d45cbe
            type         application/vnd.oci.image.manifest.v1+json
            platform     linux/amd64
            size         1.4 kB
            created      2026-01-31T12:00:00Z
            user         web
            entrypoint   nginx -g 'daemon off;'
            cmd          x 'it'\\''s'
            ports        80/tcp
            env          2: PORT, LANG
            labels       1: a
            annotations  1: c

            LAYER  DIGEST         SIZE  CREATED BY
                0  e845694e2fea  156 B  davit layer: text /etc/motd, symlink /srv/link, mkd…
                1  8c0c0b5901d6   93 B  davit layer: text /etc/motd'''.stripIndent()
    }

    def 'a line that is too long is cut, but no digest'() {
        expect:
        shown('image', 40).readLines()[0..1] == [
                'image        sha256:72800bc1dbe6d1eaa18c861f2be4d2a66a9a2c5ac12f2aae3305325a99d45cbe',
                'type         application/vnd.oci.image.…']
    }

    def 'an image without layers or config is short'() {
        expect:
        shown('scratch()') == '''\
            image     sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105
            type      application/vnd.oci.image.manifest.v1+json
            platform  linux/amd64
            size      351 B'''.stripIndent()
    }

    def 'an image from a registry says which repository it comes from'() {
        given:
        def address = value('server = serve(); server.address')
        value("image.push('$address/app:1')")

        expect:
        shown("remote('$address/app:1')").readLines()[1] == "from         $address/app"
        shown('server') == "registry at $address"
        shown("remote('$address/app:1').layers[0]").endsWith("\nfrom     $address/app")
    }

    def 'what is wrong is a line for each finding, whole'() {
        given:
        value("image.save('a.tar'); image.writeTo('wrong')")
        Files.writeString(home.resolve('wrong/oci-layout'), '{}')
        Files.writeString(home.resolve('wrong/blobs/sha256/part'), '')

        expect:
        shown('image.validate()') == 'nothing is wrong'
        shown("validateArchive('a.tar', fast: true)") == 'nothing is wrong'
        shown("validateLayout('wrong')") == """\
            $home/wrong/oci-layout: has the imageLayoutVersion '', expected '1.0.0'
            note: $home/wrong/blobs/sha256/part: is not named by a digest""".stripIndent()
        shown("image.withLabel('a', 'b').withManifest { it.set((1..7).collectEntries { [\"k\$it\", it] }, 'annotations') }.validate()").
                readLines().collect { it.replaceAll(/sha256:\w+/, '…') } == (1..5).collect {
                    "image …: the value of 'k$it' in its annotations is no text" } + '… and 2 more'
    }

    def 'an image whose config cannot be read shows what is known'() {
        given:
        def address = value("""\
            import dev.davit.server.Interceptor.Answer
            other = serve {
                interceptor { method, path, headers ->
                    method == 'GET' && path.contains('/blobs/') ? Optional.of(Answer.of(403)) : Optional.empty()
                }
            }
            other.address""")
        value("image.push('$address/app:1'); lost = remote('$address/app:1')")

        expect:
        shown('lost').contains('\nconfig  cannot be read: ')
        shown('lost').contains('application/vnd.oci.image.layer.v1.tar+gzip')
    }

    def 'an index is a table of its platforms, and of what belongs to them'() {
        expect:
        shown("index { add image; add scratch('linux/arm/v7') }") == '''\
            index  sha256:1c1cb3fb02ff03ba7fe1f353e4cb1b9a508a20aa6c04d0bee34acf2faffb4ff3
            type   application/vnd.oci.image.index.v1+json

            PLATFORM      DIGEST        TYPE
            linux/amd64   72800bc1dbe6  application/vnd.oci.image.manifest.v1+json
            linux/arm/v7  39ff0e887530  application/vnd.oci.image.manifest.v1+json'''.stripIndent()
    }

    def 'a layer says where its bytes are'() {
        expect:
        shown("layer { text '/a', 'b' }") == """\
            layer       sha256:dce5d9f514e07648b12ba086f90ec0bf50cbb7b60fcc6cd34a68eea50a1d26fd
            diff id     sha256:79c5ee601b352d634b21525bdb3c6dba2f9d8382c9548124d2dbd2ba47f8c25b
            type        application/vnd.oci.image.layer.v1.tar+gzip
            size        79 B
            created by  davit layer: text /a
            file        $home/cache/davit/blobs/sha256/dc/dce5d9f514e07648b12ba086f90ec0bf50cbb7b60fcc6cd34a68eea50a1d26fd""".stripIndent()
    }

    def 'lists of layers, descriptors and steps are tables'() {
        expect:
        shown('image.layers') == '''\
            LAYER  DIGEST         SIZE  TYPE
                0  e845694e2fea  156 B  application/vnd.oci.image.layer.v1.tar+gzip
                1  8c0c0b5901d6   93 B  application/vnd.oci.image.layer.v1.tar+gzip'''.stripIndent()
        shown('image.descriptor') == '''\
            digest  sha256:72800bc1dbe6d1eaa18c861f2be4d2a66a9a2c5ac12f2aae3305325a99d45cbe
            type    application/vnd.oci.image.manifest.v1+json
            size    578 B'''.stripIndent()
        shown('image.layers*.descriptor') == '''\
            DIGEST         SIZE  TYPE
            e845694e2fea  156 B  application/vnd.oci.image.layer.v1.tar+gzip
            8c0c0b5901d6   93 B  application/vnd.oci.image.layer.v1.tar+gzip'''.stripIndent()
        shown('image.history') == '''\
            CREATED               LAYER  DIGEST         SIZE  CREATED BY
            1970-01-01T00:00:00Z      0  e845694e2fea  156 B  davit layer: text /etc/motd, …
            1970-01-01T00:00:00Z      1  8c0c0b5901d6   93 B  davit layer: text /etc/motd'''.stripIndent()
        shown('image.config.history') == '''\
            CREATED               LAYER  CREATED BY
            1970-01-01T00:00:00Z      0  davit layer: text /etc/motd, symlink /srv/link, mk…
            1970-01-01T00:00:00Z      1  davit layer: text /etc/motd'''.stripIndent()
        shown('image.history[0]').readLines()[1].startsWith('1970-01-01T00:00:00Z      0  e845694e2fea')
    }

    def 'what looking finds is shown in lines, and not more than there is room for'() {
        expect:
        shown("image.tree('/srv')") == '''\
            /srv (0 B)
            ├── data/ (0 B)
            └── link -> /etc/motd'''.stripIndent()
        shown('image.diff(image)') == '''\
            linux/amd64: sha256:72800bc1dbe6d1eaa18c861f2be4d2a66a9a2c5ac12f2aae3305325a99d45cbe (1.4 kB), the same'''.stripIndent()
        shown("image.explain('/etc/motd')").readLines()[0] == 'layer 0 ' +
                'sha256:e845694e2fea7ba7dc9541c94aaff7ef5e4438734dd4f5b68bab7a2fe951d143 added /etc/motd'
        shown("image.explain('/etc/motd')").readLines()[-1] == '… and 1 more'
        shown('sizes(a: image, b: image)') == '''\
            IMAGE  PLATFORM       SIZE   ADDED
            a      linux/amd64  1.4 kB  1.4 kB
            b      linux/amd64  1.4 kB     0 B'''.stripIndent()
        shown("scratch().append { text '/lib/apk/db/installed', 'P:musl\\nV:1.2.4-r2\\nA:x86_64\\n' }.packages") ==
                'musl  1.2.4-r2  x86_64  apk'
    }

    def 'files are listed as ls does'() {
        expect:
        shown('image.files') == '''\
            drwxr-xr-x  0:0  0  1970-01-01 00:00  /etc/
            -rw-r--r--  0:0  7  1970-01-01 00:00  /etc/motd
            drwxr-xr-x  0:0  0  1970-01-01 00:00  /srv/
            drwxr-xr-x  0:0  0  1970-01-01 00:00  /srv/data/
            lrwxrwxrwx  0:0  0  1970-01-01 00:00  /srv/link -> /etc/motd'''.stripIndent()
        shown("image['/srv/link']") == '-rw-r--r--  0:0  7  1970-01-01 00:00  /etc/motd'
        shown("image['/srv/link'].entry") == shown("image['/etc/motd']")
        shown("image['/srv/link'].text") == 'changed'
    }

    def 'tags are a table of what they say'() {
        given:
        def address = value('tagged = serve(); tagged.address')
        value("['7.2.4-bookworm', '7.4-rc1', 'latest', 'noble-20240127.1', '20-slim'].each { scratch().push(\"$address/app:\$it\") }")

        expect:
        shown("tags('$address/app')") == '''\
            TAG               VERSION  DATE        SYSTEM    VARIANT
            20-slim           20                             slim
            7.2.4-bookworm    7.2.4                bookworm
            7.4-rc1           7.4-rc1
            latest                                           latest
            noble-20240127.1           2024-01-27  noble'''.stripIndent()
        shown("tags('$address/app').matching('nothing')") == '(empty)'
        shown("tags('$address/app').newest") == '20-slim'
        shown("tags('$address/app').versions") == '7.2.4\n7.4-rc1\n20'
    }

    def 'what Docker Hub finds is a table'() {
        given:
        def found = [new SearchResult('nginx', 'official', 'Docker', '1B+', 21268, '2026-02-05T10:20:30Z', 'Official build of Nginx.'),
                     new SearchResult('bitnami/nginx', 'verified_publisher', 'VMware', '500M+', 200, '', 'A very long description'),
                     new SearchResult('me/nginx', '', '', '7', 0, '', '')]

        expect:
        new Display(WIDTH, ROWS).show(found) == '''\
            NAME           KIND      PULLS  STARS  UPDATED     DESCRIPTION
            nginx          official    1B+  21268  2026-02-05  Official build of Nginx.
            bitnami/nginx  verified  500M+    200              A very long description
            me/nginx                     7      0'''.stripIndent()
        new Display(70, ROWS).show(found[1]) == '''\
            NAME           KIND      PULLS  STARS  UPDATED  DESCRIPTION
            bitnami/nginx  verified  500M+    200           A very long descripti…'''.stripIndent()
        shown('hub') == "Docker Hub: say hub.search('nginx') or hub.rateLimit"
    }

    def 'what refers to an image is a table'() {
        expect:
        shown('''
            def registry = serve()
            def site = scratch().push("$registry.address/site:1")
            artifact('application/spdx+json').withSubject(site).withAnnotation(tool: 'x', by: 'y').push("$registry.address/site:sbom")
            artifact('text/plain').withSubject(site).push("$registry.address/site:note")
            referrers(site)
        ''') == '''\
            DIGEST         SIZE  TYPE                   ANNOTATIONS
            5e74e6f5660d  491 B  application/spdx+json  tool=x by=y
            bbe32bb45339  444 B  text/plain'''.stripIndent()
    }

    def 'JSON is indented'() {
        expect:
        shown("scratch().config") == '''\
            {
              "architecture": "amd64",
              "os": "linux",
              "config": {},
              "rootfs": {
                "type": "layers",
                "diff_ids": []
              },
              "history": []
            }'''.stripIndent()
        shown("scratch().config.document") == shown('scratch().config')
    }

    def 'plain values: #line'() {
        expect:
        shown(line) == text

        where:
        line                              || text
        'null'                            || ''
        '1'                               || '1'
        '"a${1}"'                         || 'a1'
        '"a\\nb"'                         || 'a\nb'
        'true'                            || 'true'
        '[]'                              || '(empty)'
        '[:]'                             || '(empty)'
        '["a", "b"]'                      || 'a\nb'
        '[[1, 2], [3]]'                   || '[1, 2]\n[3]'
        '[a: 1, longer: [1, 2]]'          || 'a       =  1\nlonger  =  [1, 2]'
        '["a", "b"] as String[]'          || 'a\nb'
        'Optional.of("x")'                || 'x'
        'Optional.empty()'                || ''
        'new byte[3]'                     || '3 bytes'
        'x = { it }; x'                    || 'closure'
        'String'                          || 'class java.lang.String'
    }

    def 'a list is cut after its first rows, and says how many more there are'() {
        expect:
        shown('(1..2000).toList()') == '1\n2\n3\n4\n5\n… and 1,995 more'
        shown('(1..6).collectEntries { [it, it] }').endsWith('\n5  =  5\n… and 1 more')
    }

    def 'what is in an image cannot steer the terminal'() {
        expect:
        shown('"a\\u001b[2Jb\\tc"') == 'a\\u001b[2Jb\tc'
        shown('["\\u001b[2J"]') == '\\u001b[2J'
        shown("scratch().withLabel('\\u001b[2J', 'x')").contains('labels    1: \\u001b[2J')
        Display.whole().show('\u001b[2J') == '\u001b[2J'
    }
}
