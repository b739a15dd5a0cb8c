package dev.davit.registry

import dev.davit.blob.Traffic
import dev.davit.blob.Transfers
import dev.davit.blob.Witness
import dev.davit.image.Image

/** What is told of content while it moves to and from a registry. */
class TransfersSpec extends ClientSpecification {

    static final LAYER = Samples.layer(300_000, 1)

    def witness = new Witness()
    def image = Samples.image([LAYER])

    def 'each blob that is pushed, from before its turn to its end'() {
        when:
        witness.observe { client.put(tagged(fresh()), image) }

        then:
        witness.told*.name as Set == image.blobs()*.digest()*.toString() as Set
        image.blobs().every { blob -> witness.of(blob)*.idle == [true, false] && witness.of(blob)[1].whole }
        witness.of(LAYER.blob())[1].positions.size() > 1
        witness.told*.idle.take(2) == [true, true]
    }

    def 'a blob that is there already moves by nothing'() {
        given:
        def repository = fresh()
        client.put(tagged(repository), image)
        def changed = image.withConfig { it.set('x', 'author') }

        when:
        witness.observe { client.put(tagged(repository).withTag('other'), changed) }

        then:
        witness.of(LAYER.blob())*.idle == [true]
        witness.of(changed.blobs()[0])*.whole == [false, true]
        witness.told.size() == 3
    }

    def 'an upload that breaks off and goes on, by its place in the blob'() {
        given:
        def cut = new Cut(registry.host)
        cut.limits << 6_000_000
        def blob = Samples.layer(10_000_000, 1).blob()

        when:
        client { chunk = 1_000_000 }.withCloseable { uploader ->
            witness.observe { uploader.upload(fresh(cut.host), blob) }
        }

        then:
        witness.told*.size == [10_000_000L, 10_000_000L]
        witness.told[0].positions.last() >= 6_000_000
        witness.told[1].whole
        witness.told*.closed.every { it > 0 }

        cleanup:
        cut.close()
    }

    def 'a blob that is fetched, once it is opened'() {
        given:
        def name = tagged(fresh())
        client.put(name, image)

        when:
        def pulled = witness.observe { client.get(name) } as Image

        then:
        witness.told.empty

        when:
        def layer = pulled.layers()[0].blob()
        witness.told.clear()
        witness.observe { layer.open().withCloseable { it.readNBytes(1000) } }

        then:
        witness.told*.name == [LAYER.blob().digest().toString()]
        witness.told[0].size == LAYER.blob().size()
        witness.told[0].positions.last() >= 1000
        witness.told[0].closed > 0

        when:
        witness.observe { layer.open().withCloseable { it.transferTo(OutputStream.nullOutputStream()) } }

        then:
        witness.told[1].whole
    }

    def 'nobody is told of what others do'() {
        when:
        witness.observe {
            Traffic.observed(Transfers.UNSEEN) { client.put(tagged(fresh()), image) }
        }
        client.put(tagged(fresh()), image)

        then:
        witness.told.empty
    }
}
