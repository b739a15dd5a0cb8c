package dev.davit.blob

import java.lang.management.ManagementFactory
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.Deflater
import java.util.zip.DeflaterOutputStream

import spock.lang.Specification

/**
 * Prints speed and output size of both levels beside those of the runtime's own zlib, on files of the runtime:
 * native libraries, classes, and whatever texts and archives it comes with. Nothing is asserted about time.
 *
 * <p>A codec on one thread is measured by that thread's processor time, so that the figures hold on a busy machine;
 * on several, by the clock.
 */
class GzipBench extends Specification {

    static final long ENOUGH = 120_000_000
    static final RUNS = 3

    static final CLOCK = { System.nanoTime() }
    static final PROCESSOR = { ManagementFactory.threadMXBean.currentThreadCpuTime }

    static class Count extends OutputStream {
        long size

        @Override
        void write(int b) {
            size++
        }

        @Override
        void write(byte[] bytes, int offset, int length) {
            size += length
        }
    }

    def 'both levels beside zlib'() {
        given:
        def corpus = corpus()
        def rows = [
            'zlib 1'              : { zlib(it, 1) },
            'gzip/1 fast'         : { new GzipStream(it, Gzip.Level.FAST, SectionWorkers.of(1)) },
            'gzip/1 fast, threads': { Gzip.compress(it, Gzip.Level.FAST) },
            'zlib 6'              : { zlib(it, 6) },
            'gzip/1'              : { new GzipStream(it, Gzip.Level.DEFAULT, SectionWorkers.of(1)) },
            'gzip/1, threads'     : { Gzip.compress(it) },
        ]

        when:
        def results = rows.collectEntries { name, open ->
            [name, measure(corpus, name.endsWith('threads') ? CLOCK : PROCESSOR, open)]
        }

        then:
        println "${corpus.length.intdiv(1_000_000)} MB, ${Runtime.runtime.availableProcessors()} processors, " +
                "Java ${Runtime.version()}"
        println sprintf('%-22s %10s %10s %14s %8s', 'codec', 'cold MB/s', 'warm MB/s', 'bytes', 'ratio')
        results.each { name, result ->
            println sprintf('%-22s %10.1f %10.1f %14d %8.4f', name, result.cold, result.warm, result.size,
                    result.size / corpus.length)
        }
        results['gzip/1'].size < results['zlib 6'].size * 1.03
        results['gzip/1 fast'].size < results['zlib 1'].size * 1.03
    }

    private static OutputStream zlib(OutputStream out, int level) {
        new DeflaterOutputStream(out, new Deflater(level, true), 1 << 16)
    }

    /** The first run is cold, the best of the others warm. */
    private static Map measure(byte[] corpus, Closure<Long> nanos, Closure<OutputStream> open) {
        def counts = []
        def speeds = (0..RUNS).collect {
            def count = new Count()
            long start = nanos()
            open(count).withCloseable { out ->
                for (int at = 0; at < corpus.length; at += 1 << 16) {
                    out.write(corpus, at, Math.min(1 << 16, corpus.length - at))
                }
            }
            counts << count.size
            corpus.length * 1e3 / (nanos() - start)
        }
        assert counts.unique().size() == 1
        [cold: speeds[0] as double, warm: speeds.tail().max() as double, size: counts[0]]
    }

    /** Up to 4 MB of each of the runtime's files, and of its classes as they were before they were packed. */
    private static byte[] corpus() {
        def out = new ByteArrayOutputStream()
        def classes = FileSystems.getFileSystem(URI.create('jrt:/')).getPath('modules')
        [Path.of(System.getProperty('java.home')), classes].each { root ->
            long end = out.size() + ENOUGH.intdiv(2)
            Files.walk(root).withCloseable { paths ->
                paths.filter { Files.isRegularFile(it) && Files.isReadable(it) }.sorted().each { file ->
                    if (out.size() < end) {
                        Files.newInputStream(file).withCloseable { out.writeBytes(it.readNBytes(4 << 20)) }
                    }
                }
            }
        }
        out.toByteArray()
    }
}
