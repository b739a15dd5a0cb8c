package dev.davit.blob

import spock.lang.Specification

class StreamsSpec extends Specification {

    def 'what is written is hashed, counted and passed on, in bytes and in blocks'() {
        given:
        def passed = new ByteArrayOutputStream()
        def out = new DigestingOutputStream(passed)

        when:
        out.write('h'.bytes[0])
        out.write('el'.bytes)
        out.write('--lo--'.bytes, 2, 2)

        then:
        out.count() == 5
        "${out.digest()}" == 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'
        passed.toString() == 'hello'
    }

    def 'what is read or skipped is counted, and the end is not'() {
        given:
        def in = new CountingInputStream(new ByteArrayInputStream('hello'.bytes))

        when:
        def read = [in.read(), in.skip(2), in.read(new byte[10]), in.read(), in.read(new byte[10]), in.skip(9)]

        then:
        read == [(int) 'h', 2, 2, -1, -1, 0]
        in.count() == 5
        !in.markSupported()
    }
}
