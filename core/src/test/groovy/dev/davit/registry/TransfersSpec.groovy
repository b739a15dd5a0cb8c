package dev.davit.registry

import dev.davit.blob.ContentStore
import dev.davit.blob.Transfers
import dev.davit.image.Image
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import spock.lang.AutoCleanup
import spock.lang.TempDir

/** What is told of content while it moves. */
class TransfersSpec extends ClientSpecification {

    static final LAYER = Samples.layer(300_000, 1)

    @TempDir
    Path folder

    def told = new CopyOnWriteArrayList<Told>()
    Transfers listener = { name, size ->
        def one = new Told(name: name, size: size)
        told << one
        one
    } as Transfers

    static final class Told implements Transfers.Transfer {
        String name
        long size
        List<Long> positions = [].asSynchronized()
        int closed

        @Override
        void reached(long position) {
            positions << position
        }

        @Override
        void close() {
            closed++
        }

        boolean isWhole() {
            closed > 0 && positions.last() == size && positions == positions.toSorted()
        }
    }

    def image = Samples.image([LAYER])

    @AutoCleanup RegistryClient observed = client { it.transfers(listener) }

    def 'each blob that is pushed, from before its turn to its end'() {
        when:
        observed.put(tagged(fresh()), image)

        then:
        told*.name as Set == image.blobs()*.digest()*.toString() as Set
        told.every { it.whole }
        told.find { it.size == LAYER.blob().size() }.positions.size() > 1
    }

    def 'a blob that is there already moves by nothing'() {
        given:
        def repository = fresh()
        client.put(tagged(repository), image)

        when:
        observed.put(tagged(repository).withTag('other'), image.withConfig { it.set('x', 'author') })

        then:
        told*.size == [LAYER.blob().size(), told.last().size]
        told*.closed.every { it > 0 }
        told.first().positions == []
        told.last().whole
    }

    def 'an upload that breaks off and goes on, by its place in the blob'() {
        given:
        def cut = new Cut(registry.host)
        cut.limits << 6_000_000

        when:
        client { chunk = 1_000_000; it.transfers(listener) }.withCloseable {
            it.upload(fresh(cut.host), Samples.layer(10_000_000, 1).blob())
        }

        then:
        told*.size == [10_000_000L]
        told[0].positions.last() == 10_000_000
        told[0].positions.every { it <= 10_000_000 }
        told[0].closed == 1

        cleanup:
        cut.close()
    }

    def 'a blob that is fetched, once it is opened'() {
        given:
        def name = tagged(fresh())
        client.put(name, image)
        def pulled = observed.get(name) as Image

        expect:
        told.isEmpty()

        when:
        def layer = pulled.layers()[0].blob()
        told.clear()
        layer.open().withCloseable { it.readNBytes(1000) }

        then:
        told*.name == [LAYER.blob().digest().toString()]
        told[0].size == LAYER.blob().size()
        told[0].positions.last() >= 1000
        told[0].closed == 1

        when:
        layer.open().withCloseable { it.transferTo(OutputStream.nullOutputStream()) }

        then:
        told[1].whole
    }

    def 'what a store makes, whose size nobody knows before its end'() {
        when:
        ContentStore.at(folder, 1 << 20, listener).add { it.write(new byte[1000]); it.write(1) }

        then:
        told*.name == ['new layer']
        told[0].size == -1
        told[0].positions == [1000L, 1001L]
        told[0].closed == 1
    }
}
