package dev.davit.blob

import spock.lang.Specification

class DigestSpec extends Specification {

    static final EMPTY = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

    def 'the digest of no bytes is the well-known one'() {
        expect:
        Digest.of(new byte[0]).toString() == EMPTY
    }

    def 'text and digest turn into each other'() {
        expect:
        Digest.parse(text).toString() == text

        where:
        text << [EMPTY, 'sha512:' + 'ab' * 64]
    }

    def 'text that is not a digest is refused and quoted: #text'() {
        when:
        Digest.parse(text)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith("malformed digest '$text': expected sha256:")

        where:
        text << ['', 'sha256', 'sha256:', 'sha256:abc', 'md5:' + 'a' * 32, EMPTY.toUpperCase(),
                 EMPTY.replace('e3', 'E3'), EMPTY + ':' + 'a' * 64, ' ' + EMPTY]
    }
}
