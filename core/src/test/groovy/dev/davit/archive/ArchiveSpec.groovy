package dev.davit.archive

import dev.davit.Samples
import dev.davit.blob.Compression
import dev.davit.blob.Digest
import dev.davit.image.Contents
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.json.Json
import org.apache.commons.compress.archivers.tar.TarFile
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

class ArchiveSpec extends Specification {

    @TempDir
    Path folder
    @AutoCleanup(quiet = true)
    Archive archive

    private Path write(Map<String, ?> images, String name = 'x.tar') {
        def file = folder.resolve(name)
        Archive.write(file, images)
        file
    }

    private Map<String, byte[]> files(Path file) {
        new TarFile(file).withCloseable { tar ->
            tar.entries.collectEntries { [it.name, it.directory ? null : tar.getInputStream(it).bytes] }
        }
    }

    def 'what goes in comes out, byte for byte: #what'() {
        when:
        archive = Archive.open(write('demo:v1': artifact))
        def back = archive.get('demo:v1')

        then:
        back == artifact
        Contents.of(back)*.bytes() == Contents.of(artifact)*.bytes()
        archive.names() == ['demo:v1']

        where:
        what       | artifact
        'an image' | Samples.image('hello', 'world')
        'an index' | Samples.index('hello')
    }

    def 'an archive is both an OCI layout and what docker saves'() {
        when:
        def files = files(write('nginx:1.21': Samples.image('hello')))

        then:
        files.keySet().toList() == [
                'oci-layout', 'index.json', 'manifest.json', 'blobs/', 'blobs/sha256/',
                'blobs/sha256/07b455cb961031aac94ad95cc12cf6de62c3cb4629cc521795b150ccb43b2d2d',
                'blobs/sha256/3427119a46027a21b4119dfe11d8d3a95fc071ddd7a81f2680a1f578eaa4b96b',
                'blobs/sha256/60aa5ed54b1320005c43288be5b7cc2fb15701105b92af1fee45dccad44292cc']
        new String(files['oci-layout']) == '{"imageLayoutVersion":"1.0.0"}'
        new String(files['index.json']) == '{"schemaVersion":2,' +
                '"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[' +
                '{"mediaType":"application/vnd.oci.image.manifest.v1+json",' +
                '"digest":"sha256:3427119a46027a21b4119dfe11d8d3a95fc071ddd7a81f2680a1f578eaa4b96b","size":397,' +
                '"platform":{"architecture":"amd64","os":"linux"},' +
                '"annotations":{"org.opencontainers.image.ref.name":"nginx:1.21",' +
                '"io.containerd.image.name":"docker.io/library/nginx:1.21"}}]}'
        new String(files['manifest.json']) == '[{' +
                '"Config":"blobs/sha256/60aa5ed54b1320005c43288be5b7cc2fb15701105b92af1fee45dccad44292cc",' +
                '"RepoTags":["nginx:1.21"],' +
                '"Layers":["blobs/sha256/07b455cb961031aac94ad95cc12cf6de62c3cb4629cc521795b150ccb43b2d2d"]}]'
    }

    def 'the bytes depend on nothing but the images and their names'() {
        given:
        def one = Samples.image('hello')
        def two = Samples.index('world')

        when:
        write('a.example:5000/one:v1': one, 'two': two, 'x.tar')
        System.setProperty('user.name', 'somebody')
        def stream = new ByteArrayOutputStream()
        Archive.write(stream, ['two': two, 'a.example:5000/one:v1': one])

        then:
        Files.readAllBytes(folder.resolve('x.tar')) == stream.toByteArray()
        Digest.of(stream.toByteArray()).toString() == 'sha256:172c03fc19253e6fdedb19eca47e85c1ce8be406e2af4977ca4ac7d885296be4'

        cleanup:
        System.setProperty('user.name', user)

        where:
        user = System.getProperty('user.name')
    }

    def 'the order in which images are given does not show'() {
        given:
        def images = ['a', 'b:v1', 'c.example/d', 'e'].collectEntries { [it, Samples.image('shared', it)] } + ['': Samples.index('shared')]
        def random = new Random(7)

        expect:
        (1..5).collect { n ->
            def names = images.keySet().toList().tap { Collections.shuffle(it, random) }
            Digest.of(Files.readAllBytes(write(names.collectEntries { [it, images[it]] }))).toString()
        }.toUnique() == ['sha256:f4d4aee6a213d51b1e59ee3fb149f38d083027ba75b3dc86e317f6a03b1f821d']
    }

    def 'images in one archive share their blobs, and one may have several names'() {
        given:
        def one = Samples.image('shared', 'one')
        def two = Samples.image('shared', 'two')

        when:
        def files = files(write(app: one, 'app:v1': one, 'b.example/app:v2': two))

        then:
        files.keySet().count { it.startsWith('blobs/sha256/') && it.length() > 20 } == 7
        Json.read(files['manifest.json'], '').collect { [it.RepoTags, it.Layers.size()] }.toSet() ==
                [[['app:latest', 'app:v1'], 2], [['b.example/app:v2'], 2]] as Set

        when:
        archive = Archive.open(folder.resolve('x.tar'))

        then:
        archive.names() == ['app:latest', 'app:v1', 'b.example/app:v2']
        archive.get('app') == one
        archive.get('docker.io/library/app:v1') == one
        archive.get('b.example/app:v2') == two
        archive.get(two.digest().toString()) == two
    }

    def 'of an index, docker gets the image for linux/amd64, or else the first: #platforms'() {
        given:
        def images = platforms.collect { Samples.imageFor(it, it) }
        def listed = Json.read(files(write('app': Index.of(images)))['manifest.json'], '')

        expect:
        listed*.Config == ["blobs/sha256/${images[chosen].configDescriptor().digest().hex()}"]
        listed*.RepoTags == [['app:latest']]

        where:
        platforms                      || chosen
        ['linux/arm64', 'linux/amd64'] || 1
        ['linux/arm64', 'linux/s390x'] || 0
    }

    def 'what docker cannot load is there for others'() {
        given:
        def tree = Samples.image('hello').withManifest { it.set('application/vnd.example', 'config', 'mediaType') }
        archive = Archive.open(write('': tree))
        def signature = archive.get('') as Image
        def file = write('': Index.of([signature]), 'y.tar')

        expect:
        !signature.containerImage
        new String(files(file)['manifest.json']) == '[]'
        files(file).keySet().containsAll(signature.blobs().collect { "blobs/sha256/${it.digest().hex()}".toString() })
    }

    def 'the name #name is written as #written'() {
        when:
        archive = Archive.open(write((name): Samples.image('hello')))

        then:
        archive.names() == written
        archive.get('') == Samples.image('hello')
        archive.get(name) == Samples.image('hello')

        where:
        name                               || written
        'nginx'                            || ['nginx:latest']
        'docker.io/library/nginx:1.21'     || ['nginx:1.21']
        'localhost:5000/a/b:c'             || ['localhost:5000/a/b:c']
        'a/b@sha256:' + 'a' * 64           || ['a/b@sha256:' + 'a' * 64]
        ''                                 || []
    }

    def 'names that are no references, or the same, are refused'() {
        when:
        write(names.collectEntries { [it, Samples.image(it)] })

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(message)
        Files.list(folder).withCloseable { it.toList() } == []

        where:
        names               || message
        ['My App']          || "malformed reference 'My App'"
        ['a', 'a:latest']   || "two images for one archive are called 'a:latest'"
    }

    def 'a put replaces its name and keeps the others'() {
        given:
        def file = folder.resolve('x.tar')
        def sink = Archive.sink(file)

        when:
        sink.put('a:v1', Samples.image('one'))
        sink.put('b', Samples.index('two'))
        sink.put('', Samples.image('three'))
        sink.put('docker.io/library/a:v1', Samples.image('four'))
        sink.put('', Samples.image('three'))

        then:
        Files.readAllBytes(file) ==
                Files.readAllBytes(write('a:v1': Samples.image('four'), 'b': Samples.index('two'), '': Samples.image('three'), 'y.tar'))
        Files.list(folder).withCloseable { it*.fileName*.toString().sort() } == ['x.tar', 'y.tar']
    }

    def 'an archive that cannot be written leaves the old one'() {
        given:
        def file = write(a: Samples.image('one'))
        def before = Files.readAllBytes(file)
        archive = Archive.open(write(b: Samples.image('two'), 'y.tar'))
        def gone = archive.get('b')
        archive.close()

        when:
        Archive.write(file, [b: gone])

        then:
        def e = thrown(IOException)
        e.message == "$folder/y.tar is closed, so blobs/sha256/${gone.configDescriptor().digest().hex()} cannot be read any more"
        Files.readAllBytes(file) == before
        Files.list(folder).withCloseable { it*.fileName*.toString().sort() } == ['x.tar', 'y.tar']
    }

    def 'a packed archive is read, and leaves no file behind: #compression'() {
        given:
        def before = temporary()
        def file = folder.resolve('x.tar.packed')
        compression.compress(Files.newOutputStream(file)).withCloseable { Archive.write(it, [a: Samples.index('hello')]) }

        when:
        archive = Archive.open(file)

        then:
        Contents.of(archive.get('a'))*.bytes() == Contents.of(Samples.index('hello'))*.bytes()

        when:
        archive.close()

        then:
        temporary() == before

        where:
        compression << [Compression.GZIP, Compression.ZSTD]
    }

    def 'an archive may come as a stream: #compression'() {
        given:
        def bytes = new ByteArrayOutputStream()
        compression.compress(bytes).withCloseable { Archive.write(it, [a: Samples.image('hello')]) }

        when:
        archive = Archive.read(new ByteArrayInputStream(bytes.toByteArray()), 'standard input')

        then:
        archive.get('a') == Samples.image('hello')

        where:
        compression << Compression.values()
    }

    private static List<String> temporary() {
        new File(System.getProperty('java.io.tmpdir')).list().findAll { it.startsWith('davit-') && it.endsWith('.tar') }.sort()
    }

    def 'a name that is not there is an error that says which are'() {
        given:
        archive = Archive.open(write(a: Samples.image('one'), 'b:v1': Samples.image('two')))

        when:
        archive.get(name)

        then:
        def e = thrown(IOException)
        e.message == "archive $folder/x.tar $message"

        where:
        name   || message
        'b'    || 'has no image b; it has a:latest, b:v1'
        ''     || 'has several images: a:latest, b:v1; say which'
        'A b'  || 'has no image A b; it has a:latest, b:v1'
    }

    def 'what is not an archive of images is refused: #what'() {
        given:
        Files.write(folder.resolve('x.tar'), bytes)

        when:
        archive = Archive.open(folder.resolve('x.tar'))

        then:
        def e = thrown(IOException)
        e.message.startsWith("$folder/x.tar $message")

        where:
        what               | bytes                                             || message
        'an empty file'    | new byte[0]                                       || 'is not an archive of images: it has no file index.json and no manifest.json'
        'another tar file' | Samples.layer(a: 'b').blob().bytes()              || 'is not an archive of images: it has no file index.json and no manifest.json'
        'text'             | ('hello ' * 200).bytes                            || 'is not a tar file that can be read: '
        'half of a gzip'   | [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1] as byte[] || 'cannot be unpacked: the gzip stream is damaged'
    }

    def 'a damaged layer is found out when it is read'() {
        given:
        def image = Samples.image('hello')
        def file = write(a: image)
        def bytes = Files.readAllBytes(file)
        int at = new String(bytes, 'ISO-8859-1').indexOf('hello')
        bytes[at] = ('j' as char) as byte
        Files.write(file, bytes)

        when:
        archive = Archive.open(file)
        archive.get('a').layers()[0].blob().bytes()

        then:
        def e = thrown(IOException)
        e.message.startsWith("$file: blob ${image.layers()[0].digest()} has other content")
    }
}
