package dev.davit.tar

import static dev.davit.tar.TarFixture.layer

import dev.davit.blob.ContentStore
import java.nio.file.FileAlreadyExistsException
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.NotDirectoryException
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.nio.file.attribute.PosixFilePermissions
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

class ExtractionSpec extends Specification {

    @TempDir Path folder

    Path out

    def setup() {
        out = folder.resolve('out')
    }

    List<Entry> extract(Object... layers) {
        Overlay.of(layers as List, ContentStore.at(folder.resolve('store'), 0)).extractTo(out)
    }

    def 'modes, times and links are as in the image'() {
        when:
        extract(layer { dir 'd', 0550; file 'd/f', 'f', 04711; hardlink 'd/g', 'd/f'; symlink 'd/l', '../../out of it' })

        then:
        Files.getAttribute(out.resolve('d/f'), 'unix:mode') == 0104711
        Files.getAttribute(out.resolve('d'), 'unix:mode') == 040550
        Files.getLastModifiedTime(out.resolve('d')) == FileTime.from(Instant.ofEpochSecond(1_000_000_000))
        Files.getLastModifiedTime(out.resolve('d/f')) == FileTime.from(Instant.ofEpochSecond(1_000_000_000))
        Files.isSameFile(out.resolve('d/f'), out.resolve('d/g'))
        Files.readSymbolicLink(out.resolve('d/l')) == Path.of('../../out of it')
        folder.toFile().list() as List == ['out']

        cleanup:
        Files.setPosixFilePermissions(out.resolve('d'), PosixFilePermissions.fromString('rwx------'))
    }

    def 'devices and pipes are left out and reported'() {
        expect:
        extract(layer { device 'null', '3', 1, 3; device 'sda', '4', 8, 0; device 'pipe', '6'; file 'f', 'f' })
                .collect { [it.path(), it.type()] } ==
                [['null', Entry.Type.CHARACTER_DEVICE], ['pipe', Entry.Type.FIFO], ['sda', Entry.Type.BLOCK_DEVICE]]
        out.toFile().list() as List == ['f']
    }

    def 'nothing is written outside the folder through links that lead out: #target'() {
        given:
        def outside = Files.createDirectory(folder.resolve('outside'))

        when:
        extract(layer { symlink 'evil', target.replace('OUTSIDE', outside.toString()) }, layer { file 'evil/x', 'x' })

        then:
        outside.toFile().list().length == 0
        Files.isSymbolicLink(out.resolve('evil'))
        folder.toFile().list().sort() == ['out', 'outside']

        where:
        target << ['OUTSIDE', '../outside', '../../../../../..OUTSIDE', '..']
    }

    def 'an empty folder that exists is filled'() {
        given:
        Files.createDirectory(out)

        when:
        extract(layer { dir './', 0700; dir 'd', 0555; file 'd/f', 'f'; symlink 'l', 'd' })

        then:
        out.toFile().list().sort() == ['d', 'l']
        Files.readString(out.resolve('d/f')) == 'f'
        Files.getAttribute(out.resolve('d'), 'unix:mode', LinkOption.NOFOLLOW_LINKS) == 040555

        cleanup:
        Files.setPosixFilePermissions(out.resolve('d'), PosixFilePermissions.fromString('rwx------'))
    }

    def 'a folder that holds something is left alone'() {
        given:
        Files.createDirectory(out)
        Files.writeString(out.resolve('mine'), 'mine')

        when:
        extract(layer { file 'mine', 'theirs' })

        then:
        def e = thrown(FileAlreadyExistsException)
        e.message == "$out: the folder is not empty"
        out.toFile().list() as List == ['mine']
        Files.readString(out.resolve('mine')) == 'mine'
    }

    def 'a file is not a folder'() {
        given:
        Files.writeString(out, 'mine')

        when:
        extract(layer { file 'a', 'a' })

        then:
        thrown(NotDirectoryException)
        Files.readString(out) == 'mine'
    }
}
