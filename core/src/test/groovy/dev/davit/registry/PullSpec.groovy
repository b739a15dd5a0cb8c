package dev.davit.registry

import dev.davit.blob.Digest
import dev.davit.image.Image
import dev.davit.image.MediaType
import dev.davit.ref.Reference

class PullSpec extends ClientSpecification {

    static final UNKNOWN = Digest.parse('sha256:' + 'a' * 64)

    def 'getting an image fetches its manifest, and nothing else until it is used'() {
        given:
        def name = tagged(fresh())
        def image = Samples.image([Samples.layer(5000, 1)])
        client.put(name, image)
        asked()

        when:
        def got = client.get(name) as Image

        then:
        asked() == ["GET /v2/${name.repository().path()}/manifests/x"]
        got.layerDescriptors()*.size() == [5000]

        when:
        got.config().user()
        got.config().env()

        then:
        asked() == ["GET /v2/${name.repository().path()}/blobs/${image.configDescriptor().digest()}"]
    }

    def 'head says what a tag stands for without fetching it'() {
        given:
        def name = tagged(fresh())
        def image = Samples.image([Samples.layer(5000, 1)])
        client.put(name, image)
        asked()

        when:
        def descriptor = client.head(name)

        then:
        descriptor.digest() == image.digest()
        descriptor.size() == image.manifest().size()
        descriptor.mediaType() == MediaType.OCI_MANIFEST
        asked() == ["HEAD /v2/${name.repository().path()}/manifests/x"]
    }

    def 'where the registry does not say the digest, or none that can be, head fetches the manifest: #said'() {
        given:
        def name = tagged(fresh())
        def image = Samples.image([Samples.layer(5000, 1)])
        client.put(name, image)
        def front = new Front(registry.host)
        front.fault('HEAD', '/manifests/', 9) { exchange ->
            Front.answer(exchange, 200, '', ['Content-Type': MediaType.OCI_MANIFEST.name(), 'Content-Length': '400'] + said)
        }

        expect:
        client.head(Reference.parse("$front.host/${name.repository().path()}:x")).digest() == image.digest()

        cleanup:
        front.close()

        where:
        said << [[:], ['Docker-Content-Digest': 'sha256:bogus'], ['Docker-Content-Digest': '']]
    }

    def 'a registry that does not know HEAD is asked with GET'() {
        given:
        def name = tagged(fresh())
        def image = Samples.image([Samples.layer(5000, 1)])
        client.put(name, image)
        def front = new Front(registry.host)
        front.fault('HEAD', '/manifests/', 9) { Front.answer(it, 405) }

        expect:
        client.head(Reference.parse("$front.host/${name.repository().path()}:x")).digest() == image.digest()

        cleanup:
        front.close()
    }

    def 'a registry that lies about the digest of a tag is warned of; the content decides'() {
        given:
        def name = tagged(fresh())
        def image = Samples.image([Samples.layer(5000, 1)])
        client.put(name, image)
        def front = new Front(registry.host)
        front.rule { exchange ->
            front.pass(exchange) { exchange.responseHeaders.set('Docker-Content-Digest', UNKNOWN.toString()) }
            true
        }

        expect:
        client.get(Reference.parse("$front.host/${name.repository().path()}:x")).digest() == image.digest()
        warnings == ["$front.host/${name.repository().path()}:x: the registry says digest $UNKNOWN, but its manifest is ${image.digest()}"]

        cleanup:
        front.close()
    }

    def 'a manifest that is not what its digest says is refused'() {
        given:
        def front = new Front().fault('GET', '/manifests/') { Front.answer(it, 200, '{"manifests":[]}') }

        when:
        client.get("$front.host/a@$UNKNOWN")

        then:
        def e = thrown(IOException)
        e.message == "GET http://$front.host/v2/a/manifests/$UNKNOWN: the manifest is not what its digest says: " +
                'it is sha256:27b7a2ad77ebd6c3663a9dc5d493a96943c48d8c7c77b3c123d2f6712f1ff7ed'

        cleanup:
        front.close()
    }

    def 'a manifest larger than 32 MiB is refused without being read to its end'() {
        given:
        def front = new Front().fault('GET', '/manifests/') { exchange ->
            exchange.sendResponseHeaders(200, 1L << 40)
            33.times { exchange.responseBody.write(new byte[1 << 20]) }
        }

        when:
        client.get("$front.host/a:x")

        then:
        def e = thrown(IOException)
        e.message == "GET http://$front.host/v2/a/manifests/x: the answer is larger than 33554432 bytes"

        cleanup:
        front.close()
    }

    def 'a blob of which the registry has other bytes is refused before its end'() {
        given:
        def repository = fresh()
        client.put(tagged(repository), Samples.image([Samples.layer(5000, 1)]))
        def front = new Front(registry.host).fault('GET', '/blobs/') { Front.answer(it, 200, 'x' * 5000) }
        def layer = (client.get("$front.host/${repository.path()}:x") as Image).layerDescriptors()[0]

        when:
        client.blob(fresh(front.host), layer).bytes()

        then:
        def e = thrown(IOException)
        e.message.contains("blob ${layer.digest()} has other content than its digest says")

        cleanup:
        front.close()
    }

    def 'a blob whose answer has another length than the descriptor says is refused before it is read'() {
        given:
        def front = new Front().fault('GET', '/blobs/') { Front.answer(it, 200, 'x' * 17) }
        def layer = Samples.layer(5000, 1).descriptor()

        when:
        client.blob(fresh(front.host), layer).open()

        then:
        def e = thrown(RegistryException)
        e.message.endsWith('the answer has bytes 0 to 17 of a blob that should have 5000 bytes')
        !e.retryable()
        front.requests.size() == 1

        cleanup:
        front.close()
    }

    def 'what is not there is one sentence, with status and code'() {
        given:
        def repository = fresh()

        when:
        client.get(tagged(repository))

        then:
        def e = thrown(RegistryException)
        e.message == "GET http://$registry.host/v2/${repository.path()}/manifests/x: 404 MANIFEST_UNKNOWN: ${e.problems()[0].message()}"
        e.status() == 404
        e.method() == 'GET'
        e.problems()*.code() == ['MANIFEST_UNKNOWN']
        !e.retryable()
        exchanges.size() == 1
    }

    def 'whether a blob is there can be asked'() {
        given:
        def repository = fresh()
        def layer = Samples.layer(5000, 1)
        client.upload(repository, layer.blob())

        expect:
        client.exists(repository, layer.digest())
        !client.exists(repository, UNKNOWN)
        client.blob(repository, layer.digest()).size() == 5000
    }

    def 'what a manifest embeds is not fetched'() {
        given:
        def name = tagged(fresh())
        def image = Samples.image([Samples.layer(500, 1)])
        def embedded = image.withManifest { tree ->
            tree.set(image.blobs()[0].bytes().encodeBase64().toString(), 'config', 'data')
            tree.set(tree.list('layers').collect { it + [data: image.blobs()[1].bytes().encodeBase64().toString()] }, 'layers')
        }
        client.put(name, embedded)
        asked()

        when:
        def got = client.get(name) as Image

        then:
        got.config().document().bytes() == image.config().document().bytes()
        got.layers()[0].blob().bytes() == image.layers()[0].blob().bytes()
        asked() == ["GET /v2/${name.repository().path()}/manifests/x"]
    }

    def 'a manifest of schema 1 is refused with advice: #type'() {
        given:
        def text = '{"schemaVersion":1,"name":"a","tag":"x","architecture":"amd64","fsLayers":[],"history":[],"signatures":[]}'
        def front = new Front().rule { Front.answer(it, 200, text, ['Content-Type': type]); true }

        when:
        client.get("$front.host/a:x")

        then:
        def e = thrown(IOException)
        e.message == "$front.host/a:x has a schema 1 manifest, which is long out of use; push the image again with a current tool"

        cleanup:
        front.close()

        where:
        type << ['application/vnd.docker.distribution.manifest.v1+prettyjws', 'application/vnd.docker.distribution.manifest.v1+json',
                 'application/json']
    }

    def 'an image is tagged and deleted in its registry'() {
        given:
        def name = tagged(fresh())
        def image = Samples.image([Samples.layer(5000, 1)])
        client.put(name, image)
        exchanges.clear()

        when:
        client.tag(name, 'y')

        then:
        exchanges*.method == ['GET', 'PUT']
        client.get(name.withTag('y')).digest() == image.digest()

        when:
        client.delete(name.withDigest(image.digest()))
        client.get(name.withTag('y'))

        then:
        def e = thrown(RegistryException)
        e.status() == 404
    }
}
