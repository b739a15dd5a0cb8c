package dev.davit.server

import dev.davit.blob.Digest
import dev.davit.json.Json

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

/** Plain requests to a registry, one header or byte at a time. */
class Client {

    static final MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
    static final INDEX = 'application/vnd.oci.image.index.v1+json'

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
    private final String base

    Client(RegistryServer server) {
        base = "http://${server.address()}"
    }

    Answer send(String method, String path, byte[] body = null) {
        send([:], method, path, body)
    }

    Answer send(Map<String, String> headers, String method, String path, byte[] body = null) {
        def publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body)
        def request = HttpRequest.newBuilder(URI.create(base + path)).method(method, publisher)
        headers.each { name, value -> request.header(name, value) }
        new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()))
    }

    /** Pushes a blob at once; returns its descriptor. */
    Map blob(String repository, byte[] bytes, String mediaType = 'application/octet-stream') {
        def digest = Digest.of(bytes).toString()
        assert send('POST', "/v2/$repository/blobs/uploads/?digest=$digest", bytes).status == 201
        [mediaType: mediaType, digest: digest, size: bytes.length]
    }

    /** Pushes an image with one layer; returns its descriptor. */
    Map image(Map more = [:], String repository, String tag, String text) {
        def config = blob(repository, '{}'.bytes, 'application/vnd.oci.image.config.v1+json')
        def layer = blob(repository, text.bytes, 'application/vnd.oci.image.layer.v1.tar')
        manifest(repository, tag, [schemaVersion: 2, mediaType: MANIFEST, config: config, layers: [layer]] + more)
    }

    Map manifest(String repository, String tag, Map tree) {
        byte[] bytes = Json.write(tree)
        def digest = Digest.of(bytes).toString()
        def answer = send('PUT', "/v2/$repository/manifests/${tag ?: digest}", bytes, 'Content-Type': tree.mediaType)
        assert answer.status == 201
        [mediaType: tree.mediaType, digest: digest, size: bytes.length]
    }

    static class Answer {
        final int status
        final byte[] bytes
        private final HttpResponse<byte[]> response

        Answer(HttpResponse<byte[]> response) {
            this.response = response
            status = response.statusCode()
            bytes = response.body()
        }

        String header(String name) {
            response.headers().firstValue(name).orElse(null)
        }

        String getText() {
            new String(bytes)
        }

        Object getJson() {
            Json.read(bytes, 'the answer')
        }

        /** The code of the error. */
        String getCode() {
            json.errors[0].code
        }
    }
}
