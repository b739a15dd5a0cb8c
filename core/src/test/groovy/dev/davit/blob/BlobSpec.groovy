package dev.davit.blob

import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class BlobSpec extends Specification {

    static final HELLO = Digest.parse('sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824')

    @TempDir
    Path folder

    def 'a blob in memory knows its digest and size'() {
        given:
        def blob = Blob.of('hello'.bytes)

        expect:
        blob.digest() == HELLO
        blob.size() == 5
        blob.bytes() == 'hello'.bytes
        blob.local
        blob.file().empty
        blob.origin().empty
        "$blob" == "$HELLO (5 bytes)"
    }

    def 'what is stored can be counted and read without a judgement: #what'() {
        given:
        def file = folder.resolve('blob')
        file.toFile().text = 'other'

        expect:
        blob(file).stored().asLong == stored
        blob(file).openUnverified().withCloseable { it.text } == text

        where:
        what               | blob                                                                || stored | text
        'bytes in memory'  | { Blob.of('hello'.bytes) }                                          || 5 | 'hello'
        'a file'           | { Blob.of(it, HELLO, 9) }                                           || 5 | 'other'
        'something opened' | { path -> Blob.of(HELLO, 9, 'there', { Files.newInputStream(path) }) } || 5 | 'other'
    }

    def 'what is not there has no size: #what'() {
        expect:
        blob(folder.resolve('gone')).stored().empty

        where:
        what               | blob
        'a file'           | { Blob.of(it, HELLO, 5) }
        'something opened' | { path -> Blob.of(HELLO, 5, 'there', { Files.newInputStream(path) }) }
    }

    def 'each open starts at the beginning'() {
        given:
        def blob = Blob.of('hello'.bytes)

        expect:
        (1..2).collect { blob.open().text } == ['hello', 'hello']
    }

    def 'a file is read, and verified, only when it is opened'() {
        given:
        def file = folder.resolve('blob')
        def blob = Blob.of(file, HELLO, 5)
        file.toFile().text = text

        when:
        def read = blob.open().withCloseable { it.text }

        then:
        blob.local
        blob.file().get() == file
        read == text

        when:
        file.toFile().text = 'HELLO'
        blob.bytes()

        then:
        def e = thrown(IOException)
        e.message.startsWith("$file: blob $HELLO has other content")

        where:
        text = 'hello'
    }

    def 'a file that went away fails when it is opened'() {
        when:
        Blob.of(folder.resolve('gone'), HELLO, 5).open()

        then:
        thrown(NoSuchFileException)
    }

    def 'a blob of a registry is not local, tells its origin, and is verified'() {
        given:
        def blob = Blob.of(HELLO, 5, new Origin('ghcr.io', 'a/b'), { new ByteArrayInputStream(text.bytes) })

        expect:
        !blob.local
        "${blob.origin().get()}" == 'ghcr.io/a/b'
        outcome(blob) == expected

        where:
        text    || expected
        'hello' || 'hello'
        'hell'  || "ghcr.io/a/b: blob $HELLO ends after 4 of 5 bytes"
    }

    def 'a blob in an archive is local and verified'() {
        given:
        def blob = Blob.of(HELLO, 5, 'image.tar', { new ByteArrayInputStream('hello!'.bytes) })

        expect:
        blob.local
        outcome(blob) == "image.tar: blob $HELLO is longer than the 5 bytes it should have"
    }

    def 'what is too large for a document is not read into memory'() {
        given:
        def blob = Blob.of(HELLO, (32 << 20) + 1L, 'image.tar', { throw new AssertionError('opened') })

        expect:
        outcome(blob) == "blob $HELLO has 33554433 bytes: too large for a document, the limit is 33554432"
    }

    def 'a size below zero, which would go unverified, is refused'() {
        when:
        Blob.of(folder.resolve('blob'), HELLO, -1)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "blob $HELLO has the size -1: expected 0 or more"
    }

    def 'blobs with the same digest are equal'() {
        expect:
        Blob.of('hello'.bytes) == Blob.of(folder.resolve('blob'), HELLO, 5)
        Blob.of('hello'.bytes) != Blob.of('other'.bytes)
    }

    private static String outcome(Blob blob) {
        try {
            return new String(blob.bytes())
        } catch (IOException e) {
            return e.message
        }
    }
}
