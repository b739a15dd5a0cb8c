package dev.davit.layout

import static dev.davit.tar.TarFixture.tar

import dev.davit.Samples
import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.Digest
import dev.davit.image.History
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Layer
import dev.davit.image.Platform
import dev.davit.validate.Findings
import dev.davit.validate.Crafted
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

class LayoutValidationSpec extends Specification {

    static final Image IMAGE = Samples.image('hello', 'world')
    static final Index INDEX = Samples.index('more')
    static final String VERSION = '{"imageLayoutVersion":"1.1.0"}'
    static final String MANIFEST = IMAGE.digest().hex()
    static final String CONFIG = IMAGE.configDescriptor().digest().hex()
    static final String LAYER = IMAGE.layerDescriptors()[0].digest().hex()

    static final String LOST = 'image sha256:ad6983, layer 0 (sha256:07b455): is not there'

    @TempDir
    Path folder

    def setup() {
        OciLayout.create(folder).put('v1', IMAGE)
    }

    /** What is wrong, with the folder as a dot and digests cut. */
    private List<String> shortened(List findings) {
        Crafted.shortened(findings)*.replace(folder.toString(), '.')*.replaceAll(/(sha256\/\w{6})\w{58}/, '$1')
    }

    private Path blob(String hex) {
        new Damage(folder).blob(hex)
    }

    static class Damage {

        final Path at

        Damage(Path at) {
            this.at = at
        }

        Path blob(String hex) {
            at.resolve("blobs/sha256/$hex")
        }

        void remove(String name) {
            Files.delete(at.resolve(name))
        }

        void change(String hex, Closure<byte[]> change) {
            Files.write(blob(hex), change(Files.readAllBytes(blob(hex))))
        }

        void write(String name, String text) {
            Files.writeString(at.resolve(name), text)
        }

        void edit(String name, String from, String to) {
            write(name, Files.readString(at.resolve(name)).replace(from, to))
        }
    }

    def 'a layout without damage has no findings and no notes'() {
        given:
        OciLayout.create(folder).put('v2', INDEX)
        OciLayout.create(folder).put('v3', IMAGE)

        when:
        def findings = OciLayout.validate(folder, fast)

        then:
        findings == []
        findings.notes() == []

        where:
        fast << [false, true]
    }

    def 'what is damaged is found, and nothing else: #what'() {
        given:
        def it = new Damage(folder)
        damage.rehydrate(it, it, it).call()

        expect:
        shortened(OciLayout.validate(folder, false)) == slow
        shortened(OciLayout.validate(folder, true)) == fast

        where:
        what                            | damage                                       || slow | fast
        'no version'                    | { remove('oci-layout') }                     || ['./oci-layout: is not there'] | slow
        'another version'               | { write('oci-layout', VERSION) }             ||
                ["./oci-layout: has the imageLayoutVersion '1.1.0', expected '1.0.0'"] | slow
        'a version that is no JSON'     | { write('oci-layout', '1.0') }               ||
                ['./oci-layout: is not a JSON object'] | slow
        'no index'                      | { remove('index.json') }                     || ['./index.json: is not there'] | slow
        'an index that is no index'     | { edit('index.json', 'image.index.v1', 'x') } ||
                ['./index.json: has the media type application/vnd.oci.x+json, expected ' +
                         'application/vnd.oci.image.index.v1+json'] | slow
        'an entry without digest'       | { edit('index.json', '"digest"', '"digset"') } ||
                ['./index.json, manifest 0: the descriptor has no digest'] | slow
        'an entry of another size'      | { edit('index.json', '"size":', '"size":1') } ||
                ['./index.json, manifest 0 (sha256:ad6983): ./blobs/sha256/ad6983: blob sha256:ad6983 ends after ' +
                         '550 of 1550 bytes'] | slow
        'an entry for another platform' | { edit('index.json', 'amd64', 's390x') }     ||
                ['./index.json, manifest 0 (sha256:ad6983): is listed for linux/s390x, but its config says linux/amd64'] | slow
        'a lost manifest'               | { Files.delete(blob(MANIFEST)) }             ||
                ['./index.json, manifest 0 (sha256:ad6983): there is no file ./blobs/sha256/ad6983'] | slow
        'a manifest that is bent'       | { change(MANIFEST) { Crafted.bent(it, 30) } } ||
                ['./index.json, manifest 0 (sha256:ad6983): ./blobs/sha256/ad6983: blob sha256:ad6983 has other ' +
                         'content than its digest says: it is sha256:e9124a'] | slow
        'a lost config'                 | { Files.delete(blob(CONFIG)) }               ||
                ['image sha256:ad6983, config (sha256:b7f50f): there is no file ./blobs/sha256/b7f50f'] | slow
        'a config that is bent'         | { change(CONFIG) { Crafted.bent(it, 2) } }   ||
                ['image sha256:ad6983, config (sha256:b7f50f): has other content than its digest says: it is ' +
                         'sha256:8bc696',
                 'image sha256:ad6983, config (sha256:b7f50f): says no architecture',
                 './index.json, manifest 0 (sha256:ad6983): is listed for linux/amd64, but its config says linux'] | slow
        'a lost layer'                  | { Files.delete(blob(LAYER)) }                || 
                ['image sha256:ad6983, layer 0 (sha256:07b455): there is no file ./blobs/sha256/07b455'] | [LOST, *slow.drop(1)]
        'a layer that is cut off'       | { change(LAYER) { Arrays.copyOf(it, 1024) } } ||
                ['image sha256:ad6983, layer 0 (sha256:07b455): has 1024 bytes, but its descriptor says 2048',
                 'image sha256:ad6983, layer 0 (sha256:07b455): has other content than its digest says: it is ' +
                         'sha256:cae9e6'] | slow.take(1)
        'a layer that is bent'          | { change(LAYER) { Crafted.bent(it, 513) } }  ||
                ['image sha256:ad6983, layer 0 (sha256:07b455): has other content than its digest says: it is ' +
                         'sha256:46e943'] | []
        'no folder of blobs'            | { Files.move(at.resolve('blobs'), at.resolve('other')) } ||
                ['./index.json, manifest 0 (sha256:ad6983): there is no file ./blobs/sha256/ad6983',
                 './blobs: is not a folder'] | slow
    }

    def 'blobs that nothing refers to are noted, and judged by their name'() {
        given:
        Files.write(blob(Digest.of('good'.bytes).hex()), 'good'.bytes)
        Files.write(blob('a' * 64), 'bad'.bytes)
        Files.write(blob('part'), 'x'.bytes)
        def blobs = OciLayout.validate(folder, false)
        def fast = OciLayout.validate(folder, true)

        expect:
        shortened(blobs) == ['./blobs/sha256/aaaaaa: has other content than its digest says: it is sha256:2f05d4']
        shortened(blobs.notes()) == [
                './blobs/sha256/770e60: nothing refers to this blob',
                './blobs/sha256/aaaaaa: nothing refers to this blob',
                './blobs/sha256/part: is not named by a digest']
        shortened(fast) == []
        fast.notes() == blobs.notes()
    }

    def 'a folder that is no layout says so'() {
        expect:
        shortened(OciLayout.validate(folder.resolve('gone'), false)) == [
                './gone/oci-layout: is not there', './gone/index.json: is not there', './gone/blobs: is not a folder']
    }

    def 'a large layer is read in a stream'() {
        given:
        def bytes = tar { file 'zeros', '\0' * 50_000_000 }
        def layer = Layer.of(Blob.of(Crafted.pack(bytes, Compression.ZSTD)), Digest.of(bytes), Compression.ZSTD, 'x')
        def image = Image.scratch(Platform.parse('linux/amd64')).withLayers([layer], [History.of(Instant.EPOCH, 'x')])
        OciLayout.create(folder).put('large', image)

        expect:
        OciLayout.validate(folder, false) == []
    }
}
