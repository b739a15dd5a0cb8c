package dev.davit.edit

import static dev.davit.edit.Images.files
import static dev.davit.edit.Images.history
import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer
import static dev.davit.edit.Images.steps
import static dev.davit.edit.Images.store

import dev.davit.Peers
import dev.davit.blob.Compression
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.layout.OciLayout
import dev.davit.tar.OverlaySpec
import dev.davit.tar.TarFixture
import java.nio.file.Path
import java.time.Instant
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

class SquashSpec extends Specification {

    @TempDir Path folder

    Squash all() {
        Squash.all(store(folder), Instant.EPOCH)
    }

    Squash last(int layers) {
        Squash.last(layers, store(folder), Instant.EPOCH)
    }

    static List<String> paths(Image image, int layer) {
        TarFixture.entries(image.layers()[layer])*.path()
    }

    def 'all layers become one with the same files: #name'() {
        given:
        def before = image(layers)
        def flat = all().apply(before)

        expect:
        flat.layers().size() == (layers.size() == 0 ? 0 : 1)
        files(flat, folder) == files(before, folder)
        flat == all().apply(image(layers))

        where:
        [name, layers] << OverlaySpec.LAYERS.collect { [it.key, it.value[0]] }
    }

    def 'the upper layers become one, and nothing changes in what the image holds: #name'() {
        given:
        def before = image([BELOW] + layers + [ABOVE])
        def squashed = last(layers.size() + 1).apply(before)

        expect:
        squashed.layers().size() == 2
        squashed.layers()[0] == BELOW
        files(squashed, folder) == files(before, folder)

        where:
        [name, layers] << OverlaySpec.LAYERS.collect { [it.key, it.value[0]] }
    }

    /** Something at each path that the layers of other specs are about: files, directories, links. */
    static final BELOW = layer {
        dir 'a'; file 'a/x', 'below'; file 'a/below', 'below'; dir 'd'; file 'd/below', 'below'; dir 'd/e'; file 'd/e/f', 'f'
        file 'foo', 'below'; symlink 'etc', 'real'; dir 'real'; file 'real/x', 'below'; file 'zf', 'z'; hardlink 'zg', 'zf'
        symlink 'l', 'd'
    }
    static final ABOVE = layer { file '.wh.zg', ''; hardlink 'zh', 'zf'; file 'l/g', 'through a link'; file 'd/e/.wh.f', '' }

    def 'only what the lower layers need to hear is said to them'() {
        given:
        def squashed = last(2).apply(image([
                layer { dir 'd'; file 'd/x', 'x'; file 'd/y', 'y'; dir 'gone'; dir 'gone/in'; file 'gone/in/it', ''; symlink 'lib', 'd' },
                layer { dir 'd'; file 'd/.wh..wh..opq', ''; file 'd/new', 'n'; file '.wh.gone', ''; file 'tmp', 't' },
                layer { file '.wh.tmp', ''; file 'lib/z', 'z' }]))

        expect:
        paths(squashed, 1) == ['.wh.gone', 'd', 'd/.wh.x', 'd/.wh.y', 'd/new', 'd/z']
    }

    def 'the mode of the root is kept, if an upper layer says it'() {
        expect:
        TarFixture.entries(last(2).apply(image([layer('a'), upper, layer('c')])).layers()[1])*.permissions() == expected

        where:
        upper                       | expected
        layer { dir './', 0700 }    | ['drwx------', '-rw-r--r--']
        layer('b')                  | ['-rw-r--r--'] * 2
    }

    def 'a new name of a file of a lower layer stays a hard link to it'() {
        given:
        def squashed = last(2).apply(image([layer { file 'z', 'z'; file 'y', 'y' },
                layer { hardlink 'a', 'z'; hardlink 'b', 'y'; hardlink 'c', 'y' }, layer { file '.wh.y', '' }]))

        expect:
        TarFixture.entries(squashed.layers()[1]).collect { [it.path(), it.type().toString(), it.target()] } ==
                [['.wh.y', 'FILE', ''], ['a', 'HARD_LINK', 'z'], ['b', 'FILE', ''], ['c', 'HARD_LINK', 'b']]
        files(squashed, folder) == ['a=z', 'b=y', 'c == b', 'z == a']
    }

    def 'history has one entry for what became one layer, and keeps what tells of no layer'() {
        given:
        def before = image([layer('1'), layer('2'), layer('3')], history: steps('one', '#A', 'two', '#B', 'three', '#C'))

        expect:
        history((count ? last(count) : all()).apply(before)) == expected

        where:
        count | expected
        0     | ['#A', '#B', 'davit squash: 3 layers', '#C']
        9     | ['#A', '#B', 'davit squash: 3 layers', '#C']
        2     | ['one', '#A', '#B', 'davit squash: 2 layers', '#C']
        1     | ['one', '#A', 'two', '#B', 'three', '#C']
    }

    def 'an image without history gets none'() {
        expect:
        history(last(2).apply(image([layer('1'), layer('2'), layer('3')]))) == []
    }

    def 'the layers to squash are said by number, by digest, by history or by a base: #how'() {
        given:
        def before = image([layer('1'), layer('2'), layer('3')], history: steps('one', 'two', 'three'))
        def edit = base ? Squash.above(base, store(folder), Instant.EPOCH) : Squash.from(choice, store(folder), Instant.EPOCH)

        expect:
        history(edit.apply(before)) == ['one', 'davit squash: 2 layers']

        where:
        how       | choice                                | base
        'number'  | LayerChoice.at(1)                     | null
        'end'     | LayerChoice.at(-2)                    | null
        'digest'  | LayerChoice.of(layer('2').digest())   | null
        'history' | LayerChoice.createdBy(~/t[hw]/)       | null
        'base'    | null                                  | image([layer('1', Compression.GZIP)])
    }

    def 'the layer is packed as those were that it replaces, in the media types of its image'() {
        given:
        def layers = packed.withIndex().collect { compression, i -> layer("$i", compression) }

        expect:
        all().apply(image(layers, docker: docker)).layerDescriptors()*.mediaType()*.toString() == [expected]

        where:
        packed                               | docker | expected
        [Compression.GZIP, Compression.GZIP] | false  | 'application/vnd.oci.image.layer.v1.tar+gzip'
        [Compression.GZIP, Compression.GZIP] | true   | 'application/vnd.docker.image.rootfs.diff.tar.gzip'
        [Compression.ZSTD, Compression.ZSTD] | false  | 'application/vnd.oci.image.layer.v1.tar+zstd'
        [Compression.NONE, Compression.ZSTD] | false  | 'application/vnd.oci.image.layer.v1.tar+gzip'
        [Compression.NONE, Compression.NONE] | true   | 'application/vnd.docker.image.rootfs.diff.tar'
    }

    def 'the result is the same on every machine, and on each image of an index'() {
        given:
        def before = image([layer('1', Compression.GZIP), layer('2', Compression.GZIP)], history: steps('one', 'two'))
        def flat = Index.of([before]).apply(all()).images()[0]

        expect:
        flat == all().apply(before)
        flat.layers()[0].diffId().toString() == 'sha256:b2c8cbd222ca272cebbfbb27c895a42ec0e2288a9d9b921044743537815af413'
        flat.digest().toString() == 'sha256:d12c1c03660e057f8678303fb137c31fc988b8cfc2d5d46f5d67df6b40e7e639'
    }

    @Requires(value = { Peers.has('umoci') && Peers.has('skopeo') }, reason = 'needs umoci and skopeo')
    def 'umoci and skopeo read what was squashed: #count'() {
        given:
        def before = image([BELOW, layer { dir 'd'; file 'd/.wh..wh..opq', ''; file 'd/new', 'n' }, ABOVE],
                history: steps('one', 'two', 'three'))
        OciLayout.create(folder.resolve('layout')).put('before', before)
        OciLayout.open(folder.resolve('layout')).put('after', last(count).apply(before))

        when:
        Peers.run('skopeo', 'copy', "oci:$folder/layout:after", "oci:$folder/copy:after")
        ['layout:before', 'copy:after'].each {
            Peers.run('umoci', 'raw', 'unpack', '--rootless', '--image', folder.resolve(it), folder.resolve(it - ~/.*:/))
        }

        then:
        TarFixture.listing(folder.resolve('after')) == TarFixture.listing(folder.resolve('before'))

        cleanup:
        Peers.run('chmod', '-R', 'u+rwX', folder)

        where:
        count << [2, 3]
    }
}
