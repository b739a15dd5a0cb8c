package dev.davit.layout

import dev.davit.Peers
import dev.davit.Samples
import dev.davit.image.Contents
import dev.davit.image.Image
import dev.davit.image.Platform
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Executors

class OciLayoutSpec extends Specification {

    @TempDir
    Path folder

    def 'an image goes in and comes out byte for byte'() {
        given:
        def image = Samples.image('hello', 'world')
        def layout = OciLayout.create(folder.resolve('a/b'))

        when:
        def descriptor = layout.put('v1', image)
        def back = OciLayout.open(folder.resolve('a/b')).get('v1')

        then:
        descriptor.digest().toString() == 'sha256:ad69834b55540e5537ac038afb0c347908dcb0226cbdfb8ed28d7bc4c661abbf'
        back == image
        back.manifest().bytes() == image.manifest().bytes()
        Contents.of(back)*.bytes() == Contents.of(image)*.bytes()
        back.layers()*.diffId() == image.layers()*.diffId()
    }

    def 'an index goes in and comes out with all that is in it'() {
        given:
        def index = Samples.index('hello')
        def layout = OciLayout.create(folder)

        when:
        layout.put('v1', index)

        then:
        layout.get('v1') == index
        layout.get('v1').images()*.digest() == index.images()*.digest()
        Contents.of(layout.get('v1'))*.bytes() == Contents.of(index)*.bytes()
        Files.list(folder.resolve('blobs/sha256')).withCloseable { it.count() } == 9
    }

    def 'the index and the marker are as the specification has them'() {
        given:
        OciLayout.create(folder).put('v1', Samples.image('hello'))

        expect:
        Files.readString(folder.resolve('oci-layout')) == '{"imageLayoutVersion":"1.0.0"}'
        Files.readString(folder.resolve('index.json')) == '{"schemaVersion":2,' +
                '"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[' +
                '{"mediaType":"application/vnd.oci.image.manifest.v1+json",' +
                '"digest":"sha256:3427119a46027a21b4119dfe11d8d3a95fc071ddd7a81f2680a1f578eaa4b96b",' +
                '"size":397,"platform":{"architecture":"amd64","os":"linux"},' +
                '"annotations":{"org.opencontainers.image.ref.name":"v1"}}]}'
    }

    def 'a name that is there is replaced in its place, and the others stay'() {
        given:
        def layout = OciLayout.create(folder)
        ['v1', 'v2', 'v3'].each { layout.put(it, Samples.image(it)) }

        when:
        layout.put('v2', Samples.image('other'))

        then:
        layout.names().keySet().toList() == ['v1', 'v2', 'v3']
        layout.get('v2') == Samples.image('other')
        layout.get('v3') == Samples.image('v3')
    }

    def 'an image may have several names, or none'() {
        given:
        def layout = OciLayout.create(folder)

        when:
        3.times { layout.put('', Samples.image('hello')) }
        layout.put('v1', Samples.image('hello'))

        then:
        layout.descriptors().size() == 2
        layout.names().keySet().toList() == ['v1']
        layout.get('') == Samples.image('hello')
        layout.get(Samples.image('hello').digest().toString()) == Samples.image('hello')
    }

    def 'a name that is not there is an error that says which are'() {
        given:
        def layout = OciLayout.create(folder)
        layout.put('v1', Samples.image('one'))
        layout.put('', Samples.image('two'))

        when:
        layout.get('v2')

        then:
        def e = thrown(IOException)
        e.message == "layout $folder has no image v2; it has v1, ${Samples.image('two').digest()}"

        when:
        layout.get('')

        then:
        e = thrown(IOException)
        e.message == "layout $folder has several images: v1, ${Samples.image('two').digest()}; say which"
    }

    def 'an empty layout says so'() {
        when:
        OciLayout.create(folder).get('')

        then:
        def e = thrown(IOException)
        e.message == "layout $folder has no images"
    }

    def 'what is not a layout is not opened'() {
        given:
        files.each { name, text -> Files.writeString(folder.resolve(name), text) }

        when:
        OciLayout.open(folder)

        then:
        def e = thrown(IOException)
        e.message == "$folder $message"

        where:
        files                                                         | message
        [:]                                                           | 'is not an OCI layout: it has no file oci-layout'
        ['oci-layout': '{}']                                          | 'is not an OCI layout: it has no file index.json'
        ['oci-layout': '{"imageLayoutVersion":"2.0"}', 'index.json': ''] | "is an OCI layout of version '2.0', expected 1.0.0"
    }

    def 'a blob that is there with its size is not read again, one that is cut off is'() {
        given:
        def image = Samples.image('hello', 'world')
        def layout = OciLayout.create(folder)
        layout.put('v1', image)
        def files = image.blobs().collect { folder.resolve("blobs/sha256/${it.digest().hex()}") }
        def times = files.collect { Files.getAttribute(it, 'unix:ino') }

        when:
        Files.writeString(files[1], 'cut')
        layout.put('v2', image)

        then:
        files.collect { Files.getAttribute(it, 'unix:ino') }.withIndex().findAll { ino, i -> ino != times[i] }*.last() == [1]
        layout.get('v2').blobs()*.bytes() == image.blobs()*.bytes()
    }

    def 'a damaged blob is found out when it is read'() {
        given:
        def image = Samples.image('hello')
        def layout = OciLayout.create(folder)
        layout.put('v1', image)
        def layer = image.layers()[0]
        Files.write(folder.resolve("blobs/sha256/${layer.digest().hex()}"), new byte[layer.size()])

        when:
        layout.get('v1').layers()[0].blob().bytes()

        then:
        def e = thrown(IOException)
        e.message.contains('has other content than its digest says')
    }

    def 'several that write at once lose nothing'() {
        given:
        def layout = OciLayout.create(folder)
        def pool = Executors.newFixedThreadPool(8)

        when:
        def written = (1..24).collect { n -> pool.submit { OciLayout.create(folder).put("v$n", Samples.image("text $n")) } }
        written*.get()

        then:
        layout.names().keySet() == (1..24).collect { "v$it".toString() } as Set
        Files.list(folder).withCloseable { it*.fileName*.toString().sort() } == ['blobs', 'index.json', 'oci-layout']

        cleanup:
        pool.shutdown()
    }

    def 'another process that writes at the same time loses nothing, nor do we'() {
        given:
        def layout = OciLayout.create(folder)
        def script = 'import dev.davit.*; import dev.davit.layout.*; import java.nio.file.*; ' +
                '100.times { OciLayout.open(Path.of(args[0])).put("other$it", Samples.image("$it")) }'
        def other = new ProcessBuilder("${System.getProperty('java.home')}/bin/java", '-cp',
                System.getProperty('java.class.path'), 'groovy.ui.GroovyMain', '-e', script, "$folder")
                .redirectErrorStream(true).start()

        when:
        while (other.alive && layout.names().isEmpty()) {
            sleep(1)
        }
        100.times { layout.put("ours$it", Samples.image("$it")) }
        def said = other.inputStream.text

        then:
        assert other.waitFor() == 0, said
        layout.names().size() == 200
    }

    @Requires(value = { Peers.has('skopeo') && Peers.has('umoci') && Peers.has('buildah') },
            reason = 'needs skopeo, umoci and buildah')
    def 'skopeo, umoci and buildah read what was written'() {
        given:
        def layout = OciLayout.create(folder.resolve('layout'))
        layout.put('one', Samples.image('hello', 'world'))
        layout.put('many', Samples.index('hello'))
        layout.put('plain', Samples.image('hello'))
        def storage = ['--root', "$folder/root", '--runroot', "$folder/run", '--storage-driver', 'vfs']
        def name = "oci:$folder/layout"

        expect:
        Peers.run('skopeo', 'inspect', '--format', '{{.Digest}}', "$name:one").trim() ==
                Samples.image('hello', 'world').digest().toString()
        Peers.run('skopeo', 'inspect', '--raw', "$name:many") == Samples.index('hello').manifest().toString()
        Peers.run('umoci', 'list', '--layout', folder.resolve('layout')).readLines().sort() == ['many', 'one', 'plain']

        when:
        Peers.run('skopeo', 'copy', '--preserve-digests', "$name:one", "oci:$folder/copy:one")
        Peers.run('umoci', 'unpack', '--rootless', '--image', "$folder/layout:plain", folder.resolve('bundle'))
        Peers.run('buildah', *storage, 'pull', "$name:one")

        then:
        OciLayout.open(folder.resolve('copy')).get('one') == Samples.image('hello', 'world')
        Files.readString(folder.resolve('bundle/rootfs/file0')) == 'hello'
        Peers.run('buildah', *storage, 'images', '--noheading', '--format', '{{.Digest}}').trim() ==
                Samples.image('hello', 'world').digest().toString()
    }

    @Requires(value = { Peers.has('umoci') }, reason = 'needs umoci')
    def 'what umoci made is read, and a name is added beside its own'() {
        given:
        def path = folder.resolve('layout')
        Peers.run('umoci', 'init', '--layout', path)
        Peers.run('umoci', 'new', '--image', "$path:base")
        Peers.run('umoci', 'config', '--image', "$path:base", '--config.env', 'A=b', '--architecture', 'arm64', '--os', 'linux')

        when:
        def layout = OciLayout.open(path)
        def image = layout.get('base') as Image
        layout.put('copy', image)

        then:
        image.config().env() == [A: 'b']
        image.platform() == Platform.parse('linux/arm64')
        Peers.run('umoci', 'list', '--layout', path).readLines().sort() == ['base', 'copy']
    }
}
