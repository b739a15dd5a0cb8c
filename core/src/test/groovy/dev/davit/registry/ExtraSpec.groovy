package dev.davit.registry

import dev.davit.image.Index
import dev.davit.image.MemorySource
import dev.davit.ref.Reference

/** What an index lists that is neither an image nor an index. The distribution project's registry takes none of it. */
class ExtraSpec extends ClientSpecification {

    def 'what an index lists that is no image arrives as what it is'() {
        given:
        def source = new MemorySource()
        def file = source.add('text/plain', 'a file'.bytes)
        def unknown = source.add('application/vnd.example.manifest+json', [schemaVersion: 2, x: 1])
        def index = source.get(source.index([file, unknown, source.image('linux/amd64')])) as Index
        def (name, other) = [tagged(fresh()), tagged(fresh())]

        when:
        client.put(name, index)
        asked()
        client.put(other, client.get(name))
        def copied = client.get(other) as Index

        then:
        copied == index
        client.exists(other.repository(), copied.descriptors()[0].digest())
        client.manifest(Reference.of(other.repository(), copied.descriptors()[1].digest())).toString() == '{"schemaVersion":2,"x":1}'
        client.head(Reference.of(other.repository(), copied.descriptors()[1].digest())).size() == 25
        !client.exists(other.repository(), copied.descriptors()[1].digest())
        copied.descriptors().collect { copied.extra(it).map { it.blob().bytes().length }.orElse(0) } == [6, 25, 0]
    }
}
