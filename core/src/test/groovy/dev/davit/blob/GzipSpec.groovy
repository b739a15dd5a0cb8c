package dev.davit.blob

import java.util.concurrent.CancellationException
import java.util.concurrent.Executor
import java.util.concurrent.Future
import java.util.concurrent.TimeUnit
import java.util.zip.GZIPInputStream

import spock.lang.Requires
import spock.lang.Specification

class GzipSpec extends Specification {

    static final WORKERS = [1, 2, 7].collectEntries { [it, SectionWorkers.of(it)] }

    static byte[] compress(byte[] input, Gzip.Level level = Gzip.Level.DEFAULT, int threads = 1) {
        def out = new ByteArrayOutputStream()
        new GzipStream(out, level, WORKERS[threads]).withCloseable { it.write(input) }
        out.toByteArray()
    }

    static byte[] decompress(byte[] member) {
        new GZIPInputStream(new ByteArrayInputStream(member)).readAllBytes()
    }

    def 'the header has no name, no time and no system, and says the level: #level'() {
        expect:
        HexFormat.of().formatHex(compress(new byte[0], level)) == bytes

        where:
        level              || bytes
        Gzip.Level.DEFAULT || '1f8b08000000000000ff' + '0300' + '0000000000000000'
        Gzip.Level.FAST    || '1f8b08000000000004ff' + '0300' + '0000000000000000'
    }

    def 'a level and the name of its codec turn into each other'() {
        expect:
        level.toString() == codec
        Gzip.Level.parse(codec) == level

        where:
        level              | codec
        Gzip.Level.DEFAULT | 'gzip/1'
        Gzip.Level.FAST    | 'gzip/1 fast'
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
        Gzip.compress(out).withCloseable { it.write(GzipInputs.records(100_000)) }

        expect:
        Digest.of(out.toByteArray()) == Digest.of(compress(GzipInputs.records(100_000), Gzip.Level.DEFAULT))
    }

    def 'the cut into writes does not show in the output, nor does flushing'() {
        given:
        def input = GzipInputs.records(2 * GzipInputs.SECTION + 12345)
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

    def 'random sizes of random shapes come back'() {
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

    /** Up to 100 KB in runs, noise over alphabets of many sizes, and copies from before. */
    private static byte[] shape(Random random) {
        def bytes = new byte[random.nextInt(1 << random.nextInt(18))]
        for (int at = 0; at < bytes.length;) {
            int part = Math.min(bytes.length - at, 1 + random.nextInt(1 << random.nextInt(14)))
            switch (random.nextInt(3)) {
                case 0 -> Arrays.fill(bytes, at, at + part, (byte) random.nextInt())
                case 1 -> {
                    int alphabet = 1 + random.nextInt(256)
                    for (int i = at; i < at + part; i++) {
                        bytes[i] = (byte) random.nextInt(alphabet)
                    }
                }
                default -> {
                    int distance = 1 + random.nextInt(at + 1)
                    for (int i = at; i < at + part && i >= distance; i++) {
                        bytes[i] = bytes[i - distance]
                    }
                }
            }
            at += part
        }
        bytes
    }

    def 'input made to be difficult comes back: #what'() {
        expect:
        Gzip.Level.values().each { level ->
            byte[] member = compress(input, level)
            int size = member.length
            assert size < most
            assert Digest.of(decompress(member)) == Digest.of(input)
        }

        where:
        what                                   | input                                       || most
        'two bytes'                            | [1, 2] as byte[]                            || 25
        'three equal bytes'                    | [1, 1, 1] as byte[]                         || 25
        'four equal bytes'                     | [1, 1, 1, 1] as byte[]                      || 25
        'a match of 258 and no more'           | new byte[259]                               || 40
        'all the same, several sections'       | new byte[3 * GzipInputs.SECTION + 7]        || 3000
        'noise, several sections'              | GzipInputs.noise(3 * GzipInputs.SECTION + 7) || 3 * GzipInputs.SECTION + 400
        'a copy at distance 32768'             | copy(32768)                                 || 34000
        'a copy at distance 32769, too far'    | copy(32769)                                 || 34900
        'a copy across the end of a section'   | across() || GzipInputs.SECTION + 31000
        'codes that hit the limit of 15 bits'  | GzipInputs.fibonacci(24)                    || 52000
        'all 256 bytes once'                   | (0..255) as byte[]                          || 290
        'matches of all lengths'               | lengths()                                   || 40000
    }

    private static byte[] copy(int distance) {
        def noise = GzipInputs.noise(distance)
        GzipInputs.join(noise, Arrays.copyOf(noise, 1000))
    }

    private static byte[] across() {
        def noise = GzipInputs.noise(30000, 5)
        GzipInputs.join(GzipInputs.noise(GzipInputs.SECTION - 100), noise, noise)
    }

    private static byte[] lengths() {
        def noise = GzipInputs.noise(300)
        def out = new ByteArrayOutputStream()
        (1..300).each {
            out.write(noise, 0, it)
            out.write(it)
        }
        out.toByteArray()
    }

    def 'a code never grows beyond its limit and is always complete: #symbols symbols'() {
        given:
        def counts = new int[286]
        def (a, b) = [1, 1]
        symbols.times {
            counts[it] = a
            (a, b) = [b, Math.min(a + b, 1 << 20)]
        }
        def code = new Huffman(286, 15)

        when:
        code.build(counts)

        then:
        code.lengths.max() == longest
        code.lengths.findAll { it > 0 }.sum { 1 << 15 - it } == 1 << 15

        where:
        symbols || longest
        0       || 1
        1       || 1
        2       || 1
        10      || 9
        16      || 15
        30      || 15
        286     || 15
    }

    @Requires({ 'gzip --version'.execute().waitFor() == 0 })
    def 'gzip itself accepts the output'() {
        given:
        def input = GzipInputs.records(2 * GzipInputs.SECTION + 1)
        def gzip = new ProcessBuilder('gzip', '-dc').start()

        when:
        Thread.start { gzip.outputStream.withCloseable { it.write(compress(input, level, 2)) } }

        then:
        Digest.of(gzip.inputStream.readAllBytes()) == Digest.of(input)
        gzip.waitFor() == 0

        where:
        level << Gzip.Level.values()
    }

    def 'closing twice writes the end once, and closes the other stream'() {
        given:
        int closed = 0
        def out = new ByteArrayOutputStream() {
            @Override
            void close() {
                closed++
            }
        }
        def gzip = Gzip.compress(out)
        gzip.write(1)

        when:
        2.times { gzip.close() }

        then:
        closed == 1
        decompress(out.toByteArray()) == [1] as byte[]

        when:
        gzip.write(1)

        then:
        def e = thrown(IOException)
        e.message == 'the gzip stream is closed'
    }

    def 'work that fails in the background fails a later write, and no end is written'() {
        given:
        int closed = 0
        def out = new ByteArrayOutputStream() {
            @Override
            void close() {
                closed++
            }
        }
        Executor dropping = { ((Future) it).cancel(true) }
        def gzip = new GzipStream(out, Gzip.Level.DEFAULT, new SectionWorkers(2, dropping))

        when:
        gzip.write(new byte[2 * GzipInputs.SECTION])

        then:
        def first = thrown(IOException)
        first.cause instanceof CancellationException

        when:
        gzip.write(1)

        then:
        def second = thrown(IOException)
        second.message == 'the gzip stream has failed before'

        when:
        gzip.close()

        then:
        noExceptionThrown()
        closed == 1
        out.size() == 10
    }

    def 'work that fails in the background at the end fails the closing'() {
        given:
        def waiting = []
        def gzip = new GzipStream(new ByteArrayOutputStream(), Gzip.Level.DEFAULT,
                new SectionWorkers(2, { waiting << it } as Executor))
        gzip.write(new byte[2 * GzipInputs.SECTION])
        waiting.each { it.cancel(true) }

        when:
        gzip.close()

        then:
        def e = thrown(IOException)
        e.cause instanceof CancellationException
    }

    def 'a write that is interrupted says so, and the thread stays interrupted'() {
        given:
        def gzip = new GzipStream(new ByteArrayOutputStream(), Gzip.Level.DEFAULT,
                new SectionWorkers(2, { } as Executor))
        Thread.currentThread().interrupt()

        when:
        gzip.write(new byte[5 * GzipInputs.SECTION])

        then:
        thrown(InterruptedIOException)
        Thread.interrupted()
    }

    def 'sections in flight are one more than the threads'() {
        given:
        def waiting = new ArrayDeque<Runnable>()
        int most = 0
        Executor slow = { task ->
            waiting << task
            most = Math.max(most, waiting.size())
            if (waiting.size() > 3) {
                waiting.remove().run()
            }
        }

        when:
        new GzipStream(OutputStream.nullOutputStream(), Gzip.Level.FAST, new SectionWorkers(3, slow))
                .write(new byte[10 * GzipInputs.SECTION])

        then:
        most == 4
    }

    def 'a stream that is abandoned leaves no thread'() {
        given:
        def workers = SectionWorkers.of(2)
        new GzipStream(OutputStream.nullOutputStream(), Gzip.Level.FAST, workers)
                .write(GzipInputs.records(4 * GzipInputs.SECTION))

        expect:
        workers.executor().poolSize == 2
        within(10) { workers.executor().poolSize == 0 }
    }

    private static boolean within(int seconds, Closure<Boolean> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)
        while (!condition() && System.nanoTime() < end) {
            Thread.sleep(20)
        }
        condition()
    }
}
