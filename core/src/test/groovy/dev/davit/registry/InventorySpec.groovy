package dev.davit.registry

import com.sun.net.httpserver.HttpExchange
import dev.davit.edit.ImageEditor
import dev.davit.image.Artifact
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.json.Json
import dev.davit.ref.Reference
import dev.davit.ref.Repository

/** What a repository holds beside its tags, and which repositories are below it. */
class InventorySpec extends ClientSpecification {

    /** A registry that tells what Google's tell: for each path the manifests, with their tags, and the children. */
    private Front google(Map<String, Map> told) {
        def front = new Front(registry.host)
        front.rule { HttpExchange exchange ->
            def path = exchange.requestURI.path =~ '/v2/(.*)/tags/list'
            if (!path.matches() || !told[path[0][1]]) {
                return false
            }
            Front.answer(exchange, 200, new String(Json.write([name: path[0][1], tags: [], child: [], manifest: [:]] + told[path[0][1]])))
            true
        }
    }

    private Map manifests(Repository repository, Map<Artifact, List<String>> tags) {
        [manifest: tags.collectEntries { artifact, names ->
            client.put(Reference.of(repository, artifact.digest()), artifact)
            [artifact.digest() as String, [mediaType: artifact.mediaType().name(), tag: names, imageSizeBytes: '1',
                                           timeUploadedMs: '1700000000000']]
        }]
    }

    def 'garbage is what no tag leads to: by an index, or as what refers to something that stays'() {
        given:
        Map<String, Map> told = [:]
        def front = google(told)
        def repository = fresh(front.host)
        def both = Samples.index()
        def lone = Samples.image([], 'linux/s390x')
        def sbom = Image.artifact('a/sbom')
        def kept = ImageEditor.edit(sbom) { it.subject(both.images()[1].descriptor()) }
        def signature = ImageEditor.edit(sbom) { it.subject(kept.descriptor()) }
        def orphan = ImageEditor.edit(sbom) { it.subject(lone.descriptor()) }
        def old = Index.of([both.images()[0], Samples.image([], 'linux/riscv64')])
        told[repository.path()] = manifests(repository, [(signature): [], (kept): [], (both.images()[0]): [],
                (both.images()[1]): [], (lone): [], (orphan): [], (old.images()[1]): [], (old): [], (both): ['latest']])

        expect:
        client.untagged(repository) == [old, lone, orphan, old.images()[1]].collect { Reference.of(repository, it.digest()) }

        cleanup:
        front.close()
    }

    def 'a registry that tells only the tags does not tell what has none'() {
        given:
        def name = tagged(fresh())
        client.put(name, Samples.image([]))

        when:
        client.untagged(name.repository())

        then:
        def e = thrown(IOException)
        e.message == "${name.repository()}: the registry tells the tags but not the manifests, so nobody can say which of them " +
                'have no tag'
    }

    def 'a list with a malformed digest is refused'() {
        given:
        def front = google([a: [manifest: ['sha256:12': [tag: []]]]])

        when:
        client.untagged(Repository.parse("$front.host/a"))

        then:
        def e = thrown(IOException)
        e.message.startsWith("the list of $front.host/a: malformed digest 'sha256:12': expected")

        cleanup:
        front.close()
    }

    def 'repositories below another are those that the registry tells of it, to any depth'() {
        given:
        def front = google(team: [child: ['one', 'two']], 'team/one': [tags: ['x']], 'team/two': [child: ['three']],
                'team/two/three': [tags: ['y']])

        expect:
        client.repositories(Repository.parse("$front.host/team")).toList()*.path() ==
                ['team', 'team/one', 'team/two', 'team/two/three']

        cleanup:
        front.close()
    }

    def 'or those whose names begin alike'() {
        given:
        def root = fresh()
        ['', '/one', '/two/three', 'x'].each {
            client.put(tagged(Repository.parse("$root$it")), Samples.image([]))
        }

        expect:
        client.repositories(root).toList()*.toString().toSorted() == ["$root", "$root/one", "$root/two/three"]*.toString()
        client.repositories(Repository.parse("$root/two")).toList()*.toString() == ["$root/two/three" as String]
        client.repositories(Repository.parse("$root/none")).toList() == []
    }
}
