package dev.davit.tar

import static dev.davit.tar.TarFixture.END
import static dev.davit.tar.TarFixture.join
import static dev.davit.tar.TarFixture.layer
import static dev.davit.tar.TarFixture.raw
import static dev.davit.tar.TarFixture.tar

import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.ContentStore
import dev.davit.blob.Digest
import dev.davit.image.Layer
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Layers that are broken or mean harm: one sentence that names the layer, and nothing written. */
class DamagedLayerSpec extends Specification {

    @TempDir Path folder

    static final byte[] GOOD = tar { file 'a', 'a' * 3000; file 'b', 'b' }

    static byte[] bent(byte[] bytes, int at) {
        byte[] bent = bytes.clone()
        bent[at] ^= 1
        bent
    }

    static byte[] pax(byte[] records) {
        join(raw('pax'.bytes, records, [type: 'x']), raw('a'.bytes), END)
    }

    static byte[] gzip(byte[] bytes) {
        def out = new ByteArrayOutputStream()
        Compression.GZIP.compress(out).withCloseable { it.write(bytes) }
        out.toByteArray()
    }

    static final Map<String, List> BAD = [
        'a name that leads out'             : [join(raw('../evil'.bytes), END), "entry '../evil' leads out of the root"],
        'a name that leads out in the end'  : [join(raw('a/../../evil'.bytes), END), "entry 'a/../../evil' leads out of the root"],
        'an absolute name that leads out'   : [join(raw('/../evil'.bytes), END), "entry '/../evil' leads out of the root"],
        'a PAX name that leads out'         : [pax('16 path=../evil\n'.bytes), "entry '../evil' leads out of the root"],
        'a hard link that leads out'        : [join(raw('h'.bytes, new byte[0], [type: '1', link: '../../etc/passwd']), END),
                                               "the target of hard link 'h' '../../etc/passwd' leads out of the root"],
        'a hard link to nothing'            : [join(raw('h'.bytes, new byte[0], [type: '1', link: 'gone']), END),
                                               "entry 'h' is a hard link to 'gone', which is not there"],
        'a hard link to a directory'        : [join(raw('d/'.bytes, new byte[0], [type: '5']),
                                                    raw('h'.bytes, new byte[0], [type: '1', link: 'd']), END),
                                               "entry 'h' is a hard link to 'd', which is a directory"],
        'a link that leads round in circles': [join(raw('l'.bytes, new byte[0], [type: '2', link: 'l']), raw('l/x'.bytes), END),
                                               "'l' leads through more than 40 symbolic links"],
        'a whiteout of the parent'          : [join(raw('a/.wh...'.bytes), END), "entry 'a/.wh...' removes nothing that has a name"],
        'an entry in a whiteout'            : [join(raw('.wh.a/x'.bytes), END), "entry '.wh.a/x' lies in a whiteout"],
        'a file in the place of the root'   : [join(raw('/'.bytes), END), 'an entry would replace the root by a FILE'],
        'an unknown type'                   : [join(raw('v'.bytes, new byte[0], [type: 'V']), END), "entry 'v' has the unknown type 'V'"],
        'a zero byte in a name'             : [pax('12 path=a\u0000b\n'.bytes), "entry 'a?b' has a zero byte in its name"],
        'a malformed PAX header'            : [pax('99 path=a\n'.bytes), 'Paxheader value size 91 exceeds size of header record'],
        'directories without end'           : [pax(('5010 path=' + 'd/' * 2499 + 'd\n').bytes), 'an entry lies in more than 2048 directories'],
        'text'                              : [('no tar ' * 200).bytes, 'not a tar archive'],
        'little text'                       : ['no tar'.bytes, 'not a tar archive'],
        'a bent header'                     : [bent(GOOD, 3584 + 5), 'the tar archive has a damaged header'],
        'an end within a header'            : [Arrays.copyOf(GOOD, 3584 + 100), 'the tar archive ends within a header'],
        'an end within a file'              : [Arrays.copyOf(GOOD, 1024), 'Truncated TAR archive'],
        'an end within packed bytes'        : [Arrays.copyOf(gzip(GOOD), 60), 'the gzip stream is damaged: it ends too early'],
        'an end within the packed header'   : [Arrays.copyOf(gzip(GOOD), 5), 'the gzip stream is damaged: it ends too early'],
    ]

    static Layer bad(byte[] bytes) {
        Layer.of(Blob.of(bytes), Digest.of(bytes), Compression.NONE, '')
    }

    def 'a bad layer fails, and nothing is written: #what'() {
        given:
        def layer = bad(bytes)
        def files = Overlay.of([layer], ContentStore.at(folder.resolve('store'), 0))

        when:
        files.entries()

        then:
        def e = thrown(IOException)
        e.message == "layer ${layer.digest()}: $problem"

        when:
        files.extractTo(folder.resolve('out'))

        then:
        thrown(IOException)
        folder.toFile().list() as List == []

        where:
        [what, bytes, problem] << BAD.collect { [it.key, it.value[0], it.value[1]] }
    }

    def 'a layer with other content than its diff id says fails'() {
        given:
        def layer = Layer.of(Blob.of(GOOD), Digest.of('other'.bytes), Compression.NONE, '')

        when:
        Overlay.of([layer], ContentStore.at(folder, 0)).find('a')

        then:
        def e = thrown(IOException)
        e.message.startsWith("layer ${layer.digest()}: blob ${Digest.of('other'.bytes)} has other content than its digest")
    }

    def 'a header of unreasonable size fails before it is in memory: #type'() {
        given:
        def huge = raw('h'.bytes, ('2097152 comment=' + 'c' * 2097135 + '\n').bytes, [type: type])

        when:
        Overlay.of([bad(join(huge, raw('a'.bytes), END))], ContentStore.at(folder, 0)).entries()

        then:
        def e = thrown(IOException)
        e.message.endsWith('a header is larger than 1048576 bytes')

        where:
        type << ['x', 'g', 'L', 'K']
    }

    def 'what comes behind the end of an archive is not looked at'() {
        expect:
        TarFixture.lines(Overlay.of([layer(join(tar { file 'x', 'x' }, 'anything'.bytes))], ContentStore.at(folder, 0))) == ['x=x']
    }

    def 'extraction fails as a whole when content turns out damaged late'() {
        given:
        def bytes = GOOD
        int opened = 0
        def blob = Blob.of(Digest.of(GOOD), GOOD.length, 'there', {
            new ByteArrayInputStream(opened++ == 0 ? GOOD : Arrays.copyOf(GOOD, 1024))
        } as Blob.Opener)
        def layer = Layer.of(blob, Digest.of(GOOD), Compression.NONE, '')
        def out = folder.resolve('out')
        if (exists) {
            Files.createDirectory(out)
        }

        when:
        Overlay.of([layer], ContentStore.at(folder, 0)).extractTo(out)

        then:
        thrown(IOException)
        folder.toFile().list() as List == (exists ? ['out'] : [])
        !exists || out.toFile().list().length == 0

        where:
        exists << [false, true]
    }
}
