package dev.davit.tar

import static dev.davit.tar.TarFixture.END
import static dev.davit.tar.TarFixture.join
import static dev.davit.tar.TarFixture.layer
import static dev.davit.tar.TarFixture.lines
import static dev.davit.tar.TarFixture.listing
import static dev.davit.tar.TarFixture.raw

import dev.davit.Peers
import dev.davit.blob.ContentStore
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** What layers make up together; every row of {@code LAYERS} is also unpacked by umoci and by GNU tar. */
class OverlaySpec extends Specification {

    @TempDir Path folder

    Overlay overlay(List layers) {
        Overlay.of(layers, ContentStore.at(folder.resolve('store'), 0))
    }

    static final Map<String, List> LAYERS = [
        'an upper file replaces a lower one':
            [[layer { dir 'a'; file 'a/x', 'old'; file 'a/y', 'y' }, layer { dir 'a'; file 'a/x', 'new' }],
             ['a/', 'a/x=new', 'a/y=y']],
        'a whiteout removes a file of a lower layer':
            [[layer { dir 'a'; file 'a/x', 'x'; file 'a/y', 'y' }, layer { dir 'a'; file 'a/.wh.x', '' }], ['a/', 'a/y=y']],
        'a whiteout removes a directory of a lower layer':
            [[layer { dir 'a'; dir 'a/b'; file 'a/b/x', 'x' }, layer { file '.wh.a', '' }], []],
        'a whiteout before the same name in its layer':
            [[layer { file 'foo', 'old' }, layer { file '.wh.foo', ''; file 'foo', 'new' }], ['foo=new']],
        'a whiteout after the same name in its layer':
            [[layer { file 'foo', 'old' }, layer { file 'foo', 'new'; file '.wh.foo', '' }], ['foo=new']],
        'a whiteout before a directory of the same name':
            [[layer { dir 'd'; file 'd/old', '' }, layer { file '.wh.d', ''; dir 'd'; file 'd/x', 'x' }], ['d/', 'd/x=x']],
        'a whiteout for what is not there':
            [[layer { file 'x', 'x' }, layer { file '.wh.nothing', ''; file 'no/.wh.where', '' }], ['x=x']],
        'an opaque directory hides what lower layers have in it':
            [[layer { dir 'd'; file 'd/old', ''; dir 'd/e'; file 'd/e/old', '' },
              layer { dir 'd'; file 'd/.wh..wh..opq', ''; file 'd/new', 'n' }], ['d/', 'd/new=n']],
        'an opaque marker after the entries of its directory':
            [[layer { dir 'd'; file 'd/old', ''; dir 'd/e'; file 'd/e/old', '' },
              layer { dir 'd'; dir 'd/e'; file 'd/e/new', 'n'; file 'd/new', 'n'; file 'd/.wh..wh..opq', '' }],
             ['d/', 'd/e/', 'd/e/new=n', 'd/new=n']],
        'the last of two entries of the same path':
            [[layer { file 'x', 'one'; file 'x', 'two' }], ['x=two']],
        'an absolute name below a plain one':
            [[layer { dir 'etc'; file '/etc/x', 'old' }, layer { dir 'etc'; file 'etc/x', 'new' }], ['etc/', 'etc/x=new']],
        'a whiteout of an absolute name':
            [[layer { dir 'a'; file '/a/b', 'b' }, layer { dir 'a'; file 'a/.wh.b', '' }], ['a/']],
        'names in many spellings':
            [[layer { dir './'; dir './a'; file 'a//b', '1'; file './a/./c', '2'; file '/a/d/../e', '3' }],
             ['a/', 'a/b=1', 'a/c=2', 'a/e=3']],
        'a directory, then a file, then a directory again':
            [[layer { dir 'a'; file 'a/x', 'x' }, layer { file 'a', 'file' }, layer { dir 'a' }], ['a/']],
        'a directory of another mode keeps its children':
            [[layer { dir 'a', 0700; file 'a/x', 'x' }, layer { dir 'a', 0750 }], ['a/', 'a/x=x']],
        'a hard link to a file of a lower layer':
            [[layer { dir 'z'; file 'z/target', 't' }, layer { dir 'a'; hardlink 'a/link', 'z/target' }],
             ['a/', 'a/link=t', 'z/', 'z/target == a/link']],
        'a hard link whose target is removed later':
            [[layer { file 'a', 'a'; hardlink 'b', 'a'; hardlink 'c', './b' }, layer { file '.wh.a', '' }], ['b=a', 'c == b']],
        'a hard link whose target is replaced later':
            [[layer { file 'a', 'a'; hardlink 'b', '/a' }, layer { file 'a', 'new' }], ['a=new', 'b=a']],
        'hard links in an opaque directory to each other and to a lower layer':
            [[layer { file 'x', 'x'; dir 'd' },
              layer { dir 'd'; file 'd/.wh..wh..opq', ''; hardlink 'd/a', 'x'; hardlink 'd/b', 'd/a' }],
             ['d/', 'd/a=x', 'd/b == d/a', 'x == d/a']],
        'names with a colon':
            [[layer { file 'x:1', '1'; file 'C:foo', '2'; file 'back\\slash', '3' }], ['C:foo=2', 'back\\slash=3', 'x:1=1']],
        'links whose target begins with two dots':
            [[layer { dir '..data'; file '..data/x', 'x'; symlink 'x', '..data/x'; symlink 'up', '../../up' }],
             ['..data/', '..data/x=x', 'up -> ../../up', 'x -> ..data/x']],
        'a link that leads out, over a lower file':
            [[layer { file 'passwd', 'lower' }, layer { symlink 'passwd', '../../etc/passwd' }],
             ['passwd -> ../../etc/passwd']],
        'a file written through a link of a lower layer':
            [[layer { dir 'usr'; dir 'usr/lib'; symlink 'lib', 'usr/lib' }, layer { file 'lib/x', 'x' }],
             ['lib -> usr/lib', 'usr/', 'usr/lib/', 'usr/lib/x=x']],
        'a whiteout through a link of a lower layer':
            [[layer { dir 'b'; file 'b/x', 'x'; symlink 'a', '/b' }, layer { file 'a/.wh.x', '' }], ['a -> /b', 'b/']],
        'a file written through a link that leads out':
            [[layer { symlink 'evil', '../../../tmp/davit-evil' }, layer { file 'evil/x', 'x' }],
             ['evil -> ../../../tmp/davit-evil', 'tmp/', 'tmp/davit-evil/', 'tmp/davit-evil/x=x']],
        'a file written through an absolute link in the same layer':
            [[layer { symlink 'evil', '/tmp'; file 'evil/davit-evil', 'x' }], ['evil -> /tmp', 'tmp/', 'tmp/davit-evil=x']],
        'a directory over a link to a directory':
            [[layer { dir 'b'; file 'b/x', 'x'; symlink 'a', 'b' }, layer { dir 'a'; file 'a/y', 'y' }],
             ['a/', 'a/y=y', 'b/', 'b/x=x']],
        'parents that no layer describes':
            [[layer { file 'a/b/c', 'c' }], ['a/', 'a/b/', 'a/b/c=c']],
        'long names and names that are not ASCII':
            [[layer { file('d' * 90 + '/' + 'f' * 120, 'long'); file 'größe/日本', 'ü'; symlink 'l', 'größe/' + 'x' * 120 }],
             ['d' * 90 + '/', 'd' * 90 + '/' + 'f' * 120 + '=long', 'größe/', 'größe/日本=ü', 'l -> größe/' + 'x' * 120]],
        'names that are not UTF-8':
            [[layer(join(raw('caf\u00e9'.getBytes('ISO-8859-1'), 'c'.bytes), raw([0xff, 0x2f] as byte[], new byte[0], [type: '5']),
                    raw([0xff, 0x2f, 0xfe] as byte[], 'd'.bytes), END))],
             ['caf\udce9=c', '\udcff/', '\udcff/\udcfe=d']],
        'bits beyond the permissions':
            [[layer { file 'su', 's', 04755; dir 'tmp', 01777; file 'none', 'n', 0 }], ['none=n', 'su=s', 'tmp/']],
    ]

    static String text(Overlay files, String path) {
        files.open(path).withCloseable { it.text }
    }

    def 'layers make up one file system: #name'() {
        expect:
        lines(overlay(layers)) == expected

        where:
        [name, layers, expected] << LAYERS.collect { [it.key, it.value[0], it.value[1]] }
    }

    def 'what is found by reading from the newest layer on is what all layers have there: #name'() {
        given:
        def whole = overlay(layers).entries()
        def paths = (whole*.path() + layers.collectMany { TarFixture.entries(it)*.path() }).findAll().unique()

        expect:
        paths.every { path ->
            def files = overlay(layers)
            def expected = whole.find { it.path() == path }
            def same = files.find(path) == Optional.ofNullable(expected)
            same && (!expected?.isFile() || text(overlay(layers), path) == text(files, path))
        }

        where:
        [name, layers] << LAYERS.collect { [it.key, it.value[0]] }
    }

    @Requires({ Peers.has('umoci') })
    def 'umoci unpacks the same: #name'() {
        given:
        TarFixture.layout(folder.resolve('layout'), layers)

        when:
        Peers.run('umoci', 'raw', 'unpack', '--rootless', '--image', folder.resolve('layout:latest'), folder.resolve('umoci'))
        def skipped = overlay(layers).extractTo(folder.resolve('davit'))

        then:
        listing(folder.resolve('davit')) == listing(folder.resolve('umoci'))
        skipped == []

        cleanup:
        TarFixture.clear(folder)

        where:
        [name, layers] << LAYERS.collect { [it.key, it.value[0]] }
    }

    @Requires({ Peers.has('tar') })
    def 'GNU tar unpacks the flattened archive to the same: #name'() {
        given:
        def tar = folder.resolve('flat.tar')
        Files.newOutputStream(tar).withCloseable { overlay(layers).exportTo(it) }
        Files.createDirectory(folder.resolve('tar'))

        when:
        Peers.run('tar', '-xpf', tar, '-C', folder.resolve('tar'))
        overlay(layers).extractTo(folder.resolve('davit'))

        then:
        listing(folder.resolve('tar')) == listing(folder.resolve('davit'))

        cleanup:
        TarFixture.clear(folder)

        where:
        [name, layers] << LAYERS.collect { [it.key, it.value[0]] }
    }

    def 'a flattened archive is an image of one layer with the same file system: #name'() {
        given:
        def tar = new ByteArrayOutputStream()
        overlay(layers).exportTo(tar)
        def again = new ByteArrayOutputStream()

        when:
        def flat = overlay([layer(tar.toByteArray())])
        flat.exportTo(again)

        then:
        lines(flat) == expected
        again.toByteArray() == tar.toByteArray()

        where:
        [name, layers, expected] << LAYERS.collect { [it.key, it.value[0], it.value[1]] }
    }

    def 'a hard link to a symbolic link is a second symbolic link'() {
        expect:
        lines(overlay([layer { file 'f', 'f'; symlink 'l', 'f'; hardlink 'm', 'l' }])) == ['f=f', 'l -> f', 'm -> f']
    }

    def 'what AUFS kept for itself is left out'() {
        expect:
        lines(overlay([layer { dir '.wh..wh.plnk'; file '.wh..wh.plnk/1.2', ''; file '.wh..wh.aufs', ''; file 'x', 'x' }])) ==
                ['x=x']
    }

    def 'an entry says which layer wrote its name'() {
        given:
        def files = overlay([layer { dir 'a'; file 'a/x', '0'; file 'a/y', '0' }, layer { dir 'a'; file 'a/y', '1' },
                             layer { hardlink 'a/z', 'a/x' }])

        expect:
        files.entries().collect { [it.path(), it.layer()] } == [['a', 1], ['a/x', 0], ['a/y', 1], ['a/z', 2]]
    }

    def 'links are followed inside the root: #path'() {
        given:
        def files = overlay([layer {
            dir 'etc'
            dir 'usr'
            dir 'usr/lib'
            file 'etc/passwd', 'inside'
            symlink 'lib', 'usr/lib'
            symlink 'usr/lib/p', '../../etc/passwd'
            symlink 'up', '../../../../etc/passwd'
            symlink 'abs', '/etc/passwd'
            symlink 'etc/here', '.'
        }])

        expect:
        files.resolve(path).path() == 'etc/passwd'
        text(files, path) == 'inside'

        where:
        path << ['etc/passwd', '/etc/passwd', 'lib/p', 'up', 'abs', 'etc/here/here/./passwd', 'lib/../../etc/passwd']
    }

    def 'find takes a path as it is, and follows no link'() {
        given:
        def files = overlay([layer { dir 'b'; file 'b/x', 'x'; symlink 'a', 'b' }])

        expect:
        files.find('/b/x').get().size() == 1
        files.find('a').get().isSymlink()
        files.find('a/x').empty
        files.find('b/x/y').empty
        files.find('/').get().isDirectory()
    }

    def 'a path that leads nowhere is refused: #path'() {
        given:
        def files = overlay([layer { dir 'd'; symlink 'dangling', 'gone'; symlink 'round', 'trip'; symlink 'trip', 'round' }])

        when:
        files.open(path)

        then:
        def e = thrown(IOException)
        e.message == message

        where:
        path       | message
        'no'       | 'no: not in the image'
        'd/no'     | 'd/no: not in the image'
        'dangling' | 'dangling: a symbolic link that leads to nothing in the image'
        'round'    | "'round' leads through more than 40 symbolic links"
        'd'        | "'d' is a directory"
    }

    def 'an image without layers is empty'() {
        expect:
        overlay([]).entries() == []
        overlay([]).find('x').empty
    }
}
