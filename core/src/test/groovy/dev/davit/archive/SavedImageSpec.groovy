package dev.davit.archive

import dev.davit.Samples
import dev.davit.blob.Compression
import dev.davit.image.Contents
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Layer
import dev.davit.json.Json
import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

/** Archives as docker wrote them before version 25. */
class SavedImageSpec extends Specification {

    @TempDir
    Path folder
    @AutoCleanup(quiet = true)
    Archive archive

    static final Layer ONE = Samples.layer(a: 'one')
    static final Layer TWO = Samples.layer(b: 'two')
    static final CONFIG = ('{"architecture":"amd64","os":"linux","config":{"Env":["A=b"]},"rootfs":{"type":"layers",' +
            "\"diff_ids\":[\"${ONE.diffId()}\",\"${TWO.diffId()}\",\"${ONE.diffId()}\"]}}").toString()

    /** Texts and bytes are files, a name after an arrow is a symbolic link, one after a double arrow a hard link. */
    private Path tar(Map<String, ?> files) {
        def file = folder.resolve('x.tar')
        new TarArchiveOutputStream(Files.newOutputStream(file)).withCloseable { tar ->
            files.each { name, content ->
                def link = content instanceof String && content =~ /^[-=]> /
                def entry = link ? new TarArchiveEntry(name, content.startsWith('-') ? TarArchiveEntry.LF_SYMLINK : TarArchiveEntry.LF_LINK)
                        : new TarArchiveEntry(name, true)
                if (link) {
                    entry.linkName = content.substring(3)
                    tar.putArchiveEntry(entry)
                } else {
                    def bytes = content instanceof byte[] ? content : content.toString().bytes
                    entry.size = bytes.length
                    tar.putArchiveEntry(entry)
                    tar.write(bytes)
                }
                tar.closeArchiveEntry()
            }
        }
        file
    }

    private Path classic(String prefix = '', String config = CONFIG) {
        def files = [
                'manifest.json': '[{"Config":"c.json","RepoTags":["app:v1","b.example/app:v2"],' +
                        '"Layers":["1/layer.tar","2/layer.tar","3/layer.tar"]}]',
                '3/layer.tar'  : '-> ../1/layer.tar',
                '1/layer.tar'  : ONE.blob().bytes(),
                '2/layer.tar'  : TWO.blob().bytes(),
                'c.json'       : config]
        tar(files.collectEntries { name, content -> [prefix + name, content] })
    }

    def 'an image gets a manifest over its config and its layers as they are: #prefix'() {
        when:
        archive = Archive.open(classic(prefix))
        def image = archive.get('app:v1') as Image

        then:
        image.digest().toString() == 'sha256:b7170aeb5e689df1ab4c7038454e6bd2ae90da973bb3e0f8ba525b7b73b5f71d'
        image.config().document().toString() == CONFIG
        image.layers()*.diffId() == [ONE, TWO, ONE]*.diffId()
        image.layers()*.blob()*.bytes() == [ONE, TWO, ONE]*.blob()*.bytes()
        image.layers()*.mediaType()*.name().toUnique() == ['application/vnd.oci.image.layer.v1.tar']
        archive.names() == ['app:v1', 'b.example/app:v2']
        archive.get('b.example/app:v2') == image
        archive.get('') == image

        where:
        prefix << ['', './', '/']
    }

    def 'a packed layer stays as it is: #compression'() {
        given:
        def layer = Samples.layer([a: 'one'], compression)
        archive = Archive.open(tar([
                'l.packed'     : layer.blob().bytes(),
                'c'            : "{\"rootfs\":{\"diff_ids\":[\"${layer.diffId()}\"]}}",
                'manifest.json': '[{"Config":"c","RepoTags":null,"Layers":["l.packed"]}]']))

        expect:
        with(archive.get('') as Image) {
            layers()[0].digest() == layer.digest()
            layers()[0].mediaType() == layer.mediaType()
            layers()[0].blob().bytes() == layer.blob().bytes()
            layers()[0].uncompressed().bytes == ONE.blob().bytes()
        }

        where:
        compression << [Compression.GZIP, Compression.ZSTD]
    }

    def 'a layer may be a hard link to another one: #target'() {
        given:
        archive = Archive.open(tar([
                'manifest.json': '[{"Config":"c.json","RepoTags":["a:b"],"Layers":["1/layer.tar","2/layer.tar","3/layer.tar"]}]',
                '1/layer.tar'  : ONE.blob().bytes(),
                '2/layer.tar'  : TWO.blob().bytes(),
                '3/layer.tar'  : "=> $target".toString(),
                'c.json'       : CONFIG]))

        expect:
        (archive.get('a:b') as Image).layers()*.blob()*.bytes() == [ONE, TWO, ONE]*.blob()*.bytes()

        where:
        target << ['1/layer.tar', './1/layer.tar']
    }

    def 'an empty list has no images: #list'() {
        given:
        archive = Archive.open(tar(['manifest.json': list]))

        when:
        archive.get('')

        then:
        archive.names() == []
        def e = thrown(IOException)
        e.message == "archive $folder/x.tar has no images"

        where:
        list << ['null', '[]', ' null\n']
    }

    def 'an OCI archive may have an index in its index, and docker saves only what it has of one'() {
        given:
        def index = Samples.index('hello')
        def nested = Index.of([index])
        def blobs = Contents.of(nested).collectEntries { ["./blobs/sha256/${it.digest().hex()}".toString(), it.bytes()] }
        blobs.remove("./blobs/sha256/${index.images()[1].digest().hex()}".toString())
        archive = Archive.open(tar(blobs + [
                './index.json': new String(Json.write([schemaVersion: 2, manifests: [nested.descriptor().tree() +
                        [annotations: ['io.containerd.image.name': 'docker.io/library/app:v1', 'org.opencontainers.image.ref.name': 'v1']]]])),
                './manifest.json': '[{"Config":"blobs/sha256/x","RepoTags":["app:v1"],"Layers":[]}]',
                './oci-layout': '{"imageLayoutVersion":"1.0.0"}']))

        expect:
        archive.names() == ['app:v1']
        archive.get('app:v1') == nested
        archive.get('v1') == nested
        archive.get('app:v1').manifest().bytes() == nested.manifest().bytes()

        when:
        archive.get('app:v1').images()

        then:
        def e = thrown(IOException)
        e.message == "$folder/x.tar does not have all that its index lists: no manifest ${index.images()[1].digest()}, for linux/arm64"
    }

    def 'docker may give the names in its list only'() {
        given:
        def image = Samples.image('hello')
        Archive.write(folder.resolve('y.tar'), ['': image])
        def blobs = ([image.manifest().blob()] + image.blobs()).collectEntries {
            ["blobs/sha256/${it.digest().hex()}".toString(), it.bytes()]
        }

        when:
        archive = Archive.open(tar(blobs + [
                'index.json'   : "{\"manifests\":[${new String(Json.write(image.descriptor().tree()))}]}",
                'manifest.json': "[{\"Config\":\"blobs/sha256/${image.configDescriptor().digest().hex()}\"," +
                        '"RepoTags":["app:v1"],"Layers":[]}]']))

        then:
        archive.names() == ['app:v1']
        archive.get('app:v1') == image
    }

    def 'what is damaged is named: #message'() {
        given:
        def file = tar(files)

        when:
        archive = Archive.open(file)
        archive.get('').layers()*.blob()*.bytes()

        then:
        def e = thrown(IOException)
        e.message == "$file$message"

        where:
        files || message
        ['manifest.json': '{}'] || ', manifest.json is not a list'
        ['manifest.json': '[1]'] || ', manifest.json is not a list of objects'
        ['manifest.json': '[{}]'] || ', manifest.json names no config'
        ['manifest.json': '[{"Config":"c.json"}]'] || ' has no file c.json'
        ['manifest.json': '[{"Config":"c.json"}]', 'c.json': '-> c.json'] || ' has no file c.json'
        ['manifest.json': '[{"Config":"c.json","Layers":["l"]}]', 'c.json': CONFIG] ||
                ', manifest.json lists 1 layers, but c.json has 3 diff ids'
        ['manifest.json': '[{"Config":"c.json","Layers":["l","l","l"]}]', 'c.json': CONFIG] || ' has no file l'
        ['manifest.json': '[{"Config":"c.json","Layers":["l","l","l"]}]', 'c.json': CONFIG, 'l': 'x' * 2048] ||
                ", l: blob ${ONE.diffId()} has other content than its digest says: it is " +
                'sha256:1d1801f753ccd9fa57966c46f360585caf83337a394a5f238d4e4e7d6005788d'
    }
}
