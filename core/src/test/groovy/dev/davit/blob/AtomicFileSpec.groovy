package dev.davit.blob

import java.nio.file.FileAlreadyExistsException
import java.nio.file.FileSystemException
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

class AtomicFileSpec extends Specification {

    @TempDir
    Path folder

    def 'the file is not there before it is whole'() {
        given:
        def target = folder.resolve('a.tar')
        def file = AtomicFile.create(target)
        file.write('hello'.bytes)
        def before = Files.exists(target)

        when:
        file.commit()
        file.close()

        then:
        !before
        target.toFile().text == 'hello'
        names() == ['a.tar']
    }

    def 'without a commit nothing is left, and an existing file stays'() {
        given:
        def target = folder.resolve('a.tar')
        existing.each { target.toFile().text = it }

        when:
        AtomicFile.create(target).withCloseable {
            it.write('half'.bytes)
            throw new IOException('connection lost')
        }

        then:
        thrown(IOException)
        names() == existing.collect { 'a.tar' }
        existing.every { target.toFile().text == it }

        where:
        existing << [[], ['old']]
    }

    def 'a commit replaces the file that was there'() {
        given:
        def target = folder.resolve('a.tar')
        target.toFile().text = 'old and longer'

        when:
        AtomicFile.write(target, 'new'.bytes)

        then:
        target.toFile().text == 'new'
        names() == ['a.tar']
    }

    def 'closing twice, and closing after the commit, does nothing more'() {
        given:
        def file = AtomicFile.create(folder.resolve('a'))
        file.write(65)
        file.commit()

        when:
        2.times { file.close() }

        then:
        folder.resolve('a').toFile().text == 'A'
    }

    def 'a name can be given at the end'() {
        when:
        AtomicFile.in(folder).withCloseable {
            it.write('hello'.bytes)
            it.commit(folder.resolve('late'))
        }

        then:
        names() == ['late']
    }

    def 'a missing folder is named'() {
        when:
        AtomicFile.create(folder.resolve('no/such/a.tar'))

        then:
        def e = thrown(NoSuchFileException)
        e.message == "$folder/no/such/a.tar: the folder $folder/no/such does not exist"
    }

    @Requires(value = { Files.isDirectory(Path.of('/proc/self')) }, reason = 'needs a folder that takes no files')
    def 'a folder that takes no new files is there, and that is not denied'() {
        when:
        AtomicFile.create(Path.of('/proc/a.tar'))

        then:
        def e = thrown(NoSuchFileException)
        e.message == '/proc/a.tar: the folder /proc takes no new files'
    }

    def 'what cannot be made is named by its own name, and not by that of the temporary file'() {
        given:
        Files.writeString(folder.resolve('file'), '')

        when:
        AtomicFile.create(folder.resolve('file/a.tar'))

        then:
        def e = thrown(FileSystemException)
        e.message == "$folder/file/a.tar: $folder/file is not a folder"
    }

    @Requires(value = { Files.exists(Path.of('/dev/full')) }, reason = 'needs a device that is full')
    def 'a disk that is full is named'() {
        when:
        AtomicFile.write(Path.of('/dev/full'), [1, 2, 3] as byte[])

        then:
        def e = thrown(IOException)
        e.message == '/dev/full: No space left on device'
    }

    def 'a folder is not a place to write a file to, and that is said before anything is written'() {
        when:
        AtomicFile.create(target(folder))

        then:
        def e = thrown(FileAlreadyExistsException)
        e.message.endsWith(': it is a folder')
        names() == []

        where:
        target << [{ it }, { Path.of('/') }]
    }

    def 'a symbolic link stays, and the file that it points to is replaced'() {
        given:
        def data = Files.createDirectory(folder.resolve('data')).resolve('v1.tar')
        data.toFile().text = 'old'
        def link = Files.createSymbolicLink(folder.resolve('latest.tar'), Path.of('data/v1.tar'))

        when:
        AtomicFile.write(link, 'new'.bytes)

        then:
        Files.isSymbolicLink(link)
        data.toFile().text == 'new'
        names() == ['data', 'latest.tar']
    }

    def 'a device is written to, not replaced'() {
        when:
        AtomicFile.write(Path.of('/dev/null'), 'hello'.bytes)

        then:
        Files.exists(Path.of('/dev/null'))
        !Files.isRegularFile(Path.of('/dev/null'))
    }

    def 'the mode is what the umask grants, as for any new file'() {
        given:
        def plain = Files.createFile(folder.resolve('plain'))

        when:
        AtomicFile.write(folder.resolve('atomic'), 'x'.bytes)

        then:
        mode(folder.resolve('atomic')) == mode(plain)
    }

    private static String mode(Path file) {
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
    }

    private List<String> names() {
        folder.toFile().list().sort()
    }
}
