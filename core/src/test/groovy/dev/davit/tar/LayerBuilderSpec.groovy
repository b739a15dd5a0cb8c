package dev.davit.tar

import static dev.davit.tar.Entry.Type.DIRECTORY
import static dev.davit.tar.Entry.Type.FILE
import static dev.davit.tar.Entry.Type.SYMLINK

import dev.davit.Peers
import dev.davit.blob.Compression
import dev.davit.blob.ContentStore
import dev.davit.image.Layer
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.nio.file.attribute.PosixFilePermissions
import java.time.Instant
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

class LayerBuilderSpec extends Specification {

    static final SITE = 'sha256:19ec86722354cf7536d13b7badf9d71dd491c772e22418bd61ce444dfa0b42cc'

    @TempDir Path folder

    def cleanup() {
        TarFixture.clear(folder)
    }

    ContentStore store() {
        ContentStore.at(folder.resolve('store'), 0)
    }

    Layer build(Instant created = Instant.EPOCH, @DelegatesTo(LayerBuilder) Closure block) {
        LayerBuilder.build(store(), folder, created) { layer ->
            block.rehydrate(layer, block.thisObject, block.thisObject).call()
        }
    }

    List<List> entries(Layer layer) {
        TarFixture.entries(layer).collect { [it.path(), it.type(), it.mode(), it.target()] }
    }

    Path write(String name, String text, String permissions = 'rw-r--r--') {
        def file = ByteNames.in(folder, name)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions))
    }

    void writeSite(String permissions, String executable, int time, List<String> order) {
        order.each { write("site/$it", "content of $it", it.endsWith('.sh') ? executable : permissions) }
        Files.createDirectories(folder.resolve('site/empty'))
        Files.createSymbolicLink(folder.resolve('site/link'), Path.of('../a b'))
        order.each { Files.setLastModifiedTime(ByteNames.in(folder, "site/$it"), FileTime.from(Instant.ofEpochSecond(time))) }
    }

    Layer site() {
        build {
            dir 'site', '/usr/share/site'
            file 'site/run.sh', 'usr/bin/run', { it.mode(0700); it.owner(1000, 100); it.time(Instant.parse('2020-01-02T03:04:05.678Z')) }
            text '/etc/motd', 'hello\n'
            bytes '/etc/raw', [0, 1, 0xff] as byte[]
            symlink '/usr/bin/web', '/usr/sbin/nginx'
            mkdir '/var/empty'
            remove '/etc/nginx/default.conf'
            opaque '/etc/conf.d'
        }
    }

    def 'the bytes depend on the statements and the content, not on the machine'() {
        given:
        def zone = TimeZone.default
        def locale = Locale.default

        when:
        TimeZone.default = TimeZone.getTimeZone(inZone)
        Locale.default = Locale.forLanguageTag(inLocale)
        writeSite(permissions, executable, time, order)
        def layer = site()

        then:
        layer.diffId().toString() == SITE
        layer.createdBy().get() == 'davit layer: dir /usr/share/site, file /usr/bin/run, text /etc/motd, bytes /etc/raw, ' +
                'symlink /usr/bin/web, mkdir /var/empty, remove /etc/nginx/default.conf, opaque /etc/conf.d'

        cleanup:
        TimeZone.default = zone
        Locale.default = locale

        where:
        inZone        | inLocale            | permissions | executable  | time       | order
        'UTC'         | 'en'                | 'rw-r--r--' | 'rwxr-xr-x' | 1          | ['a/x', 'a-b', 'ä', 'run.sh']
        'Asia/Tokyo'  | 'ar-u-nu-arab'      | 'rw-------' | 'rwx------' | 2_000_000  | ['run.sh', 'ä', 'a-b', 'a/x']
        'America/Lima'| 'tr'                | 'rw-rw-rw-' | 'rw-rw-r-x' | 1600000000 | ['ä', 'a/x', 'run.sh', 'a-b']
    }

    def 'entries are sorted by their bytes, and say no more than what the layer adds'() {
        given:
        writeSite('rw-r--r--', 'rwxr-xr-x', 5, ['a/x', 'a-b', 'ä', 'run.sh'])

        expect:
        entries(site()) == [
                ['etc/conf.d/.wh..wh..opq', FILE, 0644, ''],
                ['etc/motd', FILE, 0644, ''],
                ['etc/nginx/.wh.default.conf', FILE, 0644, ''],
                ['etc/raw', FILE, 0644, ''],
                ['usr/bin/run', FILE, 0700, ''],
                ['usr/bin/web', SYMLINK, 0777, '/usr/sbin/nginx'],
                ['usr/share/site/a-b', FILE, 0644, ''],
                ['usr/share/site/a/x', FILE, 0644, ''],
                ['usr/share/site/empty', DIRECTORY, 0755, ''],
                ['usr/share/site/link', SYMLINK, 0777, '../a b'],
                ['usr/share/site/run.sh', FILE, 0755, ''],
                ['usr/share/site/ä', FILE, 0644, ''],
                ['var/empty', DIRECTORY, 0755, ''],
        ]
        TarFixture.entries(site()).collect { [it.owner().uid(), it.owner().gid(), it.time().toString()] }.unique() ==
                [[0, 0, '1970-01-01T00:00:00Z'], [1000, 100, '2020-01-02T03:04:05Z']]
        TarFixture.entries(site())*.attributes()*.records().every { it.isEmpty() }
    }

    def 'PAX headers are written for long names and names that are not ASCII, and for nothing else'() {
        given:
        def layer = build { text name, ''; symlink 'l', target }

        expect:
        layer.uncompressed().withCloseable { it.bytes.length } == 1024 + 1024 + pax
        entries(layer).collect { [it[0], it[3]] }.toSet() == [[name, ''], ['l', target]].toSet()

        where:
        name      | target    | pax
        'n' * 100 | 't' * 100 | 0
        'n' * 101 | 't'       | 1024
        'n'       | 't' * 101 | 1024
        'ü'       | 't'       | 1024
        'n'       | 'ü'       | 1024
    }

    def 'the whole archive is what it should be, byte for byte'() {
        expect:
        build {}.diffId().toString() == 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef'
        build { text 'a', 'a' }.diffId().toString() == 'sha256:5bd38ca27600d19e55ebd0bcf1f40141415888f76934589a23a2c9cedc1dd1ea'
        build { text 'ü', 'a', { it.owner(3_000_000, 0); it.time(Instant.ofEpochSecond(-1)) } }.diffId().toString() == 'sha256:0ae153ba02cb3ed8021d92e3ad6576fd3eaa1c34d6d4c2cbf449694635f1314d'
    }

    @Requires({ Peers.has('tar') })
    def 'without PAX headers the archive is the one that GNU tar writes as ustar'() {
        given:
        write('in/a', 'a')
        write('in/b', 'b' * 1000, 'rwxr-xr-x')
        Files.createSymbolicLink(folder.resolve('in/l'), Path.of('a'))
        Files.createDirectory(folder.resolve('in/z'))
        Files.setPosixFilePermissions(folder.resolve('in/z'), PosixFilePermissions.fromString('rwxr-xr-x'))

        when:
        def layer = build(Instant.ofEpochSecond(1_600_000_000)) { dir 'in', '/' }
        Peers.run('tar', '--format=ustar', '--blocking-factor=1', '--sort=name', '--owner=0', '--group=0', '--numeric-owner',
                '--mtime=@1600000000', '-C', folder.resolve('in'), '-cf', folder.resolve('in.tar'), 'a', 'b', 'l', 'z')

        then:
        layer.uncompressed().withCloseable { it.bytes } == Files.readAllBytes(folder.resolve('in.tar'))
    }

    def 'packed bytes come from a codec of known version: #how'() {
        when:
        def layer = build { compression(how); text 'a', 'a' * 100_000 }

        then:
        layer.digest().toString() == digest
        layer.mediaType().name() == 'application/vnd.oci.image.layer.v1.tar' + suffix
        layer.uncompressed().withCloseable { it.bytes.length } == 101_888

        where:
        how              | suffix  | digest
        Compression.NONE | ''      | 'sha256:e532bfab2d99ac6be0abd1015926e40d7eb1fc7fb1431afdc2dc1d65779fc344'
        Compression.GZIP | '+gzip' | 'sha256:49ae17b4c86f34be8e72ee8fde8d11c4a849a8814b2e0e1a05b7b0aa03e8b35e'
        Compression.ZSTD | '+zstd' | 'sha256:1c8568b47af8f448a8009e94b28cbd56ffab5b330e36398a796c60aeb53c3884'
    }

    def 'the last statement about a path holds'() {
        expect:
        TarFixture.lines(Overlay.of([build {
            text '/a', 'one'
            text 'a', 'two'
            text 'b', 'file'
            mkdir 'b'
            mkdir 'c'
            symlink './c', 'a'
        }], store())) == ['a=two', 'b/', 'c -> a']
    }

    def 'what is removed is gone, and what comes after it is there'() {
        given:
        def base = TarFixture.layer { dir 'd', 0700; file 'd/old', 'old'; dir 'e'; file 'e/old', 'old'; file 'f', 'old' }
        def top = build {
            text '/d/early', 'early'
            remove 'd'
            text '/d/late', 'late'
            remove '/e/old'
            remove '/e'
            text 'f', 'early'
            remove 'f'
            text 'f', 'late'
        }

        expect:
        entries(top)*.get(0) == ['.wh.e', 'd', 'd/.wh..wh..opq', 'd/late', 'f']
        TarFixture.lines(Overlay.of([base, top], store())) == ['d/', 'd/late=late', 'f=late']
    }

    def 'a base keeps the modes and the links of its directories'() {
        given:
        write('site/lib/x', 'x')
        write('site/tmp/y', 'y')
        def base = TarFixture.layer { dir 'usr'; dir 'usr/lib'; symlink 'lib', 'usr/lib'; dir 'tmp', 01777 }

        when:
        def files = Overlay.of([base, build { dir 'site', '/' }], store())

        then:
        TarFixture.lines(files) == ['lib -> usr/lib', 'tmp/', 'tmp/y=y', 'usr/', 'usr/lib/', 'usr/lib/x=x']
        files.find('tmp').get().mode() == 01777
    }

    def 'a directory with settings is written with all that is in it'() {
        given:
        write('site/a/x', 'x', 'rwxr-xr-x')

        expect:
        TarFixture.entries(build { dir 'site', '/app', { it.mode(0640); it.owner(7, 8) } })
                .collect { [it.path(), it.mode(), it.owner()] } == [
                    ['app', 0750, Entry.Owner.of(7, 8)], ['app/a', 0750, Entry.Owner.of(7, 8)], ['app/a/x', 0640, Entry.Owner.of(7, 8)]]
    }

    def 'a file may be named by an absolute path or by way of a link'() {
        given:
        write('real', 'r', 'rwx------')
        Files.createSymbolicLink(folder.resolve('link'), Path.of('real'))

        expect:
        entries(build { file folder.resolve('real').toString(), 'a'; file 'link', 'b' }) ==
                [['a', FILE, 0755, ''], ['b', FILE, 0755, '']]
    }

    @Requires({ Peers.has('sh') })
    def 'names that are not UTF-8 are taken as they are'() {
        given:
        Peers.run('sh', '-c', 'cd "$1" && mkdir odd && printf x > "odd/$(printf \'\\377\')" && ln -s "$(printf \'\\376\')" odd/l',
                'sh', folder)

        expect:
        entries(build { dir 'odd', '/' }) == [['l', SYMLINK, 0777, '\udcfe'], ['\udcff', FILE, 0644, '']]
    }

    def 'a statement that cannot be carried out is named: #problem'() {
        given:
        write('plain', '')
        write('odd/.wh.x', '')

        when:
        build(statement)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'layer: ' + problem.replace('FOLDER', folder.toString())

        where:
        statement                                     | problem
        ({ file 'no.conf', '/etc/x' })                | "file 'no.conf' not found (looked for FOLDER/no.conf)"
        ({ dir 'no', '/etc' })                        | "dir 'no' not found (looked for FOLDER/no)"
        ({ dir 'plain', '/etc' })                     | "dir 'plain' is not a directory (looked for FOLDER/plain)"
        ({ file 'odd', '/etc/x' })                    | "file 'odd' is not a file (looked for FOLDER/odd)"
        ({ dir 'odd', '/' })                          | "dir 'odd': 'FOLDER/odd/.wh.x' has the name of a whiteout: to hide what a lower layer has, use remove or opaque"
        ({ text '/a/.wh.b', '' })                     | "text '/a/.wh.b': '/a/.wh.b' has the name of a whiteout: to hide what a lower layer has, use remove or opaque"
        ({ text '/a/../b', '' })                      | "text '/a/../b': '..' in '/a/../b': expected a path from the root of the image, such as /etc/motd"
        ({ text '', '' })                             | "text '': expected a path from the root of the image, such as /etc/motd"
        ({ text '/', '' })                            | "text '/': '/' ends like a directory: expected the path of the file itself, such as /etc/motd"
        ({ text '/etc/', '' })                        | "text '/etc/': '/etc/' ends like a directory: expected the path of the file itself, such as /etc/motd"
        ({ remove '/' })                              | "remove '/': '/' is the root itself: expected a path in it, such as /etc/motd"
        ({ symlink '/a', '' })                        | "symlink '/a' needs a target, such as ../lib/a.so.1"
        ({ text('a', '', { it.mode(010000) }) })      | 'mode 10000 (octal) is out of range: expected 0 to 07777, such as 0644'
        ({ text('a', '', { it.owner(-1, 0) }) })      | 'owner -1:0 is negative'
        ({ text '/a', ''; text '/a/b', '' })          | "'/a/b' is to lie in '/a', which the same layer makes a file"
        ({ symlink '/a', 'b'; text '/a/b/c', '' })    | "'/a/b/c' is to lie in '/a', which the same layer makes a symbolic link"
    }

    @Requires({ Peers.has('mkfifo') })
    def 'a pipe in a directory is refused'() {
        given:
        Files.createDirectory(folder.resolve('odd'))
        Peers.run('mkfifo', folder.resolve('odd/pipe'))

        when:
        build { dir 'odd', '/' }

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "layer: dir 'odd' holds '$folder/odd/pipe', which is no file, directory or symbolic link"
    }

    def 'a file that changes between its statement and its reading fails the layer: #what'() {
        given:
        write('f', 'before')

        when:
        build {
            file 'f', '/f'
            change(folder.resolve('f'))
        }

        then:
        def e = thrown(IOException)
        e.message == "layer: file 'f' $what ($folder/f)"
        folder.resolve('store').toFile().list().length == 0

        where:
        what                          | change
        'changed while it was read'   | { Files.writeString(it, 'longer than before') }
        'changed while it was read'   | { Files.writeString(it, 'bef') }
        'was removed before it was read' | { Files.delete(it) }
    }

    def 'the history of a long layer stays short'() {
        expect:
        build { 100.times { text "/directory/file$it", '' } }.createdBy().get() == 'davit layer: ' +
                (0..7).collect { "text /directory/file$it" }.join(', ') + ' and 92 more'
        build { text '/' + 'x' * 300, ''; mkdir 'a' }.createdBy().get() == 'davit layer: text /' + 'x' * 300 + ' and 1 more'
        build {}.createdBy().get() == 'davit layer: nothing'
    }
}
