package dev.davit.archive

import dev.davit.Samples
import dev.davit.auth.Keychain
import dev.davit.blob.Compression
import dev.davit.image.Artifact
import dev.davit.image.Contents
import dev.davit.image.Image
import dev.davit.image.MediaType
import dev.davit.image.MemorySource
import dev.davit.image.Platform
import dev.davit.json.Json
import dev.davit.registry.RegistryClient
import dev.davit.server.RegistryServer
import org.apache.commons.compress.archivers.tar.TarFile
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

/** From a registry by way of an archive into another repository: nothing changes on the way. */
class RoundTripSpec extends Specification {

    @TempDir
    Path folder
    @Shared @AutoCleanup RegistryServer server = RegistryServer.start()
    @AutoCleanup RegistryClient client = RegistryClient.create { it.keychain(Keychain.anonymous()).environment([:]) }

    private Artifact back(Artifact artifact, String name, Compression outer = Compression.NONE) {
        client.put("${server.address()}/from:x", artifact)
        def file = folder.resolve('x.tar')
        outer.compress(Files.newOutputStream(file)).withCloseable { Archive.write(it, [(name): client.get("${server.address()}/from:x")]) }
        Archive.open(file).withCloseable { client.put("${server.address()}/to:x", it.get(name)) }
        client.get("${server.address()}/to:x")
    }

    def 'the digest stays: #what'() {
        when:
        def back = back(artifact, 'app:v1')

        then:
        back.digest() == artifact.digest()
        back.manifest().bytes() == artifact.manifest().bytes()
        Contents.of(back)*.bytes() == Contents.of(artifact)*.bytes()

        where:
        what                   | artifact
        'plain and zstd'       | Samples.image('hello', 'world')
        'gzip'                 | image(Samples.layer([a: 'b'], Compression.GZIP))
        'docker media types'   | Samples.image('hello').withManifest { it.set(MediaType.DOCKER_MANIFEST.name(), 'mediaType') }
        'unknown fields'       | Samples.image('hello').withManifest { it.set([a: 1.50], 'x-unknown') }.withConfig { it.set(null, 'x-y') }
        'an index with a tree' | Samples.index('hello')
    }

    private static Image image(layer) {
        Image.scratch(Platform.parse('linux/amd64')).withLayers([layer], [])
    }

    def 'what else an index lists stays too'() {
        given:
        def source = new MemorySource()
        def image = source.image('linux/amd64')
        def index = source.get(source.index([image, source.attestation(image), source.artifact('signature'),
                source.add('text/plain', 'a file'.bytes), source.add('application/vnd.example+json', [schemaVersion: 2])]))

        expect:
        back(index, 'app:v1', Compression.GZIP) == index
    }

    def 'what was pulled by its digest gets no tag that nobody gave it'() {
        given:
        def image = Samples.image('hello')
        def name = "a.example/app@${image.digest()}".toString()

        when:
        def back = back(image, name)

        then:
        back.digest() == image.digest()
        Archive.open(folder.resolve('x.tar')).withCloseable { it.names() } == [name]
        new TarFile(folder.resolve('x.tar')).withCloseable { tar ->
            Json.read(tar.getInputStream(tar.entries.find { it.name == 'manifest.json' }).bytes, '')*.RepoTags
        } == [[]]
    }
}
