package dev.davit.blob

import spock.lang.Specification

class CompressionSpec extends Specification {

    static final TEXT = 'a layer, or what looks like one\n' * 5000

    def 'what is packed unpacks to the same: #compression'() {
        expect:
        unpacked(packed(compression, text)) == text

        where:
        [compression, text] << [Compression.values() as List, ['', 'a', TEXT]].combinations()
    }

    def 'packed bytes do not depend on the pieces in which they were written'() {
        given:
        def out = new ByteArrayOutputStream()

        when:
        compression.compress(out).withCloseable { packer ->
            TEXT.bytes.toList().collate(size).each { packer.write(it as byte[]) }
        }

        then:
        out.toByteArray() == packed(compression, TEXT)

        where:
        [compression, size] << [[Compression.GZIP, Compression.ZSTD], [7, 4096]].combinations()
    }

    def 'the compression is told from the first bytes: #head'() {
        given:
        def in = new BufferedInputStream(new ByteArrayInputStream(head as byte[]))

        expect:
        Compression.sniff(in) == compression
        in.readAllBytes() == head as byte[]

        where:
        head                           || compression
        []                             || Compression.NONE
        [0x1f]                         || Compression.NONE
        [0x1f, 0x8b]                   || Compression.GZIP
        [0x1f, 0x8b, 8, 0, 0]          || Compression.GZIP
        [0x28, 0xb5, 0x2f]             || Compression.NONE
        [0x28, 0xb5, 0x2f, 0xfd]       || Compression.ZSTD
        [0x5e, 0x2a, 0x4d, 0x18, 0, 0] || Compression.ZSTD
        [0x2e, 0x2f, 0, 0]             || Compression.NONE
    }

    def 'several #compression streams in a row read as one, though a slow network never says what is available'() {
        given:
        def bytes = joined(packed(compression, 'one '), packed(compression, ''), packed(compression, TEXT))
        def slow = new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            int available() {
                0
            }

            @Override
            int read(byte[] buffer, int offset, int length) {
                super.read(buffer, offset, Math.min(length, 100))
            }
        }

        expect:
        Compression.unpack(slow).text == 'one ' + TEXT

        where:
        compression << [Compression.GZIP, Compression.ZSTD]
    }

    def 'a zstd stream may begin with a frame to skip'() {
        expect:
        unpacked([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9] as byte[], packed(Compression.ZSTD, 'hello')) == 'hello'
    }

    def 'a #compression stream that ends too early is an error, wherever it ends'() {
        given:
        def whole = packed(compression, TEXT)

        expect:
        [4, 8, 12, whole.length.intdiv(2), whole.length - 8, whole.length - 1].every {
            outcome(Arrays.copyOf(whole, it)) == "the $name stream is damaged: $problem"
        }

        where:
        compression      | name   || problem
        Compression.GZIP | 'gzip' || 'it ends too early'
        Compression.ZSTD | 'zstd' || 'Truncated source'
    }

    def 'something else after the end of a #compression stream is an error'() {
        when:
        unpacked(packed(compression, TEXT), 'tail'.bytes)

        then:
        thrown(IOException)

        where:
        compression << [Compression.GZIP, Compression.ZSTD]
    }

    def 'closing what was unpacked closes the stream, and so does a failure to begin'() {
        given:
        def closed = 0
        def in = new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            void close() {
                closed++
            }
        }

        when:
        try {
            Compression.unpack(in).close()
        } catch (IOException ignored) {
            // A gzip header that ends too early.
        }

        then:
        closed > 0

        where:
        bytes << Compression.values().collect { packed(it, 'hello') } + [[0x1f, 0x8b, 8] as byte[]]
    }

    private static byte[] packed(Compression compression, String text) {
        def out = new ByteArrayOutputStream()
        compression.compress(out).withCloseable { it.write(text.bytes) }
        out.toByteArray()
    }

    private static String unpacked(byte[]... parts) {
        Compression.unpack(new ByteArrayInputStream(joined(parts))).withCloseable { it.text }
    }

    private static byte[] joined(byte[]... parts) {
        def out = new ByteArrayOutputStream()
        parts.each { out.write(it) }
        out.toByteArray()
    }

    private static String outcome(byte[] bytes) {
        try {
            return unpacked(bytes)
        } catch (IOException e) {
            return e.message
        }
    }
}
