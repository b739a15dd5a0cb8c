package dev.davit.blob

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Callable
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import spock.lang.Specification
import spock.lang.TempDir

class ContentStoreSpec extends Specification {

    static final HELLO = Digest.parse('sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824')

    @TempDir
    Path root
    AtomicInteger fetched = new AtomicInteger()

    def 'a store that does not exist is empty, and asking does not make it'() {
        given:
        def store = ContentStore.at(root.resolve('cache'), 0)

        expect:
        store.find(HELLO).empty
        store.prune() == 0
        !Files.exists(store.folder())
    }

    def 'what is added is found under its digest'() {
        given:
        def store = store()

        when:
        def blob = store.add { it.write('hello'.bytes) }

        then:
        blob.digest() == HELLO
        blob.size() == 5
        blob.local
        blob.bytes() == 'hello'.bytes
        store.find(HELLO).get().bytes() == 'hello'.bytes
        files() == ["sha256/2c/$HELLO.hex"]
    }

    def 'content that fails half way leaves nothing'() {
        when:
        store().add {
            it.write('hel'.bytes)
            throw new IOException('no')
        }

        then:
        thrown(IOException)
        files() == []
    }

    def 'a remote blob is fetched once'() {
        given:
        def store = store()

        when:
        def held = (1..3).collect { store.hold(remote('hello')) }

        then:
        held*.bytes().every { it == 'hello'.bytes }
        held*.local == [true] * 3
        fetched.get() == 1
    }

    def 'a local blob is held as it is'() {
        given:
        def blob = Blob.of('hello'.bytes)

        expect:
        store().hold(blob).is(blob)
        files() == []
    }

    def 'wrong bytes from a registry do not get in'() {
        when:
        store().hold(remote(text))

        then:
        thrown(IOException)
        files() == []

        where:
        text << ['hellO', 'hell', 'hello!']
    }

    def 'what a crash cut short is fetched anew'() {
        given:
        def store = store()
        def file = store.hold(remote('hello')).file().get()
        file.toFile().text = 'hel'

        expect:
        store.hold(remote('hello')).bytes() == 'hello'.bytes
        fetched.get() == 2
        file.toFile().text == 'hello'
    }

    def 'what the disk has damaged fails when it is read, and is fetched anew after that'() {
        given:
        def store = store()
        def file = store.hold(remote('hello')).file().get()
        file.toFile().text = 'jello'

        when:
        store.hold(remote('hello')).bytes()

        then:
        def e = thrown(IOException)
        e.message == "$file: blob $HELLO has other content than its digest says: it is " +
                'sha256:187c9bceeb919e1b3e6d20fa50ecabf7d9d50b5343e8f9a3d912abb13929102e'
        store.find(HELLO).empty
        store.hold(remote('hello')).bytes() == 'hello'.bytes
        fetched.get() == 2
    }

    def 'prune removes what was used longest ago until the limit is met'() {
        given:
        def store = ContentStore.at(root, 10)
        def blobs = (1..5).collect { n -> store.add { it.write("blob$n".bytes) } }
        blobs.eachWithIndex { blob, n -> age(blob, Duration.ofHours(20 - n)) }

        when: 'the oldest is used once more'
        store.find(blobs[0].digest())

        then: 'the next three go: five blobs of five bytes, ten may stay'
        store.prune() == 15
        blobs.collect { store.find(it.digest()).present } == [true, false, false, false, true]
        store.prune() == 0
    }

    def 'prune leaves what was used within the hour, whatever the limit'() {
        given:
        def store = ContentStore.at(root, 0)
        def old = store.add { it.write('old'.bytes) }
        def recent = store.add { it.write('recent'.bytes) }
        age(old, Duration.ofMinutes(61))
        age(recent, Duration.ofMinutes(59))

        expect:
        store.prune() == 3
        store.find(old.digest()).empty
        store.find(recent.digest()).present
    }

    def 'prune sweeps up what a process that died was writing'() {
        given:
        def part = root.resolve('.davit-1.part')
        part.toFile().text = 'half'
        Files.setLastModifiedTime(part, FileTime.from(Instant.now() - Duration.ofHours(2)))

        expect:
        ContentStore.at(root, 0).prune() == 4
        files() == []
    }

    def 'several threads that hold the same blob at once all get it whole'() {
        given:
        def threads = 8
        def barrier = new CyclicBarrier(threads)
        def pool = Executors.newFixedThreadPool(threads)
        def bytes = new byte[1 << 20]
        new Random(1).nextBytes(bytes)
        def digest = Digest.of(bytes)
        def blob = Blob.of(digest, bytes.length, new Origin('r.test', 'a'), { new ByteArrayInputStream(bytes) })

        when:
        def held = pool.invokeAll((1..threads).collect {
            { -> barrier.await(); ContentStore.at(root, 0).hold(blob).bytes() } as Callable
        })*.get()

        then:
        held.every { it == bytes }
        files() == ["sha256/${digest.hex().take(2)}/${digest.hex()}"]

        cleanup:
        pool.shutdownNow()
    }

    def 'processes that write and prune the same store at once do not disturb each other'() {
        given:
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def classPath = System.getProperty('java.class.path')

        when:
        def processes = (1..3).collect {
            new ProcessBuilder(java, '-XX:-UsePerfData', '-cp', classPath, StoreWriter.name, "$root")
                    .redirectErrorStream(true).start()
        }
        def output = processes.collect { it.inputStream.text }

        then:
        output == ['40 whole\n'] * 3
        processes*.waitFor() == [0, 0, 0]
        files().size() == 40
    }

    /** Adds the same forty blobs as every other such process, and reads them back. */
    static class StoreWriter {
        static void main(String[] args) {
            def store = ContentStore.at(Path.of(args[0]), 0)
            int whole = 0
            for (int i = 0; i < 40; i++) {
                byte[] bytes = ("$i".toString() * 10_000).bytes
                store.add { it.write(bytes) }
                store.prune()
                if (Arrays.equals(store.find(Digest.of(bytes)).get().bytes(), bytes)) {
                    whole++
                }
            }
            System.out.println("$whole whole")
        }
    }

    private ContentStore store() {
        ContentStore.at(root, 1000)
    }

    private Blob remote(String text) {
        Blob.of(HELLO, 5, new Origin('r.test', 'a'), {
            fetched.incrementAndGet()
            new ByteArrayInputStream(text.bytes)
        })
    }

    private static void age(Blob blob, Duration age) {
        Files.setLastModifiedTime(blob.file().get(), FileTime.from(Instant.now() - age))
    }

    private List<String> files() {
        def found = []
        root.toFile().eachFileRecurse { if (it.file) found << root.relativize(it.toPath()).toString() }
        found.sort()
    }
}
