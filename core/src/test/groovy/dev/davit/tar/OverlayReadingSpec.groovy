package dev.davit.tar

import static dev.davit.tar.TarFixture.layer
import static dev.davit.tar.TarFixture.tar

import dev.davit.Peers
import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.ContentStore
import dev.davit.blob.Digest
import dev.davit.blob.Origin
import dev.davit.image.Layer
import dev.davit.tar.Entry.Type
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** How layers are read: when, how much of them, and what of a tar archive survives. */
class OverlayReadingSpec extends Specification {

    @TempDir Path folder

    List<String> opened = []

    def cleanup() {
        TarFixture.clear(folder)
    }

    ContentStore store() {
        ContentStore.at(folder.resolve('store'), 0)
    }

    Layer watched(String name, byte[] tar) {
        def digest = Digest.of(tar)
        def blob = Blob.of(digest, tar.length, name, { opened << name; new ByteArrayInputStream(tar) } as Blob.Opener)
        Layer.of(blob, digest, Compression.NONE, name)
    }

    Layer remote(byte[] tar, byte[] served = tar) {
        def digest = Digest.of(tar)
        def blob = Blob.of(digest, tar.length, new Origin('localhost:1', 'a'),
                { opened << 'remote'; new ByteArrayInputStream(served) } as Blob.Opener)
        Layer.of(blob, digest, Compression.NONE, 'remote')
    }

    def 'a file is looked for in the newest layers first, and no further than needed: #path'() {
        given:
        def files = Overlay.of([
                watched('base', tar { dir 'etc'; dir 'lib'; file 'etc/a', 'base'; file 'etc/b', 'base'; file 'lib/x', 'x' }),
                watched('middle', tar { dir 'etc'; file 'etc/b', 'middle'; file 'etc/.wh.gone', '' }),
                watched('top', tar { dir 'etc'; file 'etc/c', 'top'; dir 'opt'; file 'opt/.wh..wh..opq', '' })], store())

        when:
        def found = files.find(path).map { it.layer() }.orElse(null)

        then:
        opened == read
        found == layer

        where:
        path       | read                      | layer
        'etc/c'    | ['top']                   | 2
        'etc'      | ['top']                   | 2
        'opt/x'    | ['top']                   | null
        'etc/c/no' | ['top']                   | null
        'etc/b'    | ['top', 'middle']         | 1
        'etc/gone' | ['top', 'middle']         | null
        'etc/a'    | ['top', 'middle', 'base'] | 0
        'lib/x'    | ['top', 'middle', 'base'] | 0
    }

    def 'a layer that does not describe a parent may write through a link: the layers below are asked'() {
        given:
        def files = Overlay.of([
                watched('base', tar { dir 'usr'; dir 'usr/lib'; symlink 'lib', 'usr/lib'; file 'usr/lib/x', 'old' }),
                watched('top', tar { file 'lib/x', 'new' })], store())

        expect:
        files.open('usr/lib/x').text == 'new'
        opened == ['top', 'base', 'top']
    }

    def 'layers are read once for what they hold, and again only for content'() {
        given:
        def files = Overlay.of([watched('base', tar { file 'a', 'a' }), watched('top', tar { file 'b', 'b' })], store())

        when:
        files.entries()
        files.entries()
        files.find('a')
        files.resolve('b')

        then:
        opened == ['top', 'base']

        when:
        def text = files.open('a').text

        then:
        text == 'a'
        opened == ['top', 'base', 'base']
    }

    def 'a remote layer is fetched once, and nothing of it is used before all of it is verified'() {
        given:
        def tar = tar { file 'a', 'a' }

        when:
        def files = Overlay.of([remote(tar)], store())

        then:
        files.open('a').text == 'a'
        files.entries()*.path() == ['a']
        opened == ['remote']

        when:
        byte[] other = tar.clone()
        other[512] = 98
        Overlay.of([remote(other, tar)], store()).find('a')

        then:
        def e = thrown(IOException)
        e.message.contains('has other content than its digest says')
    }

    def 'packed layers read the same: #compression'() {
        given:
        def tar = tar { file 'a', 'content' }
        def packed = new ByteArrayOutputStream()
        compression.compress(packed).withCloseable { it.write(tar) }

        expect:
        Overlay.of([Layer.of(Blob.of(packed.toByteArray()), Digest.of(tar), compression, '')], store()).open('a').text == 'content'

        where:
        compression << Compression.values()
    }

    def 'what a header says is kept, in reading and in the flattened archive'() {
        given:
        def capability = [1, 0, 0, 2, 0xff, 0xfe, 0, 0] as byte[]
        def attributes = new Entry.Attributes(04711, new Entry.Owner(3_000_000, 5, 'user', 'größe'),
                Instant.parse('2001-02-03T04:05:06.007Z'),
                ['SCHILY.xattr.security.capability': ByteNames.decode(capability), 'SCHILY.xattr.user.a': 'ü\n=',
                 'LIBARCHIVE.creationtime': '5', 'atime': '1.5'])
        def bytes = new ByteArrayOutputStream()
        def writer = new TarWriter(bytes)
        def written = [Entry.file('a', 3, attributes),
                       new Entry('b', Type.BLOCK_DEVICE, attributes, 0, '', new Entry.Device(8, 300), 0),
                       new Entry('c', Type.CHARACTER_DEVICE, attributes, 0, '', new Entry.Device(1, 3), 0),
                       new Entry('p', Type.FIFO, attributes.withTime(Instant.ofEpochMilli(-1500)), 0, '', new Entry.Device(0, 0), 0)]
        written.each { writer.write(it, new ByteArrayInputStream('abc'.bytes)) }
        writer.finish()

        when:
        def files = Overlay.of([layer(bytes.toByteArray())], store())
        def flat = new ByteArrayOutputStream()
        files.exportTo(flat)

        then:
        files.entries() == written
        files.entries()[0].xattrs()['security.capability'] == capability
        files.entries()[0].xattrs().keySet() as List == ['security.capability', 'user.a']
        flat.toByteArray() == bytes.toByteArray()
    }

    @Requires({ Peers.has('tar') })
    def 'a sparse file that GNU tar packed is read with its holes: #format'() {
        given:
        def file = folder.resolve('sparse')
        new RandomAccessFile(file.toFile(), 'rw').withCloseable {
            (0..<30).each { n -> it.seek(n * 100_000L); it.write("part $n".bytes) }
            it.length = 5_000_000
        }
        Files.writeString(folder.resolve('next'), 'next')

        when:
        Peers.run('tar', '--sparse', format, '-C', folder, '-cf', folder.resolve('sparse.tar'), 'sparse', 'next')
        def files = Overlay.of([layer(Files.readAllBytes(folder.resolve('sparse.tar')))], store())

        then:
        Files.size(folder.resolve('sparse.tar')) < 1_000_000
        files.entries().collect { [it.path(), it.size()] } == [['next', 4], ['sparse', 5_000_000]]
        files.open('sparse').bytes == Files.readAllBytes(file)
        files.open('next').text == 'next'
        files.entries()*.attributes()*.records().every { it.keySet().every { !it.startsWith('GNU.sparse') } }

        where:
        format << ['--format=gnu', '--format=posix', '--sparse-version=0.0', '--sparse-version=0.1']
    }

    @Requires({ Peers.has('tar') })
    def 'an archive of GNU tar with long names reads the same in each of its formats: #format'() {
        given:
        def name = 'n' * 80 + '/' + 'ü' * 60
        Files.createDirectories(folder.resolve('in').resolve('n' * 80))
        Files.writeString(ByteNames.in(folder.resolve('in'), name), 'long')
        Files.createSymbolicLink(folder.resolve('in/link'), ByteNames.path(name))

        when:
        Peers.run('tar', "--format=$format", '-C', folder.resolve('in'), '-cf', folder.resolve('long.tar'), '.')

        then:
        TarFixture.lines(Overlay.of([layer(Files.readAllBytes(folder.resolve('long.tar')))], store())) ==
                ['link -> ' + name, 'n' * 80 + '/', name + '=long']

        where:
        format << ['gnu', 'posix']
    }
}
