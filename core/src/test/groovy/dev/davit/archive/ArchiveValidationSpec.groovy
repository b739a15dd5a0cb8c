package dev.davit.archive

import static org.apache.commons.compress.archivers.tar.TarConstants.LF_SYMLINK

import dev.davit.Samples
import dev.davit.blob.Compression
import dev.davit.blob.Digest
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.validate.Crafted
import dev.davit.validate.Findings
import java.nio.file.Files
import java.nio.file.Path
import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream
import org.apache.commons.compress.archivers.tar.TarFile
import spock.lang.Specification
import spock.lang.TempDir

class ArchiveValidationSpec extends Specification {

    static final Image IMAGE = Samples.image('hello', 'world')
    static final Index INDEX = Samples.index('more')
    static final String CONFIG = "blobs/sha256/${IMAGE.configDescriptor().digest().hex()}"
    static final String LAYER = "blobs/sha256/${IMAGE.layerDescriptors()[0].digest().hex()}"
    static final String UPPER = "blobs/sha256/${IMAGE.layerDescriptors()[1].digest().hex()}"
    static final String MANIFEST = "blobs/sha256/${IMAGE.digest().hex()}"

    static final String VERSION = '{"imageLayoutVersion":"2"}'
    static final String LAYERS = "\"$LAYER\",\"$UPPER\""
    static final String SWAPPED = "\"$UPPER\",\"$LAYER\""
    static final String OTHER = './x.tar, manifest.json, image 0: its layers are not those of image sha256:ad6983, ' +
            'which index.json lists with the same config'

    static final String TWICE = 'is there more than once: one reader takes the first of them, another the last'
    static final String LOST = 'image sha256:ad6983, layer 0 (sha256:07b455): is not there'

    @TempDir
    Path folder
    Craft craft

    /** What an archive holds; a text is a file too, and after an arrow a link. */
    static class Craft {

        Path file
        Map<String, Object> files
        /** What comes behind all that, by names that may be there already. */
        Map<String, Object> again = [:]

        Craft(Path file) {
            this.file = file
            Archive.write(file, ['app:v1': IMAGE])
            files = new TarFile(file).withCloseable { tar ->
                tar.entries.findAll { !it.directory }.collectEntries { [it.name, tar.getInputStream(it).bytes] }
            }
        }

        void edit(String name, String from, String to) {
            files[name] = new String(files[name] as byte[]).replace(from, to)
        }

        /** Only the older form, which has no manifest. */
        void classic() {
            files = ['manifest.json': '[{"Config":"c.json","RepoTags":["app:v1"],"Layers":["1/layer.tar","2/layer.tar"]}]',
                    'c.json': files[CONFIG], '1/layer.tar': files[LAYER],
                    '2/layer.tar': IMAGE.layers()[1].uncompressed().bytes]
        }

        void removeLists() {
            files.keySet().removeAll(['index.json', 'manifest.json'])
        }

        void removeBlobs() {
            files.keySet().removeIf { it.startsWith('blobs') }
        }

        void write() {
            new TarArchiveOutputStream(Files.newOutputStream(file)).withCloseable { tar ->
                (files.entrySet().toList() + again.entrySet().toList()).each { def (name, value) = [it.key, it.value]
                    def link = value.toString().startsWith('-> ')
                    def entry = link ? new TarArchiveEntry(name, LF_SYMLINK) : new TarArchiveEntry(name, true)
                    def bytes = link ? new byte[0] : value instanceof byte[] ? value : value.toString().bytes
                    entry.linkName = link ? value.toString().substring(3) : ''
                    entry.size = bytes.length
                    tar.putArchiveEntry(entry)
                    tar.write(bytes)
                    tar.closeArchiveEntry()
                }
            }
        }
    }

    def setup() {
        craft = new Craft(folder.resolve('x.tar'))
    }

    private Findings validate(boolean fast = false) {
        Archive.validate(craft.file, fast)
    }

    private List<String> shortened(List findings) {
        Crafted.shortened(findings)*.replace(folder.toString(), '.')*.replaceAll(/(sha256\/\w{6})\w{58}/, '$1')
    }

    def 'an archive without damage has no findings and no notes: #what'() {
        given:
        change.rehydrate(craft, craft, craft).call()

        expect:
        [false, true].each { fast ->
            assert validate(fast) == []
            assert validate(fast).notes() == []
        }

        where:
        what                         | change
        'one image'                  | { }
        'an image and an index'      | { Archive.write(file, ['app:v1': IMAGE, 'app:v2': INDEX, '': IMAGE]) }
        'packed'                     | { Files.write(file, Crafted.pack(Files.readAllBytes(file), Compression.GZIP)) }
        'for OCI tools only'         | { files.remove('manifest.json'); write() }
        'as older versions of docker wrote it' | { classic(); write() }
        'with links to the layers'   | {
            edit('manifest.json', LAYER, '1/layer.tar')
            files['1/layer.tar'] = "-> ../$LAYER"
            write()
        }
    }

    def 'what is damaged is found, and nothing else: #what'() {
        given:
        damage.rehydrate(craft, craft, craft).call()
        craft.write()

        expect:
        shortened(validate()) == slow
        shortened(validate(true)) == fast

        where:
        what                                | damage                                            || slow | fast
        'no lists'                          | { removeLists(); removeBlobs() }                  ||
                ['./x.tar: has no file index.json and no manifest.json'] | slow
        'no version'                        | { files.remove('oci-layout') }                    ||
                ['./x.tar, oci-layout: ./x.tar has no file oci-layout'] | slow
        'another version'                   | { files['oci-layout'] = VERSION }                 ||
                ["./x.tar, oci-layout: has the imageLayoutVersion '2', expected '1.0.0'"] | slow
        'a lost layer'                      | { files.remove(LAYER) }                           ||
                ['image sha256:ad6983, layer 0 (sha256:07b455): ./x.tar has no file blobs/sha256/07b455',
                 "./x.tar, manifest.json, image 0: there is no file 'blobs/sha256/07b455', its layer 0"] | [LOST, *slow.drop(1)]
        'a lost config'                     | { files.remove(CONFIG) }                          ||
                ['image sha256:ad6983, config (sha256:b7f50f): ./x.tar has no file blobs/sha256/b7f50f',
                 "./x.tar, manifest.json, image 0: there is no file 'blobs/sha256/b7f50f', its config"] | slow
        'a lost manifest'                   | { files.remove(MANIFEST) }                        ||
                ['./x.tar, index.json, manifest 0 (sha256:ad6983): ./x.tar does not have all that its index lists: no ' +
                         'manifest sha256:ad6983, for linux/amd64'] | slow
        'a layer that is cut off'           | { files[LAYER] = Arrays.copyOf(files[LAYER], 9) } ||
                ['image sha256:ad6983, layer 0 (sha256:07b455): has 9 bytes, but its descriptor says 2048',
                 'image sha256:ad6983, layer 0 (sha256:07b455): has other content than its digest says: it is ' +
                         'sha256:ba146d',
                 'image sha256:ad6983, layer 0 (sha256:07b455): not a tar archive'] | slow.take(1)
        'a layer that is bent'              | { files[LAYER] = Crafted.bent(files[LAYER], 513) } ||
                ['image sha256:ad6983, layer 0 (sha256:07b455): has other content than its digest says: it is ' +
                         'sha256:46e943'] | []
        'an image that docker does not get' | { files['manifest.json'] = '[]' }                 ||
                ['./x.tar, index.json: lists image sha256:ad6983, which manifest.json does not have'] | slow
        'an image that only docker gets'    | { edit('manifest.json', CONFIG, 'c'); files.c = files[CONFIG] } ||
                ["./x.tar, manifest.json, image 0: no image that index.json lists has the config 'c'",
                 './x.tar, index.json: lists image sha256:ad6983, which manifest.json does not have'] | slow
        'other layers'                      | { edit('manifest.json', LAYERS, SWAPPED) }        || [OTHER] | slow
        'a layer too few'                   | { edit('manifest.json', "\"$LAYER\",", '') }      || [OTHER] | slow
        'another name'                      | { edit('manifest.json', 'app:v1', 'app:v2') }     ||
                ['./x.tar, manifest.json, image 0: is called app:v2, but index.json calls it app:v1'] | slow
        'a name that is there twice'        | { again[LAYER] = files[LAYER]; again['index.json'] = files['index.json'] } ||
                ["./x.tar, blobs/sha256/07b455: $TWICE", "./x.tar, index.json: $TWICE"] | slow
        'a list that is none'               | { files['manifest.json'] = '{}' }                 ||
                ['./x.tar, manifest.json: is not a list'] | slow
        'an index that is no JSON'          | { files['index.json'] = '{'; files.remove('manifest.json') } ||
                ['./x.tar, index.json: is not JSON that can be read at line 1, column 2: Unexpected end-of-input: ' +
                         'expected close marker for Object'] | slow
        'older: a lost layer'               | { classic(); files.remove('2/layer.tar') }        ||
                ["./x.tar, manifest.json, image 0: there is no file '2/layer.tar', its layer 1"] | slow
        'older: a lost config and layer'    | { classic(); files = files.subMap(['manifest.json', '2/layer.tar']) } ||
                ["./x.tar, manifest.json, image 0: there is no file 'c.json', its config",
                 "./x.tar, manifest.json, image 0: there is no file '1/layer.tar', its layer 0"] | slow
        'older: a bent layer'               | { classic(); files['2/layer.tar'][513] ^= 1 }     ||
                ['image sha256:a35d4e, layer 1 (sha256:ec939f): has other content than its digest says: it is ' +
                         'sha256:7118ee'] | []
        'older: a layer too few'            | { classic(); edit('manifest.json', ',"2/layer.tar"', '') } ||
                ['./x.tar, manifest.json, image 0: ./x.tar, manifest.json lists 1 layers, but c.json has 2 diff ids'] | slow
        'older: a config that is no JSON'   | { classic(); files['c.json'] = '{' }              ||
                ['./x.tar, manifest.json, image 0: ./x.tar, c.json is not JSON that can be read at line 1, column 2: ' +
                         'Unexpected end-of-input: expected close marker for Object'] | slow
    }

    def 'blobs that nothing refers to are noted, and judged by their name'() {
        given:
        craft.files.putAll([('blobs/sha256/' + Digest.of('good'.bytes).hex()): 'good',
                ('blobs/sha256/' + 'a' * 64): 'bad', 'blobs/sha256/part': 'x', 'VERSION': '1.0'])
        craft.write()

        expect:
        shortened(validate()) == [
                './x.tar, blobs/sha256/aaaaaa: has other content than its digest says: it is sha256:2f05d4']
        shortened(validate().notes()) == [
                './x.tar, blobs/sha256/770e60: nothing refers to this blob',
                './x.tar, blobs/sha256/aaaaaa: nothing refers to this blob',
                './x.tar, blobs/sha256/part: is not named by a digest']
        shortened(validate(true)) == []
        validate(true).notes() == validate().notes()
    }

    def 'what is no archive says so: #what'() {
        given:
        Files.write(craft.file, bytes)

        expect:
        shortened(validate()) == [expected]

        where:
        what                 | bytes                                                     || expected
        'text'               | ('x' * 2000).bytes                                        ||
                './x.tar: is not a tar file that can be read: Corrupted TAR archive.'
        'nothing'            | new byte[0]                                               ||
                './x.tar: has no file index.json and no manifest.json'
        'gzip that is short' | Crafted.pack('x'.bytes, Compression.GZIP)[0..8] as byte[] ||
                './x.tar: cannot be unpacked: the gzip stream is damaged: it ends too early'
    }

    def 'a file that is not there is a finding'() {
        expect:
        shortened(Archive.validate(folder.resolve('gone.tar'), false)) == ['./gone.tar: is not there']
    }
}
