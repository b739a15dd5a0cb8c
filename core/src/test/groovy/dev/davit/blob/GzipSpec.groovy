package dev.davit.blob

import dev.davit.Peers
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream
import spock.lang.Requires
import spock.lang.Specification

import static dev.davit.blob.Gzip.Level.DEFAULT
import static dev.davit.blob.Gzip.Level.FAST
import static dev.davit.blob.GzipInputs.SECTION
import static dev.davit.blob.GzipInputs.compress
import static dev.davit.blob.GzipInputs.decompress
import static dev.davit.blob.GzipInputs.fibonacci
import static dev.davit.blob.GzipInputs.noise
import static dev.davit.blob.GzipInputs.records
import static dev.davit.blob.GzipInputs.text

class GzipSpec extends Specification {

    static final INPUTS = [
            'nothing'                 : { new byte[0] },
            'one byte'                : { 'a'.bytes },
            'noise'                   : { noise(100_000) },
            'noise, two sections'     : { noise(SECTION + 10_000) },
            'repetitive text'         : { text(1_000_000) },
            'zeros'                   : { new byte[3 * SECTION + 7] },
            'records, five sections'  : { records(5 * SECTION - 99) },
            'exactly one section'     : { records(SECTION) },
            'one section and a byte'  : { records(SECTION + 1) },
            'skewed bytes'            : { fibonacci(24) },
    ]

    def '#level makes the same of #what for ever, on any number of threads'() {
        given:
        def input = INPUTS[what].call()

        expect:
        [1, 2, 7].each { threads ->
            def member = compress(input, level, threads)
            assert Digest.of(member).hex() == digest
            assert Digest.of(decompress(member)) == Digest.of(input)
        }

        where:
        level   | what                     || digest
        DEFAULT | 'nothing'                || 'ac73670af3abed54ac6fb4695131f4099be9fbe39d6076c5d0264a6bbdae9d83'
        DEFAULT | 'one byte'               || '94992c9e182d4a5387b07e699a54922d1a21f9358a69504eb8c56922a31a21f8'
        DEFAULT | 'noise'                  || '340c8d187fec40a3fe8e09196146f6266fa5c78cae8262a1901c24f08bb85a51'
        DEFAULT | 'noise, two sections'    || '90cd36930f52ab35b038ac9cccdf3dec20d46932dc79595ccc8536c0e4cc22d5'
        DEFAULT | 'repetitive text'        || '04d882dc47f23115dff2c1a90d7974f5670077bbb12dcda2d57309864607c421'
        DEFAULT | 'zeros'                  || '0f080e3766fcf4c3d795ee32a90d939dfb42e9bbf4b3bbe50eb6d4de87821878'
        DEFAULT | 'records, five sections' || '315a8ca9bb5b656df4f40d546e175a1c3ba1f18b9abe488c2e1486675260501f'
        DEFAULT | 'exactly one section'    || 'd8914523eb1779d676a7159b324232172ff07f2ec3945daf0e097b1f64d8e97a'
        DEFAULT | 'one section and a byte' || '40746a6fe6e9f87e8067984f4de81a62c37fd675a1b1b78e361c0a094a9bd2f4'
        DEFAULT | 'skewed bytes'           || 'afd459eff25727f27af8e7d3f2054f1acaf293c2dd8b944ed1c6385c8ffeafd5'
        FAST    | 'nothing'                || '458c5a203299dd326aa747fee1bbc7709bfbd560507d1603459d9f7d9eb6be76'
        FAST    | 'one byte'               || 'f4530a2c79dcfc4b133f0fd6f0cdbdb7ef9ef4fb3ca22ffc8b160b0239fb92d1'
        FAST    | 'noise'                  || '4ce438b55b342e1373a5224b451c417fb61efd49fe2cdb78f5391eb484edbdd3'
        FAST    | 'noise, two sections'    || '9663dad685d0b9d3f54417be5f71114a68f7a708021f065726cdc35735d02a79'
        FAST    | 'repetitive text'        || '480ef9f1074237b0688aaf1d08c3cc972f6b27ea014af7e9660a7a7083ef48b8'
        FAST    | 'zeros'                  || 'fad5f4de42da46c7c0a1bb0bbef0db5240b8d0ef9e5561391966aa12b9a48157'
        FAST    | 'records, five sections' || '21cecef3073f8875363adf4144684df654d78c6a2ac271f83eef6dd42829a1fa'
        FAST    | 'exactly one section'    || '31a295fb4f99acf4546c24d18c6dd0601b0799e340761cc096e06091f7875813'
        FAST    | 'one section and a byte' || '5896db11b5398f081972da5aa6a6f464c0411aaab94a7a2e73e6f7bee036b4cf'
        FAST    | 'skewed bytes'           || '424a40958408c99a3c218f83511a5cafc1e81868a14c6edaa7b1fa4bf7c6bfe8'
    }

    def 'the header has no name, no time and no system, and says the level: #level'() {
        expect:
        HexFormat.of().formatHex(compress(new byte[0], level)) == bytes

        where:
        level   || bytes
        DEFAULT || '1f8b08000000000000ff' + '0300' + '0000000000000000'
        FAST    || '1f8b08000000000004ff' + '0300' + '0000000000000000'
    }

    def 'a level and the name of its codec turn into each other'() {
        expect:
        level.toString() == codec
        Gzip.Level.parse(codec) == level

        where:
        level   | codec
        DEFAULT | 'gzip/1'
        FAST    | 'gzip/1 fast'
    }

    def 'an unknown codec is refused and quoted'() {
        when:
        Gzip.Level.parse('gzip/9')

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "unknown codec 'gzip/9': expected gzip/1 or gzip/1 fast"
    }

    def 'without a level it is the default one'() {
        given:
        def out = new ByteArrayOutputStream()
        Gzip.compress(out).withCloseable { it.write(records(100_000)) }

        expect:
        Digest.of(out.toByteArray()) == Digest.of(compress(records(100_000), DEFAULT))
    }

    def 'neither the cut into writes nor flushing shows in the output: #level'() {
        given:
        def input = records(2 * SECTION + 12345)
        def random = new Random(4)
        def out = new ByteArrayOutputStream()

        when:
        Gzip.compress(out, level).withCloseable { gzip ->
            for (int at = 0; at < input.length;) {
                int part = Math.min(input.length - at, random.nextInt(4) == 0 ? 1 : random.nextInt(200_000))
                part == 1 ? gzip.write(input[at]) : gzip.write(input, at, part)
                gzip.flush()
                at += part
            }
        }

        then:
        Digest.of(out.toByteArray()) == Digest.of(compress(input, level))

        where:
        level << Gzip.Level.values()
    }

    def 'Commons Compress reads the output as one member: #level'() {
        given:
        def input = records(2 * SECTION + 1)
        def member = new ByteArrayInputStream(compress(input, level))

        when:
        def output = new GzipCompressorInputStream(member, false).readAllBytes()

        then:
        Digest.of(output) == Digest.of(input)
        member.available() == 0

        where:
        level << Gzip.Level.values()
    }

    @Requires(value = { Peers.has('gzip') }, reason = 'gzip is not installed')
    def 'gzip finds no fault with the output: #level'() {
        given:
        def test = new ProcessBuilder('gzip', '-tv').redirectErrorStream(true).start()
        test.outputStream.withCloseable { it.write(compress(records(2 * SECTION + 1), level)) }

        expect:
        test.inputStream.text.contains('OK')
        test.waitFor() == 0

        where:
        level << Gzip.Level.values()
    }
}
