package dev.davit.blob

import spock.lang.Specification

class VerifyingInputStreamSpec extends Specification {

    static final HELLO = Digest.parse('sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824')
    static final HELLO_512 = Digest.parse('sha512:9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca7' +
            '2323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043')
    static final NOTHING = Digest.parse('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')

    def 'the right bytes pass, whatever way they are read'() {
        expect:
        read(verifying('hello', digest, size)) == 'hello'

        where:
        [digest, size, read] << [[HELLO, HELLO_512], [5, -1], [
                { it.text },
                { new String(it.readAllBytes()) },
                { in -> def out = new StringBuilder(); for (int b = in.read(); b >= 0; b = in.read()) out << (char) b; "$out" },
        ]].combinations()
    }

    def 'no bytes at all can be right'() {
        expect:
        verifying('', NOTHING, size).readAllBytes() == new byte[0]

        where:
        size << [0, -1]
    }

    def 'bytes that differ fail: #text for #size'() {
        when:
        verifying(text, digest, size).readAllBytes()

        then:
        def e = thrown(IOException)
        e.message == "https://r.test/v2/a/blobs: blob $digest $problem"

        where:
        text     | digest    | size || problem
        'hellO'  | HELLO     | 5    || 'has other content than its digest says: it is ' +
                'sha256:04a6f55face2f46be8c23f627d539827615851e10751b63ec59db6d2c706b770'
        'hell'   | HELLO     | 5    || 'ends after 4 of 5 bytes'
        ''       | HELLO     | 5    || 'ends after 0 of 5 bytes'
        'hello!' | HELLO     | 5    || 'is longer than the 5 bytes it should have'
        'hello'  | HELLO     | 4    || 'is longer than the 4 bytes it should have'
        'x'      | NOTHING   | 0    || 'is longer than the 0 bytes it should have'
        'hellO'  | HELLO     | -1   || 'has other content than its digest says: it is ' +
                'sha256:04a6f55face2f46be8c23f627d539827615851e10751b63ec59db6d2c706b770'
        'hell'   | HELLO_512 | 5    || 'ends after 4 of 5 bytes'
    }

    def 'with a known size, wrong bytes fail before the last one is handed out'() {
        given:
        def in = verifying('hellO', HELLO, 5)
        def seen = (1..4).collect { (char) in.read() }.join()

        when:
        in.read()

        then:
        seen == 'hell'
        thrown(IOException)
    }

    def 'after a failure, trying again fails too'() {
        given: 'a digest of nothing, which a fresh hash would match'
        def in = verifying(text, NOTHING, size)

        when:
        in.readAllBytes()

        then:
        thrown(IOException)

        when:
        in.read()

        then:
        thrown(IOException)

        where:
        text | size
        'x'  | -1
        'x'  | 0
    }

    def 'skipped bytes are judged like those that were read'() {
        when:
        def in = verifying(text, HELLO, 5)
        in.skip(2)
        in.skip(100)

        then:
        thrown(IOException)

        where:
        text << ['hellO', 'hell', 'hello!']
    }

    def 'skip says how far it came'() {
        given:
        def in = verifying('hello', HELLO, 5)

        expect:
        in.skip(-1) == 0
        in.skip(0) == 0
        in.skip(2) == 2
        in.skip(100) == 3
        in.skip(1) == 0
        in.read() == -1
    }

    def 'there is no way back that would pass bytes twice'() {
        given:
        def in = verifying('hello', HELLO, 5)
        in.mark(10)
        in.read()

        when:
        in.reset()

        then:
        !in.markSupported()
        thrown(IOException)
    }

    def 'a stream that is closed early is not judged'() {
        when:
        verifying('wrong', HELLO, 5).withCloseable { it.read() }

        then:
        noExceptionThrown()
    }

    private static InputStream verifying(String text, Digest digest, long size) {
        def in = new ByteArrayInputStream(text.bytes)
        size < 0 ? new VerifyingInputStream(in, digest, 'https://r.test/v2/a/blobs')
                : new VerifyingInputStream(in, digest, size, 'https://r.test/v2/a/blobs')
    }
}
