package dev.davit.edit

import static dev.davit.edit.Images.files
import static dev.davit.edit.Images.history
import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer
import static dev.davit.edit.Images.steps
import static dev.davit.edit.Images.store

import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform
import dev.davit.tar.TarFixture
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

class CopyFromSpec extends Specification {

    @TempDir Path folder

    static final OTHER = image([
            layer {
                dir 'a'; file 'a/first', 'linked'; dir 'srv'; dir 'srv/app', 0750; file 'srv/app/su', 's', 04755
                file 'srv/app/cap', 'c', 0644, ['SCHILY.xattr.user.a': 'x', uid: '33']; file 'srv/app/gone', ''
                symlink 'srv/app/up', '../../a'; symlink 'app', 'srv/app'; dir 'srv/apple'
            },
            layer { hardlink 'srv/app/one', 'a/first'; hardlink 'srv/app/two', 'a/first'; file 'srv/app/.wh.gone', '' }])

    CopyFrom copy(String path, Image other = OTHER) {
        CopyFrom.of(other, path, store(folder), Instant.EPOCH)
    }

    static List<String> added(Image image) {
        TarFixture.entries(image.layers().last())*.toString()
    }

    def 'a directory comes with all that is in it, and nothing else'() {
        given:
        def edited = copy('/srv/app').apply(image([layer('base')], history: steps('base')))

        expect:
        added(edited) == [
                'drwxr-x--- 0:0 0 2001-09-09T01:46:40Z /srv/app',
                '-rw-r--r-- 33:0 1 2001-09-09T01:46:40Z /srv/app/cap',
                '-rw-r--r-- 0:0 6 2001-09-09T01:46:40Z /srv/app/one',
                '-rwsr-xr-x 0:0 1 2001-09-09T01:46:40Z /srv/app/su',
                '-rw-r--r-- 0:0 0 2001-09-09T01:46:40Z /srv/app/two link to /srv/app/one',
                'lrwxrwxrwx 0:0 0 2001-09-09T01:46:40Z /srv/app/up -> ../../a']
        TarFixture.entries(edited.layers()[1])[1].xattrs().keySet() as List == ['user.a']
        history(edited) == ['base', "davit copyFrom: /srv/app from ${OTHER.digest()}"]
        edited.layers()[1].digest().toString() == 'sha256:d7db1df5feae4870b31a860bcab5a033c52b0497dc299c58576311da8c980902'
    }

    def 'it goes to another path, from a path that leads through links: #source to #target'() {
        expect:
        files(copy(source).to(target).apply(image([layer('base')])), folder) == expected

        where:
        source       | target        | expected
        'app/cap'    | '/opt/c'      | ['base=base', 'opt/', 'opt/c=c']
        '/app'       | 'x'           | ['base=base', 'x/', 'x/cap=c', 'x/one=linked', 'x/su=s', 'x/two == x/one', 'x/up -> ../../a']
        '/a'         | '/'           | ['base=base', 'first=linked']
    }

    def 'a directory merges with the one that is there, or takes its place'() {
        given:
        def target = image([layer { dir 'srv', 0700; dir 'srv/app'; file 'srv/app/own', 'own'; file 'srv/app/cap', 'old'; dir 'srv/app/su'; file 'srv/app/su/x', '' }])
        def copied = ['srv/app/cap=c', 'srv/app/one=linked']
        def rest = ['srv/app/su=s', 'srv/app/two == srv/app/one', 'srv/app/up -> ../../a']

        expect:
        files(copy('/srv/app').apply(target), folder) == ['srv/', 'srv/app/'] + copied + ['srv/app/own=own'] + rest
        files(copy('/srv/app').replacing().apply(target), folder) == ['srv/', 'srv/app/'] + copied + rest
    }

    def 'a link to a directory stays, and the files go where it leads: #path'() {
        given:
        def target = image([layer { dir 'usr'; dir 'usr/lib', 0700; symlink 'lib', 'usr/lib'; dir 'v'; symlink 'v/run', '/run'; dir 'run'; symlink 'dead', 'nowhere' }])
        def other = image([layer { dir 'lib'; file 'lib/x', 'x'; dir 'v'; dir 'v/run'; dir 'v/run/d'; file 'v/run/d/y', 'y'; dir 'dead'; file 'dead/z', 'z' }])

        expect:
        added(copy(path, other).apply(target))*.replaceAll('.* ', '') == expected

        where:
        path         | expected
        '/lib'       | ['/usr/lib/x']
        '/lib/x'     | ['/usr/lib/x']
        '/v'         | ['/run/d', '/run/d/y', '/v']
        '/v/run/d'   | ['/run/d', '/run/d/y']
        '/dead'      | ['/dead', '/dead/z']
    }

    def 'what cannot be meant is refused: #source to #target'() {
        when:
        copy(source).to(target).apply(image([layer { dir 'bin'; file 'bin/x', 'x'; symlink 'b', 'bin' }]))

        then:
        def e = thrown(IllegalArgumentException)
        e.message == message

        where:
        source     | target   | message
        '/a/first' | '/bin'   | "'/bin' is a directory in the image, and '/a/first' a file: expected the path of the file itself, such as /bin/first"
        '/a/first' | '/b/'    | "'/b' is a directory in the image, and '/a/first' a file: expected the path of the file itself, such as /b/first"
        '/a/first' | '/'      | "'/' is a directory in the image, and '/a/first' a file: expected the path of the file itself, such as /first"
        '/a'       | '../x'   | "malformed path '../x': expected a path from the root of the image, such as /srv/app"
    }

    def 'a path that the other image does not have is an error'() {
        when:
        copy('/nope').apply(image([]))

        then:
        def e = thrown(NoSuchFileException)
        e.message == '/nope: not in the image'
    }

    def 'each image of an index gets the files for its platform, or those of the only image'() {
        given:
        def on = { String arch, String text -> image([layer { file 'f', text }], platform: [architecture: arch, os: 'linux']) }
        def target = Index.of([on('amd64', '-'), on('arm64', '-')])
        def text = { Index index, String arch -> files(index.platform(Platform.parse("linux/$arch")), folder) }

        when:
        def each = target.apply(CopyFrom.of(Index.of([on('arm64', 'arm'), on('amd64', 'amd')]), '/f', store(folder), Instant.EPOCH))
        def all = target.apply(copy('/f', on('s390x', 'any')))

        then:
        [text(each, 'amd64'), text(each, 'arm64')] == [['f=amd'], ['f=arm']]
        [text(all, 'amd64'), text(all, 'arm64')] == [['f=any'], ['f=any']]
    }
}
