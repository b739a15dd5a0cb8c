package dev.davit.archive

import dev.davit.Peers
import dev.davit.Samples
import dev.davit.image.Image
import dev.davit.image.Index
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Path

@Requires(value = { Peers.has('skopeo') && Peers.has('buildah') }, reason = 'needs skopeo and buildah')
class PeersSpec extends Specification {

    @TempDir
    Path folder
    @AutoCleanup(quiet = true)
    Archive archive
    static final Index PAIR = Index.of([Samples.image('hello'), Samples.imageFor('linux/arm64', 'world')])
    Image image = Samples.image('hello', 'world')

    def 'skopeo reads what was written as an OCI archive, and its digests stay'() {
        given:
        Archive.write(folder.resolve('x.tar'), ['app:v1': image, 'many': PAIR])

        expect:
        Peers.run('skopeo', 'inspect', '--format', '{{.Digest}}', "oci-archive:$folder/x.tar:app:v1").trim() ==
                image.digest().toString()
        Peers.run('skopeo', 'inspect', '--raw', "oci-archive:$folder/x.tar:many:latest") ==
                PAIR.manifest().toString()

        when:
        Peers.run('skopeo', 'copy', '--all', '--preserve-digests', "oci-archive:$folder/x.tar:$name",
                "oci-archive:$folder/y.tar:b:v2")
        archive = Archive.open(folder.resolve('y.tar'))

        then:
        archive.names() == ['b:v2']
        archive.get('b:v2') == expected
        archive.get('') == expected

        where:
        name          | expected
        'app:v1'      | Samples.image('hello', 'world')
        'many:latest' | PAIR
    }

    def 'skopeo reads what was written as docker does'() {
        given:
        Archive.write(folder.resolve('x.tar'), ['app:v1': image, 'many': PAIR])

        expect:
        Peers.run('skopeo', 'list-tags', "docker-archive:$folder/x.tar").findAll(/"[a-z]+:\w+"/).sort() ==
                ['"app:v1"', '"many:latest"']

        when:
        Peers.run('skopeo', 'copy', "docker-archive:$folder/x.tar:app:v1", "docker-archive:$folder/y.tar:b:v2")
        archive = Archive.open(folder.resolve('y.tar'))
        def back = archive.get('b:v2') as Image

        then:
        archive.names() == ['b:v2']
        back.layers()*.diffId() == image.layers()*.diffId()
        back.layers()*.uncompressed()*.bytes == image.layers()*.uncompressed()*.bytes
        back.platform() == image.platform()
    }

    def 'buildah reads what was written, and what it saves is read: #form'() {
        given:
        Archive.write(folder.resolve('x.tar'), ['app:v1': image])
        def storage = ['--root', "$folder/root", '--runroot', "$folder/run", '--storage-driver', 'vfs']

        when:
        Peers.run('buildah', *storage, 'pull', "$form:$folder/x.tar")
        def id = Peers.run('buildah', *storage, 'images', '--quiet', '--no-trunc').trim()
        Peers.run('buildah', *storage, 'push', id, "$form:$folder/y.tar:b:v2")
        archive = Archive.open(folder.resolve('y.tar'))
        def back = archive.get('b:v2') as Image

        then:
        back.layers()*.diffId() == image.layers()*.diffId()
        back.layers()*.uncompressed()*.bytes == image.layers()*.uncompressed()*.bytes

        where:
        form << ['docker-archive', 'oci-archive']
    }
}
