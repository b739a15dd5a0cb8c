package dev.davit.registry

import dev.davit.blob.Blob
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform
import dev.davit.ref.Reference
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicBoolean

class PushSpec extends ClientSpecification {

    def 'an image arrives byte for byte'() {
        given:
        def image = Samples.image([Samples.layer(5000, 1), Samples.layer(70000, 2)])
        def name = tagged(fresh())

        when:
        def written = client.put(name, image)
        def got = client.get(name) as Image

        then:
        written.digest() == image.digest()
        got.manifest().bytes() == image.manifest().bytes()
        got.config().document().bytes() == image.config().document().bytes()
        got.layers()*.blob()*.bytes() == image.layers()*.blob()*.bytes()
        got.layers()*.blob()*.origin()*.get()*.toString() == [name.repository().toString()] * 2
    }

    def 'a fresh push takes three requests for each blob, one for the manifest and two to look whether it is there'() {
        when:
        client.put(tagged(fresh()), Samples.image([Samples.layer(5000, 1), Samples.layer(70000, 2)]))

        then:
        exchanges*.method.countBy { it } == [HEAD: 2 + 3, POST: 3, PUT: 3 + 1]
    }

    def 'a whole index arrives, and a blob that two of its images share is sent once'() {
        given:
        def index = Samples.index()
        def name = tagged(fresh())

        when:
        client.put(name, index)
        def sent = exchanges.findAll { it.method == 'PUT' && it.uri.path.contains('/uploads/') }*.sent

        then:
        sent.sort().takeRight(3) == [2000, 3000, 5000]
        sent.size() == 5

        when:
        def got = client.get(name) as Index

        then:
        got.manifest().bytes() == index.manifest().bytes()
        got.platform(Platform.parse('linux/arm64')).layers()*.size() == [5000, 2000]
    }

    def 'copying what the target has already costs two requests'() {
        given:
        def (from, to) = [tagged(fresh()), tagged(fresh())]
        client.put(from, Samples.index())
        client.put(to, client.get(from))
        asked()

        when:
        client.put(to, client.get(from))

        then:
        asked() == ["GET /v2/${from.repository().path()}/manifests/x", "HEAD /v2/${to.repository().path()}/manifests/x"]
    }

    def 'a copy inside one registry moves no byte of a blob'() {
        given:
        def (from, to) = [tagged(fresh()), tagged(fresh())]
        def image = Samples.image([Samples.layer(5000, 1), Samples.layer(70000, 2)])
        client.put(from, image)
        exchanges.clear()

        when:
        client.put(to, client.get(from))

        then:
        exchanges*.method.countBy { it } == [GET: 1, HEAD: 2 + 3, POST: 3, PUT: 1]
        exchanges*.sent.sum() == image.manifest().size()
        (client.get(to) as Image).layers()*.blob()*.bytes()*.length == [5000, 70000]
    }

    def 'a second tag in the same repository moves the manifest only'() {
        given:
        def from = tagged(fresh())
        client.put(from, Samples.image([Samples.layer(5000, 1)]))
        def image = client.get(from)
        asked()

        when:
        client.put(from.withTag('y'), image)

        then:
        exchanges*.method == ['HEAD', 'HEAD', 'PUT']
        client.head(from.withTag('y')).digest() == image.digest()
    }

    def 'an edit of an image in its own repository sends the new config and manifest only'() {
        given:
        def from = tagged(fresh())
        client.put(from, Samples.image([Samples.layer(5000, 1)]))
        def edited = (client.get(from) as Image).withConfig { it.set('bob', 'config', 'User') }
        exchanges.clear()

        when:
        client.put(from, edited)

        then:
        exchanges*.sent.sum() == edited.config().document().size() + edited.manifest().size()
        (client.get(from) as Image).config().user() == 'bob'
    }

    def 'a copy between two registries streams: every byte once, and none over the disk'() {
        given:
        def other = start()
        def (from, to) = [tagged(fresh()), tagged(fresh(other.host))]
        def image = Samples.image([Samples.layer(3_000_000, 1), Samples.layer(70_000, 2)])
        client.put(from, image)
        exchanges.clear()
        def before = temporaryFiles()

        when:
        client.put(to, client.get(from))

        then:
        temporaryFiles() == before
        exchanges.findAll { it.method == 'PUT' }*.sent.sum() ==
                3_070_000 + image.config().document().size() + image.manifest().size()
        exchanges.findAll { it.method == 'GET' }*.received.sum() ==
                3_070_000 + image.config().document().size() + image.manifest().size()
        Arrays.equals((client.get(to) as Image).layers()[0].blob().bytes(), Samples.bytes(3_000_000, 1))

        cleanup:
        other.close()
    }

    private static Set<String> temporaryFiles() {
        Files.list(Path.of(System.getProperty('java.io.tmpdir'))).withCloseable { files ->
            files.filter { Files.isRegularFile(it) }.map { it.toString() }
                    .filter { it.contains('davit') || it.contains('okhttp') || it.contains('okio') }.toList().toSet()
        }
    }

    def 'a platform that the target has already is not looked at again'() {
        given:
        def (from, to) = [tagged(fresh()), tagged(fresh())]
        def index = Samples.index()
        client.put(from, index)
        client.put(to, index.platform(Platform.parse('linux/amd64')))
        exchanges.clear()

        when:
        client.put(to, client.get(from))

        then:
        exchanges.findAll { it.method == 'POST' }.size() == 2
        exchanges.findAll { it.method == 'GET' }.size() == 2
    }

    def 'pushing by digest sets no tag'() {
        given:
        def image = Samples.image([Samples.layer(5000, 3)])
        def repository = fresh()

        when:
        client.put(Reference.of(repository, image.digest()), image)

        then:
        asked().last() == "PUT /v2/${repository.path()}/manifests/${image.digest()}"
        client.get(Reference.of(repository, image.digest())).digest() == image.digest()
    }

    def 'pushing under the digest of something else is refused before anything is sent'() {
        given:
        def image = Samples.image([])
        def other = Samples.image([Samples.layer(10, 3)])

        when:
        client.put(Reference.of(fresh(), other.digest()), image)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith("cannot push ${image.digest()} as ")
        exchanges.empty
    }

    def 'a layer that is to be fetched from elsewhere stays there, unless it is asked for'() {
        given:
        def foreign = Samples.layer(4000, 4).withMediaType(new dev.davit.image.MediaType(
                'application/vnd.oci.image.layer.nondistributable.v1.tar'))
        def image = Samples.image([Samples.layer(5000, 1), foreign])
        def front = new Front(registry.host).fault('PUT', '/manifests/', 2) { Front.answer(it, 201) }
        def repository = fresh(front.host)

        when:
        client.put(tagged(repository), image)

        then:
        !client.exists(repository, foreign.digest())

        when:
        client { foreignLayers() }.withCloseable { it.put(tagged(repository), image) }

        then:
        client.exists(repository, foreign.digest())

        cleanup:
        front.close()
    }

    def 'the first failure of several uploads is thrown and ends the others'() {
        given:
        def front = new Front(registry.host)
        def first = new AtomicBoolean(true)
        front.fault('PUT', '/uploads/') { Front.answer(it, 403, '{"errors":[{"code":"DENIED","message":"no"}]}') }
        front.rule { exchange ->
            if (exchange.requestMethod == 'POST' && !first.getAndSet(false)) {
                Thread.sleep(500) // the others are still at their beginning when the first one fails
            }
            false
        }
        def image = Samples.image((1..20).collect { Samples.layer(1000, it) })

        when:
        client { parallel(2) }.withCloseable { it.put(tagged(fresh(front.host)), image) }

        then:
        def e = thrown(RegistryException)
        e.status() == 403
        e.message.startsWith('PUT ')
        e.message.endsWith(': 403 DENIED: no (no credentials)')
        exchanges.count { it.method == 'PUT' } == 1

        cleanup:
        front.close()
    }

    def 'a failing source is reported as what it is, and not tried again'() {
        given:
        def bytes = Samples.bytes(1000, 1)
        def broken = Blob.of(Blob.of(bytes).digest(), 1000, 'broken.tar', { new ByteArrayInputStream(bytes, 0, 10) })

        when:
        client.upload(fresh(), broken)

        then:
        def e = thrown(IOException)
        e.message == "broken.tar: blob ${broken.digest()} ends after 10 of 1000 bytes"
        exchanges.count { it.method == 'PUT' } == 1
    }

    def 'an empty blob can be pushed and pulled'() {
        given:
        def repository = fresh()
        def empty = Blob.of(new byte[0])

        when:
        client.upload(repository, empty)

        then:
        client.exists(repository, empty.digest())
        client.blob(repository, empty.digest()).bytes().length == 0
    }

    def 'a registry that takes a mount for a plain upload gets the bytes'() {
        given:
        def front = new Front(registry.host)
        front.rule { exchange ->
            if (exchange.requestMethod != 'POST' || !exchange.requestURI.query?.contains('mount=')) {
                return false
            }
            def upstream = new URL("http://$registry.host$exchange.requestURI.path").openConnection() as HttpURLConnection
            upstream.requestMethod = 'POST'
            Front.answer(exchange, upstream.responseCode, '', [Location: upstream.getHeaderField('Location')])
            true
        }
        def (from, to) = [tagged(fresh(front.host)), tagged(fresh(front.host))]
        client.put(from, Samples.image([Samples.layer(5000, 11)]))
        exchanges.clear()

        when:
        client.put(to, client.get(from))

        then:
        exchanges.count { it.method == 'POST' } == 2
        exchanges.any { it.method == 'PUT' && it.sent == 5000 }

        cleanup:
        front.close()
    }

    def 'a registry that refuses a mount gets a plain upload'() {
        given:
        def front = new Front(registry.host)
        front.fault('POST', 'mount=', 9) { Front.answer(it, 405) }
        def (from, to) = [tagged(fresh(front.host)), tagged(fresh(front.host))]
        client.put(from, Samples.image([Samples.layer(5000, 12)]))

        when:
        client.put(to, client.get(from))

        then:
        (client.get(to) as Image).layers()[0].blob().bytes().length == 5000

        cleanup:
        front.close()
    }
}
