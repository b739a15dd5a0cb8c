package dev.davit.registry

import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.Digest
import dev.davit.image.Image
import dev.davit.image.Layer
import dev.davit.ref.Reference
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.security.MessageDigest

/** Content that is named by SHA-512, from end to end. */
class Sha512Spec extends ClientSpecification {

    static final byte[] BYTES = Samples.bytes(70_000, 1)
    static Digest sha512(byte[] bytes) {
        Digest.of('sha512', MessageDigest.getInstance('SHA-512').digest(bytes))
    }

    static Blob blob(Digest digest = sha512(BYTES)) {
        Blob.of(digest, BYTES.length, 'spec', { new ByteArrayInputStream(BYTES) })
    }

    static Image image() {
        Samples.image([Layer.of(blob(), Digest.of(BYTES), Compression.NONE, 'spec')])
    }

    def 'a blob is pushed, found, mounted and pulled'() {
        given:
        def (a, b) = [fresh(), fresh()]

        when:
        client.upload(a, blob())
        client.upload(b, client.blob(a, sha512(BYTES)))

        then:
        [a, b].every { client.exists(it, sha512(BYTES)) && client.blob(it, sha512(BYTES)).bytes() == BYTES }
        !client.exists(a, Digest.of(BYTES))
        exchanges.count { it.method == 'PUT' } == 1
    }

    def 'a registry does not take other bytes for it'() {
        given:
        def http = HttpClient.newHttpClient()
        def upload = { URI.create("http://$registry.host/v2/a/blobs/uploads/?digest=${sha512(it)}") }
        def push = { URI uri -> http.send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(BYTES)).build(),
                HttpResponse.BodyHandlers.ofString()).statusCode() }

        expect:
        push(upload(BYTES)) == 201
        push(upload('other'.bytes)) == 400
    }

    def 'an image with such a layer is pushed under a tag and pulled by the SHA-512 of its manifest'() {
        given:
        def name = tagged(fresh())
        def image = image()
        def digest = sha512(image.manifest().bytes())
        def byDigest = Reference.parse("${name.repository()}@$digest")

        when:
        client.put(name, image)
        client.put(byDigest, image)
        def pulled = client.get(byDigest) as Image

        then:
        pulled.layers()[0].digest() == sha512(BYTES)
        pulled.layers()[0].blob().bytes() == BYTES
        client.head(byDigest).digest() == digest
        client.get(name).digest() == image.digest()
    }

    def 'a manifest that is not what its SHA-512 says is refused'() {
        given:
        def front = new Front(registry.host)
        front.fault('GET', '/manifests/', 9) { Front.answer(it, 200, '{}') }

        when:
        client.get(Reference.parse("$front.host/a@${sha512(BYTES)}"))

        then:
        def e = thrown(IOException)
        e.message == "GET http://$front.host/v2/a/manifests/${sha512(BYTES)}: the manifest is not what its digest says: it " +
                "is ${sha512('{}'.bytes)}"

        cleanup:
        front.close()
    }

    def 'pushing under the SHA-512 of something else is refused before anything is sent'() {
        when:
        client.put(Reference.parse("${fresh()}@${sha512(BYTES)}"), image())

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(": expected a tag, or the digest that it has")
        exchanges.empty
    }
}
