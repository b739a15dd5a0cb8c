package dev.davit.blob

import spock.lang.Specification

import static dev.davit.blob.GzipInputs.SECTION
import static dev.davit.blob.GzipInputs.compress
import static dev.davit.blob.GzipInputs.decompress
import static dev.davit.blob.GzipInputs.join
import static dev.davit.blob.GzipInputs.noise

class DeflateSpec extends Specification {

    def 'random sizes of random shapes come back, seed #seed'() {
        given:
        def random = new Random(seed)

        expect:
        60.times {
            def input = shape(random)
            Gzip.Level.values().each { level ->
                assert Digest.of(decompress(compress(input, level))) == Digest.of(input)
            }
        }

        where:
        seed << (1..10)
    }

    /** Up to 128 KB in runs, noise over alphabets of any size, and copies from before. */
    private static byte[] shape(Random random) {
        def bytes = new byte[random.nextInt(1 << random.nextInt(18))]
        for (int at = 0; at < bytes.length;) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(1 << random.nextInt(14)))
            switch (random.nextInt(3)) {
                case 0 -> Arrays.fill(bytes, at, end, (byte) random.nextInt())
                case 1 -> {
                    int alphabet = 1 + random.nextInt(256)
                    for (int i = at; i < end; i++) {
                        bytes[i] = (byte) random.nextInt(alphabet)
                    }
                }
                default -> {
                    int distance = 1 + random.nextInt(at + 1)
                    for (int i = Math.max(at, distance); i < end; i++) {
                        bytes[i] = bytes[i - distance]
                    }
                }
            }
            at = end
        }
        bytes
    }

    def 'input made to be difficult comes back, and takes what it should: #what'() {
        given:
        def members = Gzip.Level.values().collect { compress(input, it) }
        def written = members.collect { it.length }
        def read = members.collect { Digest.of(decompress(it)) }.unique()

        expect:
        written == sizes
        read == [Digest.of(input)]

        where:
        what                                 | input                                                        || sizes
        'two bytes'                          | [1, 2] as byte[]                                             || [22, 22]
        'three equal bytes'                  | new byte[3]                                                  || [23, 23]
        'four equal bytes'                   | new byte[4]                                                  || [24, 24]
        'eight equal bytes'                  | new byte[8]                                                  || [22, 22]
        'one match of the greatest length'   | new byte[259]                                                || [22, 22]
        'all the same, several sections'     | new byte[3 * SECTION + 7]                                    || [844, 844]
        'noise, several sections'            | noise(3 * SECTION + 7)                                       || [786594, 786594]
        'a copy at distance 32768'           | join(noise(32768), Arrays.copyOf(noise(32768), 1000))        || [32856, 32863]
        'a copy at distance 32769, too far'  | join(noise(32769), Arrays.copyOf(noise(32769), 1000))        || [33797, 33797]
        'a copy across the end of a section' | join(noise(SECTION - 100, 5), noise(30000), noise(30000))    || [293031, 293576]
        'a copy from the section before'     | join(noise(SECTION), Arrays.copyOfRange(noise(SECTION), SECTION - 32768, SECTION)) || [262462, 262552]
        'all bytes once'                     | (0..255) as byte[]                                           || [279, 279]
        'matches of all lengths'             | join(*(1..300).collect { Arrays.copyOf(noise(300), it) })    || [1291, 2116]
        'bytes of a Fibonacci distribution'  | GzipInputs.fibonacci(24)                                     || [47533, 48790]
    }
}
