package dev.davit.blob

import spock.lang.Specification

class HuffmanSpec extends Specification {

    def 'the example of RFC 1951, 3.2.2 has the codes given there'() {
        given:
        def code = Huffman.of([3, 3, 3, 3, 3, 2, 4, 4] as int[], 4)

        expect: 'codes as they are sent, highest bit of the code first'
        (0..7).collect { bits(code.codes()[it]) } == ['010', '011', '100', '101', '110', '00', '1110', '1111']
    }

    private static String bits(int code) {
        (0..<(code >>> 24)).collect { code >> it & 1 }.join()
    }

    def 'lengths follow the counts: #counts'() {
        given:
        def code = new Huffman(counts.size(), 15)

        when:
        code.build(counts as int[])

        then:
        code.lengths().toList() == lengths

        where:
        counts                   || lengths
        [1, 1, 1, 1]             || [2, 2, 2, 2]
        [8, 4, 2, 1]             || [1, 2, 3, 3]
        [0, 5, 0, 1, 1]          || [0, 1, 0, 2, 2]
        [45, 13, 12, 16, 9, 5]   || [1, 3, 3, 3, 4, 4]
    }

    def 'a code always has two symbols, or some decoders would refuse it: #counts'() {
        given:
        def code = new Huffman(4, 15)

        when:
        code.build(counts as int[])

        then:
        code.lengths().toList() == lengths

        where:
        counts       || lengths
        [0, 0, 0, 0] || [1, 1, 0, 0]
        [7, 0, 0, 0] || [1, 1, 0, 0]
        [0, 0, 7, 0] || [1, 0, 1, 0]
    }

    def 'a code is complete and within its limit, however skewed the counts: #symbols symbols, limit #limit'() {
        given:
        def counts = new int[286]
        def (a, b) = [1, 1]
        symbols.times {
            counts[it] = a
            (a, b) = [b, Math.min(a + b, 1 << 20)]
        }
        def code = new Huffman(286, limit)

        when:
        code.build(counts)

        then:
        code.lengths().max() == longest
        code.lengths().findAll { it > 0 }.sum { 1 << limit - it } == 1 << limit

        where:
        symbols | limit || longest
        10      | 15    || 9
        16      | 15    || 15
        17      | 15    || 15
        30      | 15    || 15
        286     | 15    || 15
        19      | 7     || 7
    }
}
