package dev.davit

import dev.davit.archive.Archive
import dev.davit.blob.ContentStore
import dev.davit.blob.Witness
import dev.davit.layout.OciLayout
import dev.davit.tar.Overlay
import dev.davit.validate.Validation
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.GZIPOutputStream
import spock.lang.Specification
import spock.lang.TempDir

/** What is told of content that moves on this machine. */
class TrafficSpec extends Specification {

    static final IMAGE = Samples.image('one', 'two' * 5000)
    static final LAYERS = IMAGE.layers()*.blob()

    @TempDir
    Path folder

    def witness = new Witness()
    def store = ContentStore.at(folder.resolve('store'), 1 << 20)

    /** The image as this machine has it. */
    def local() {
        OciLayout.create(folder.resolve('layout')).put('', IMAGE)
        OciLayout.open(folder.resolve('layout')).get('')
    }

    private Path archive() {
        folder.resolve('a.tar').tap { Archive.write(it, ['': IMAGE]) }
    }

    def 'each layer that is copied, announced before and no more than once: #sink'() {
        given:
        def image = local()

        when:
        witness.observe { put(folder, image) }

        then:
        LAYERS.every { blob -> witness.of(blob)*.idle == [true, false] && witness.of(blob)[1].whole }
        witness.told*.name.every { it.startsWith('sha256:') }

        where:
        sink            | put
        'to a layout'   | { to, it -> OciLayout.create(to.resolve('other')).put('x', it) }
        'to an archive' | { to, it -> Archive.write(to.resolve('b.tar'), ['': it]) }
    }

    def 'what a layout has moves by nothing'() {
        given:
        def image = local()

        when:
        witness.observe { OciLayout.open(folder.resolve('layout')).put('again', image) }

        then:
        LAYERS.every { witness.of(it).empty }
    }

    def 'each layer that is looked into or judged'() {
        given:
        def image = local()

        when:
        witness.observe { Overlay.of(image, store).entries() }

        then:
        LAYERS.every { witness.of(it)*.whole == [true] }

        when:
        witness.told.clear()
        witness.observe { Validation.of(image, false) }

        then:
        LAYERS.every { witness.of(it)*.whole == [true] }
    }

    def 'a layer that is made, whose size nobody knows before its end'() {
        when:
        witness.observe { store.add { it.write(new byte[1000]); it.write(1) } }

        then:
        witness.told*.name == ['new layer']
        witness.told[0].size == -1
        witness.told[0].positions == [1000L, 1001L]
        witness.told[0].closed == 1
    }

    def 'an archive that is unpacked to be read'() {
        given:
        def packed = folder.resolve('a.tar.gz')
        new GZIPOutputStream(Files.newOutputStream(packed)).withCloseable { it << Files.readAllBytes(archive()) }

        when:
        witness.observe { Archive.open(packed).close() }

        then:
        witness.told*.name.first() == 'archive'
        witness.told.first().whole
        witness.told.first().size == Files.size(packed)

        when:
        witness.told.clear()
        witness.observe { Archive.read(Files.newInputStream(packed), 'the stream').close() }

        then:
        witness.told.first().with { [name, size, positions.last()] } == ['archive', -1, Files.size(packed)]
        witness.told.first().closed > 0
    }
}
