package dev.davit.registry

import dev.davit.edit.ImageEditor
import dev.davit.image.Image
import dev.davit.image.Platform
import dev.davit.ref.Reference
import dev.davit.ref.Repository
import java.util.concurrent.CopyOnWriteArrayList
import spock.lang.AutoCleanup

/** A client that rehearses: it reads registries, and what it writes is there for itself alone. */
class RehearsalSpec extends ClientSpecification {

    List<Write> writes = new CopyOnWriteArrayList<>()
    List<Exchange> planned = new CopyOnWriteArrayList<>()
    @AutoCleanup RegistryClient rehearsing = client { observer(planned::add).rehearse(writes::add) }

    def 'what would be pushed is told, and what is told is all that the push then sends'() {
        given:
        def name = tagged(fresh())
        client.put(name.withTag('old'), Samples.image([Samples.layer(5000, 1)]))
        def image = Samples.image([Samples.layer(5000, 1), Samples.layer(70000, 2)])
        planned.clear()

        when:
        rehearsing.put(name, image)

        then:
        writes.collect { [it.kind(), it.what(), it.size()] } as Set == [
                [Write.Kind.UPLOAD, Reference.of(name.repository(), image.layers()[1].digest()), 70000],
                [Write.Kind.UPLOAD, Reference.of(name.repository(), image.configDescriptor().digest()), image.configDescriptor().size()],
                [Write.Kind.MANIFEST, name.withDigest(image.digest()), image.manifest().size()],
        ] as Set
        !exists(name)

        when:
        def requests = planned*.method.sort()
        def bytes = planned*.sent.sum()
        exchanges.clear()
        client.put(name, image)

        then:
        exchanges*.method.sort() == requests
        exchanges*.sent.sum() == bytes
    }

    def 'what was written is there for who wrote it, by tag and by digest, down to the bytes of its layers'() {
        given:
        def name = tagged(fresh())
        def index = Samples.index()

        when:
        rehearsing.put(name, index)

        then:
        rehearsing.head(name).digest() == index.digest()
        rehearsing.get(name).platform(Platform.parse('linux/arm64')).layers()*.blob()*.bytes()*.length == [5000, 2000]
        rehearsing.get(name.repository().toString() + '@' + index.digest()) == index
        rehearsing.tags(name.repository()).toList() == ['x']
        !exists(name)
    }

    def 'a blob of another repository is mounted, and can be read from there'() {
        given:
        def (from, to) = [tagged(fresh()), tagged(fresh())]
        client.put(from, Samples.image([Samples.layer(5000, 1)]))

        when:
        rehearsing.put(to, rehearsing.get(from))

        then:
        writes*.kind().countBy { it } == [(Write.Kind.MOUNT): 2, (Write.Kind.MANIFEST): 1]
        writes*.from().findAll { it.present }*.get().unique() == [from.repository()]
        (rehearsing.get(to) as Image).layers()*.blob()*.bytes()*.length == [5000]
        !exists(to)
    }

    def 'what one registry gives another is not fetched, but counted'() {
        given:
        def other = dev.davit.server.RegistryServer.start()
        def (from, to) = [tagged(fresh()), tagged(Repository.parse("${other.address()}/copy"))]
        client.put(from, Samples.image([Samples.layer(5000, 1)]))
        def image = rehearsing.get(from)
        planned.clear()

        when:
        rehearsing.put(to, image)
        def requests = planned*.method.countBy { it }
        exchanges.clear()
        client.put(to, client.get(from))

        then:
        exchanges*.method.countBy { it } == requests + [GET: 2 + 1] // and the manifest, which was fetched before
        planned.findAll { it.status() != 0 && it.method() == 'GET' } == []

        cleanup:
        other.close()
    }

    def 'a tag that is moved or deleted is moved or gone, and still in the registry'() {
        given:
        def name = tagged(fresh())
        def image = Samples.image([Samples.layer(5000, 1)])
        client.put(name, image)

        when:
        rehearsing.tag(name, 'y')
        rehearsing.delete(name)

        then:
        rehearsing.tags(name.repository()).toList() == ['y']
        rehearsing.head(name.withTag('y')).digest() == image.digest()
        writes*.toString() == ["Write[kind=MANIFEST, what=${name.withTag('y').withDigest(image.digest())}, size=${image.manifest().size()}, from=Optional.empty]",
                               "Write[kind=DELETE, what=$name, size=0, from=Optional.empty]"]*.toString()
        client.tags(name.repository()).toList() == ['x']

        when:
        rehearsing.head(name)

        then:
        def e = thrown(RegistryException)
        e.status() == 404
    }

    def 'what was deleted by its digest is gone under its tags, too'() {
        given:
        def name = tagged(fresh())
        client.put(name, Samples.image([Samples.layer(5000, 1)]))

        when:
        rehearsing.delete(Reference.of(name.repository(), client.head(name).digest()))
        rehearsing.head(name)

        then:
        def e = thrown(RegistryException)
        e.status() == 404
        exists(name)
    }

    def 'what is not there cannot be deleted'() {
        when:
        rehearsing.delete(tagged(fresh()))

        then:
        def e = thrown(RegistryException)
        e.status() == 404
        writes == []
    }

    private boolean exists(Reference name) {
        try {
            return client.head(name) != null
        } catch (RegistryException e) {
            return e.status() != 404
        }
    }

    def 'what refers is listed as if it were there, and deleted no more: a registry that #knows'() {
        given:
        def other = knows == 'keeps lists' ? TestRegistry.embedded() : ReferrersTagSpec.withoutReferrers()
        def repository = fresh(other.host)
        def image = Samples.image([])
        client.put(Reference.of(repository, 'x'), image)
        def about = { type -> ImageEditor.edit(Image.artifact(type)) { it.subject(image.descriptor()) } }
        def there = about('text/there')
        client.put(Reference.of(repository, there.digest()), there)
        def listed = { -> rehearsing.referrers(repository, image.digest()).toList()*.artifactType()*.get().sort() }

        when:
        planned.clear()
        def referrer = about('text/planned')
        rehearsing.put(Reference.of(repository, referrer.digest()), referrer)
        def methods = planned*.method.sort()
        def found = listed()
        rehearsing.delete(Reference.of(repository, there.digest()))

        then:
        found == ['text/planned', 'text/there']
        listed() == ['text/planned']
        client.referrers(repository, image.digest()).toList()*.artifactType()*.get() == ['text/there']

        when:
        exchanges.clear()
        client.put(Reference.of(repository, referrer.digest()), referrer)

        then:
        exchanges*.method.sort() == methods

        cleanup:
        other.close()

        where:
        knows << ['keeps lists', 'keeps no lists']
    }
}
