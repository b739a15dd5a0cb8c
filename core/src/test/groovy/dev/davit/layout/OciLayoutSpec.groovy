package dev.davit.layout

import dev.davit.Peers
import dev.davit.Samples
import dev.davit.blob.Digest
import dev.davit.image.Contents
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.MemorySource
import dev.davit.image.Platform
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
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

    def 'what has a name is not listed again without one'() {
        given:
        def layout = OciLayout.create(folder)
        layout.put('v1', Samples.image('one'))

        when:
        def descriptor = layout.put('', Samples.image('one'))

        then:
        layout.names().keySet() as List == ['v1']
        layout.descriptors() == [descriptor]
    }

    def 'a folder with something else in it is left alone'() {
        given:
        Files.writeString(folder.resolve('index.json'), '{"mine":true}')

        when:
        OciLayout.create(folder)

        then:
        def e = thrown(IOException)
        e.message == "$folder is not an OCI layout, and not empty: expected a layout, or a folder that is new or empty"
        Files.list(folder).withCloseable { it.toList() } == [folder.resolve('index.json')]
        Files.readString(folder.resolve('index.json')) == '{"mine":true}'
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
        layout.put('v2', Samples.image('hello'))

        then:
        layout.descriptors().size() == 2
        layout.names().keySet().toList() == ['v1', 'v2']
        layout.get('') == Samples.image('hello')
        layout.get(Samples.image('hello').digest().toString()) == Samples.image('hello')
    }

    def 'several images may have one name, and the platform tells them apart'() {
        given:
        def layout = OciLayout.create(folder)
        def images = ['linux/amd64', 'linux/arm64'].collect { Samples.imageFor(it, it) }

        when:
        2.times { images.each { layout.append('v1', it) } }

        then:
        layout.names().collectEntries { [it.key, it.value*.digest()] } == [v1: images*.digest()]
        layout.get('v1', Platform.parse('linux/arm64')) == images[1]
        layout.get('', Platform.parse('linux/amd64')) == images[0]

        when:
        layout.get('v1')

        then:
        def e = thrown(IOException)
        e.message == "layout $folder has several images called v1: ${images[0].digest()}, ${images[1].digest()}; say which"

        when:
        layout.get('v1', Platform.parse('linux/s390x'))

        then:
        e = thrown(IllegalArgumentException)
        e.message == "$folder:v1 has no image for linux/s390x; it has linux/amd64, linux/arm64"

        when: 'a put replaces all that has the name'
        layout.put('v1', Samples.image('other'))

        then:
        layout.descriptors()*.digest() == [Samples.image('other').digest()]
    }

    def 'the image for a platform is also found in an index'() {
        given:
        def layout = OciLayout.create(folder)
        layout.put('v1', Samples.index('hello'))

        expect:
        layout.get('v1', Platform.parse('linux/arm64')).digest() == Samples.index('hello').images()[1].digest()
    }

    def 'what is replaced by its platform keeps its place, and what is beside it'() {
        given:
        def layout = OciLayout.create(folder)
        ['linux/amd64', 'linux/arm64', 'linux/s390x'].each { layout.append('v1', Samples.imageFor(it, it)) }
        def better = Samples.imageFor('linux/arm64', 'better')

        when:
        layout.replace({ it.platform().get() == better.platform() }, 'v1', better)

        then:
        layout.descriptors()*.platform()*.get()*.toString() == ['linux/amd64', 'linux/arm64', 'linux/s390x']
        layout.get('v1', better.platform()) == better
    }

    def 'what is removed leaves its blobs, until the garbage is collected'() {
        given:
        def layout = OciLayout.create(folder)
        layout.put('many', Samples.index('hello'))
        layout.put('one', Samples.image('shared', 'only here'))
        def only = Samples.image('shared', 'only here')

        expect: 'nothing is garbage yet'
        layout.collectGarbage() == [:]

        when:
        def removed = layout.remove { it.digest() == only.digest() }

        then:
        removed*.digest() == [only.digest()]
        layout.names().keySet().toList() == ['many']
        layout.remove { it.digest() == only.digest() } == []

        when:
        def garbage = layout.collectGarbage()

        then: 'the shared layer stays'
        garbage == [only.layers()[1].digest(), only.configDescriptor().digest(), only.digest()].toSorted()
                .collectEntries { digest -> [digest, (only.blobs() + only.manifest().blob()).find { it.digest() == digest }.size()] }
        Contents.of(layout.get('many'))*.bytes() == Contents.of(Samples.index('hello'))*.bytes()
        Files.list(folder.resolve('blobs/sha256')).withCloseable { it.count() } == 9
    }

    def 'what a manifest of an unknown kind refers to is no garbage, nor is what another writes'() {
        given:
        def layout = OciLayout.create(folder)
        def source = new MemorySource()
        def blob = source.add('text/plain', 'hello'.bytes)
        def unknown = source.add('application/vnd.example.manifest+json', [mediaType: 'application/vnd.example.manifest+json', blobs: [blob]])
        source.contents.each { digest, bytes -> Files.write(folder.resolve("blobs/sha256/${digest.hex()}"), bytes) }
        Files.write(folder.resolve('blobs/sha256/.being-written'), 'x'.bytes)

        when:
        layout.put('v1', source.get(source.index([unknown])))

        then:
        layout.collectGarbage() == [:]
        Files.exists(folder.resolve('blobs/sha256/.being-written'))
    }

    def 'nothing is garbage where a manifest cannot be read'() {
        given:
        def layout = OciLayout.create(folder)
        def image = Samples.image('hello')
        layout.put('v1', image)
        Files.write(folder.resolve("blobs/sha256/${image.digest().hex()}"), 'x'.bytes)

        when:
        layout.collectGarbage()

        then:
        def e = thrown(IOException)
        e.message.contains("blob ${image.digest()} has other content than its digest says")
        Files.list(folder.resolve('blobs/sha256')).withCloseable { it.count() } == 3
    }

    def 'garbage can be collected while others write'() {
        given:
        def layout = OciLayout.create(folder)
        def pool = Executors.newFixedThreadPool(4)

        when: 'the same blobs become garbage again and again'
        def writers = (1..3).collect { n ->
            pool.submit { 40.times { layout.put("v$n", Samples.image('shared', "text $it")); layout.put("v$n", Samples.image("$n")) } }
        }
        def collected = pool.submit { int n = 0; while (writers.any { !it.done }) { n += layout.collectGarbage().size() }; n }
        writers*.get()

        then:
        collected.get() > 0
        layout.names().size() == 3
        (1..3).every { Contents.of(layout.get("v$it"))*.bytes() == Contents.of(Samples.image("$it"))*.bytes() }

        cleanup:
        pool.shutdown()
    }

    def 'an index is copied with what is in it that is no image'() {
        given:
        def layout = OciLayout.create(folder)
        def source = new MemorySource()
        def layer = source.add('application/vnd.oci.image.layer.v1.tar', 'layer'.bytes)
        def file = source.add('text/plain', 'a file'.bytes)
        def json = source.add('application/spdx+json', '{"spdxVersion":"SPDX-2.3"}'.bytes)
        def unknown = source.add('application/vnd.example.manifest+json', [schemaVersion: 2, x: 1])
        def like = source.image('linux/amd64') + [mediaType: 'application/vnd.example.image+json']
        def index = source.get(source.index([layer, file, json, unknown, like, source.image('linux/arm64')])) as Index

        when:
        layout.put('v1', index)
        def back = layout.get('v1') as Index

        then:
        back == index
        Contents.of(back)*.bytes().flatten() == Contents.of(index)*.bytes().flatten()
        Contents.of(back).size() == 4 + 2 * 3 + 1
        back.descriptors().collect { back.extra(it).map { it.manifest } }*.orElse(null) == [false, false, false, true, null, null]
        layout.collectGarbage() == [:]
    }

    def 'manifests under longer digests stay where the index looks for them'() {
        given:
        def layout = OciLayout.create(folder)
        def source = new MemorySource()
        def image = source.image('linux/amd64')
        def bytes = source.contents[Digest.parse(image.digest)]
        def digest = Digest.of('sha512', MessageDigest.getInstance('SHA-512').digest(bytes))
        source.contents[digest] = bytes
        layout.put('v1', source.get(source.index([image + [digest: digest.toString()]])))

        expect:
        Files.readAllBytes(folder.resolve("blobs/sha512/${digest.hex()}")) == bytes
        layout.get('v1').images()[0].manifest().bytes() == bytes
        layout.collectGarbage() == [:]
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

    def 'a folder that is not there is named'() {
        when:
        OciLayout.open(folder.resolve('none'))

        then:
        def e = thrown(IOException)
        e.message == "there is no folder $folder/none"
    }

    def 'what is listed without a name gets one in its place'() {
        given:
        def layout = OciLayout.create(folder)
        layout.put('', Samples.image('one'))
        layout.put('', Samples.image('two'))

        when:
        layout.put('v1', Samples.image('one'))

        then:
        layout.descriptors().collect { OciLayout.name(it).orElse('') } == ['v1', '']
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
