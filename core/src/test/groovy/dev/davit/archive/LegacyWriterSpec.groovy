package dev.davit.archive

import dev.davit.Peers
import dev.davit.Samples
import dev.davit.blob.Digest
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.json.Json
import org.apache.commons.compress.archivers.tar.TarFile
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

class LegacyWriterSpec extends Specification {

    @TempDir
    Path folder
    @AutoCleanup(quiet = true)
    Archive archive

    private Path write(Map<String, ?> images, String name = 'x.tar') {
        def file = folder.resolve(name)
        Archive.writeLegacy(file, images)
        file
    }

    /** Texts of documents, digests of layers, targets of links. */
    private static Map<String, String> files(Path file) {
        new TarFile(file).withCloseable { tar ->
            tar.entries.findAll { !it.directory }.collectEntries {
                def bytes = tar.getInputStream(it).bytes
                [it.name, it.symbolicLink ? "-> $it.linkName".toString() : it.name.endsWith('layer.tar') ? Digest.of(bytes).toString() : new String(bytes)]
            }
        }
    }

    def 'each layer has a folder of its own, and the names lead to the topmost'() {
        given:
        def image = Samples.image('hello', 'world')
        def files = files(write('app:v1': image, 'b.example:5000/app': image))
        def low = '8d4244b3a72ff2e3138dcc51952374488490a4d122b82a50d504500fc654bfac'
        def top = '31be491ff264e185975a0f5e6d739fb6d9bbd0c391d4087c1e4cdc927ef8b0b4'

        expect:
        files.repositories == "{\"app\":{\"v1\":\"$top\"},\"b.example:5000/app\":{\"latest\":\"$top\"}}"
        files['manifest.json'] == '[{"Config":"b7f50f339d0359117f3c1225fe55ab960e30d6b9bd5e62ba0406470d734a9617.json",' +
                '"RepoTags":["app:v1","b.example:5000/app:latest"],' +
                "\"Layers\":[\"$low/layer.tar\",\"$top/layer.tar\"]}]"
        files["$low/VERSION".toString()] == '1.0'
        files["$low/json".toString()] == "{\"id\":\"$low\",\"created\":\"1970-01-01T00:00:00Z\",\"container_config\":{\"Cmd\":[\"sample\"]}}"
        files["$top/json".toString()] == "{\"id\":\"$top\",\"parent\":\"$low\",\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{}}"
        files["$top/layer.tar".toString()] == image.layers()[1].diffId().toString()
        files.keySet().toList() == ['manifest.json', 'repositories', "${image.configDescriptor().digest().hex()}.json".toString()] +
                [low, top].collectMany { ["$it/VERSION".toString(), "$it/json".toString(), "$it/layer.tar".toString()] }
    }

    def 'what is read back has the same config and the same layers'() {
        given:
        def image = Samples.image('hello', 'world')

        when:
        archive = Archive.open(write('app:v1': image))
        def back = archive.get('app:v1') as Image

        then:
        back.config().document().bytes() == image.config().document().bytes()
        back.layers()*.uncompressed()*.bytes == image.layers()*.uncompressed()*.bytes
    }

    def 'a layer that is there twice is there once, and a link'() {
        given:
        def one = Samples.image('shared', 'one', 'two')
        def twice = one.withLayers(one.layers() + one.layers()[0], [])
        def other = Samples.image('shared', 'other')

        when:
        def files = files(write(a: twice, b: other))
        def layers = files.findAll { it.key.endsWith('/layer.tar') }

        then: 'the layer at the bottom has one id in both images'
        layers.size() == 5
        layers.values().findAll { it.startsWith('->') } == ["-> ../${layers.find { it.value == "${one.layers()[0].diffId()}" }.key}".toString()]

        when:
        archive = Archive.open(folder.resolve('x.tar'))

        then:
        (archive.get('a') as Image).layers()*.uncompressed()*.bytes == twice.layers()*.uncompressed()*.bytes
        (archive.get('b') as Image).layers()*.uncompressed()*.bytes == other.layers()*.uncompressed()*.bytes
    }

    def 'an image needs no history, and no name'() {
        given:
        def image = Samples.image('hello', 'world').withConfig { it.remove('history') }
        def files = files(write('': image))

        expect:
        !files.containsKey('repositories')
        Json.read(files['manifest.json'].bytes, '')*.RepoTags == [[]]
        files.findAll { it.key.endsWith('/json') }.values().collect { Json.read(it.bytes, '').container_config }.findAll() == [[Cmd: ['']]]
    }

    def 'the bytes do not depend on the order of the images'() {
        given:
        def images = ['a', 'b:v1', 'c.example/d', 'e'].collectEntries { [it, Samples.image('shared', it)] } + [f: Samples.index('shared')]
        def random = new Random(7)

        expect:
        (1..5).collect { n ->
            def names = images.keySet().toList().tap { Collections.shuffle(it, random) }
            Digest.of(Files.readAllBytes(write(names.collectEntries { [it, images[it]] }, "${n}.tar"))).toString()
        }.toUnique() == ['sha256:ded9281076e2c36a8eb9e4d7c6615effd20aa5ff265b7564e12e49255319f682']
    }

    def 'what has no place in it is refused, and nothing is written: #what'() {
        when:
        write(x: artifact)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'x:latest cannot be in a legacy archive: expected a container image with layers, all of them its own'
        !Files.exists(folder.resolve('x.tar'))

        where:
        what              | artifact
        'an empty image'  | Samples.image()
        'a signature'     | Samples.image('hello').withManifest { it.set('application/vnd.example', 'config', 'mediaType') }
        'a foreign layer' | Samples.image('hello').withManifest { it.set(it.list('layers').collect { layer ->
            layer + [mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar'] }, 'layers') }
    }

    @Requires(value = { Peers.has('skopeo') }, reason = 'needs skopeo')
    def 'skopeo reads it'() {
        given:
        def image = Samples.image('hello', 'world')
        def twice = image.withLayers(image.layers() + image.layers()[0], [])
        write('app:v1': twice, 'b.example/many:v2': Samples.index('hello'))

        when:
        Peers.run('skopeo', 'copy', "docker-archive:$folder/x.tar:app:v1", "oci-archive:$folder/y.tar:b:v2")
        archive = Archive.open(folder.resolve('y.tar'))
        def back = archive.get('b:v2') as Image

        then:
        Peers.run('skopeo', 'list-tags', "docker-archive:$folder/x.tar").findAll(/"[a-z.\/]+:\w+"/).sort() ==
                ['"app:v1"', '"b.example/many:v2"']
        back.layers()*.diffId() == twice.layers()*.diffId()
        back.platform() == image.platform()
    }
}
