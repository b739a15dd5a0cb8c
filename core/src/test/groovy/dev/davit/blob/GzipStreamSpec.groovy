package dev.davit.blob

import java.util.concurrent.CancellationException
import java.util.concurrent.Executor
import java.util.concurrent.Future
import java.util.concurrent.TimeUnit

import spock.lang.Specification

import static dev.davit.blob.Gzip.Level.DEFAULT
import static dev.davit.blob.Gzip.Level.FAST
import static dev.davit.blob.GzipInputs.SECTION

class GzipStreamSpec extends Specification {

    static class Sink extends ByteArrayOutputStream {
        int closed

        @Override
        void close() {
            closed++
        }
    }

    def out = new Sink()

    def 'closing twice writes the end once and closes the other stream once'() {
        given:
        def gzip = Gzip.compress(out)
        gzip.write(1)

        when:
        2.times { gzip.close() }

        then:
        out.closed == 1
        GzipInputs.decompress(out.toByteArray()) == [1] as byte[]

        when:
        gzip.write(1)

        then:
        def e = thrown(IOException)
        e.message == 'the gzip stream is closed'
    }

    def 'a write that fails leaves the stream unusable and the member without an end'() {
        given:
        Executor dropping = { ((Future) it).cancel(true) }
        def gzip = new GzipStream(out, DEFAULT, new SectionWorkers(2, dropping))

        when:
        gzip.write(new byte[2 * SECTION])

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
        out.closed == 1
        out.size() == 10
    }

    def 'work that fails in the background at the end fails the closing, and the other stream is closed'() {
        given:
        def waiting = []
        def gzip = new GzipStream(out, DEFAULT, new SectionWorkers(2, { waiting << it } as Executor))
        gzip.write(new byte[2 * SECTION])
        waiting.each { it.cancel(true) }

        when:
        gzip.close()

        then:
        def e = thrown(IOException)
        e.cause instanceof CancellationException
        out.closed == 1
    }

    def 'another stream that fails, fails the write'() {
        given:
        def full = new OutputStream() {
            @Override
            void write(int b) {
            }

            @Override
            void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 10) {
                    throw new IOException('no space left')
                }
            }
        }

        when:
        Gzip.compress(full).withCloseable { it.write(GzipInputs.noise(40 * SECTION)) }

        then:
        def e = thrown(IOException)
        e.message == 'no space left'
    }

    def 'a write that is interrupted says so, and its thread stays interrupted'() {
        given:
        def gzip = new GzipStream(out, DEFAULT, new SectionWorkers(2, { } as Executor))
        Thread.currentThread().interrupt()

        when:
        gzip.write(new byte[5 * SECTION])

        then:
        thrown(InterruptedIOException)
        Thread.interrupted()
    }

    def 'sections in flight are one more than the threads at most'() {
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
        new GzipStream(out, FAST, new SectionWorkers(3, slow)).write(new byte[10 * SECTION])

        then:
        most == 4
    }

    def 'a stream that is abandoned leaves no thread'() {
        given:
        def workers = SectionWorkers.of(2)
        new GzipStream(out, FAST, workers).write(GzipInputs.noise(4 * SECTION))

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
