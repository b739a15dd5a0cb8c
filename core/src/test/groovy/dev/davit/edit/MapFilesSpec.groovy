package dev.davit.edit

import static dev.davit.edit.Images.files
import static dev.davit.edit.Images.history
import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer
import static dev.davit.edit.Images.steps
import static dev.davit.edit.Images.store

import dev.davit.blob.Compression
import dev.davit.image.Image
import dev.davit.tar.Entry
import dev.davit.tar.TarFixture
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir

class MapFilesSpec extends Specification {

    @TempDir Path folder

    static final BASE = layer(Compression.GZIP) {
        dir 'etc'; file 'etc/motd', 'hello', 0644, [atime: '5', 'SCHILY.xattr.user.a': 'x']; symlink 'link', 'etc'
        file 'tmp/a', 'a'; hardlink 'tmp/b', 'tmp/a'
    }
    static final TOP = layer(Compression.ZSTD) { file 'etc/.wh.gone', ''; file 'etc/top', 'top' }
    static final IMAGE = image([BASE, TOP], history: steps('base', 'top'), docker: true)

    Image map(FileEditor.Block block, Image image = IMAGE) {
        MapFiles.of(store(folder), block).apply(image)
    }

    static Entry entry(Image image, String path) {
        image.layers().collectMany { TarFixture.entries(it) }.find { it.path() == path }
    }

    def 'a change of one entry is seen there, and all others stay: #change'() {
        given:
        def mapped = map { if (it.entry().path() == 'etc/motd') it.with(block) }
        def others = { Image image -> TarFixture.entries(image.layers()[0]).findAll { it.path() != path && it.path() != 'etc/motd' } }

        expect:
        "${entry(mapped, path)}" == line
        others(mapped) == others(IMAGE)
        mapped.layers()[1] == IMAGE.layers()[1]
        mapped.config().diffIds() == mapped.layers()*.diffId()
        history(mapped) == ['base', 'top']

        where:
        change    | block                             | path       || line
        'mode'    | { mode(0600) }                    | 'etc/motd' || '-rw------- 0:0 5 2001-09-09T01:46:40Z /etc/motd'
        'owner'   | { owner(33, 34) }                 | 'etc/motd' || '-rw-r--r-- 33:34 5 2001-09-09T01:46:40Z /etc/motd'
        'time'    | { time(Instant.EPOCH) }           | 'etc/motd' || '-rw-r--r-- 0:0 5 1970-01-01T00:00:00Z /etc/motd'
        'path'    | { path('/opt//m') }               | 'opt/m'    || '-rw-r--r-- 0:0 5 2001-09-09T01:46:40Z /opt/m'
        'content' | { text('hello, world') }          | 'etc/motd' || '-rw-r--r-- 0:0 12 2001-09-09T01:46:40Z /etc/motd'
        'drop'    | { drop() }                        | 'etc/motd' || 'null'
    }

    def 'content is replaced by text, by bytes, by a stream, or by what it was with changes'() {
        expect:
        files(map { if (it.entry().path() == 'etc/motd') it.with(block) }, folder)
                .find { it.startsWith('etc/motd') } == "etc/motd=$expected"

        where:
        block                                                             || expected
        ({ text('ahoy') })                                                || 'ahoy'
        ({ bytes('ahoy'.bytes) })                                         || 'ahoy'
        ({ content(4, { new ByteArrayInputStream('ahoy'.bytes) }) })      || 'ahoy'
        ({ text(text().toUpperCase()) })                                  || 'HELLO'
        ({ text(); mode(0600) })                                          || 'hello'
    }

    def 'what the entry says beside the change stays: extended attributes too, but not times other than the one that is set'() {
        expect:
        entry(map { it.mode(0700) }, 'etc/motd').attributes().records() == [atime: '5', 'SCHILY.xattr.user.a': 'x']
        entry(map { it.time(Instant.EPOCH) }, 'etc/motd').attributes().records() == ['SCHILY.xattr.user.a': 'x']
    }

    def 'what changes nothing gives the same image: #what'() {
        expect:
        map(block).is(IMAGE) || map(block) == IMAGE

        where:
        what               | block
        'no statement'     | { }
        'the same values'  | { if (it.entry().path() == 'etc/motd') { it.mode(0644); it.path('etc/motd'); it.text(it.text()) } }
    }

    def 'a layer that is written anew keeps its compression and its media type'() {
        given:
        def mapped = map { it.mode(0700) }

        expect:
        mapped.layerDescriptors()*.mediaType() == IMAGE.layerDescriptors()*.mediaType()
        mapped.layers().collect { it.blob().open().withCloseable { Compression.of(it.readNBytes(4)) } } == [Compression.GZIP, Compression.ZSTD]
        mapped.digest().toString() == 'sha256:21ee756ea941896a7d0877c1b0daccb7a32c3b646741887b437743f4ea6133c5'
    }

    def 'each entry is shown once, whatever changes'() {
        given:
        def seen = []

        when:
        map { seen << it.entry().path(); if (it.entry().path() == 'link') it.drop() }

        then:
        seen == ['etc', 'etc/motd', 'link', 'tmp/a', 'tmp/b', 'etc/.wh.gone', 'etc/top']
    }

    def 'hard links go with a file that gets another path'() {
        expect:
        files(map { if (it.entry().path() == 'tmp/a') it.path('tmp/z') }, folder).findAll { it.startsWith('tmp') } ==
                ['tmp/', 'tmp/b=a', 'tmp/z == tmp/b']
    }

    def 'a file goes only with its hard links'() {
        expect:
        files(map { if (it.entry().path().startsWith('tmp/')) it.drop() }, folder) == ['etc/', 'etc/motd=hello', 'etc/top=top', 'link -> etc']

        when:
        map { if (it.entry().path() == 'tmp/a') it.drop() }

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "'/tmp/a' cannot be dropped: '/tmp/b' is a hard link to it; drop both"
    }

    def 'what an entry is can be asked'() {
        given:
        def kinds = [:]

        when:
        map { kinds[it.entry().path()] = [file: it.file, directory: it.directory, symlink: it.symlink, whiteout: it.whiteout].findAll { it.value }*.key }

        then:
        kinds == [etc: ['directory'], 'etc/motd': ['file'], link: ['symlink'], 'tmp/a': ['file'], 'tmp/b': [],
                  'etc/.wh.gone': ['whiteout'], 'etc/top': ['file']]
    }

    def 'what makes no sense is refused: #message'() {
        when:
        map { if (it.entry().path() == path) it.with(block) }

        then:
        def e = thrown(IllegalArgumentException)
        e.message == message

        where:
        path           | block                  | message
        'etc'          | { text('x') }          | "'/etc' has no content: it is a DIRECTORY"
        'etc/.wh.gone' | { text('x') }          | "'/etc/.wh.gone' has no content: it is a whiteout"
        'etc/.wh.gone' | { path('etc/x') }      | "'/etc/.wh.gone' cannot become 'etc/x': one of the two is a whiteout"
        'etc/motd'     | { path('etc/.wh.x') }  | "'/etc/motd' cannot become 'etc/.wh.x': one of the two is a whiteout"
        'etc/motd'     | { path('../x') }       | "malformed path '../x': expected a path from the root of the image, such as /etc/motd"
        'etc/motd'     | { mode(010000) }       | 'mode 10000 (octal) is out of range: expected 0 to 07777, such as 0644'
        'etc/motd'     | { owner(-1, 0) }       | 'owner -1:0 is negative'
    }

    def 'a file that is larger than the heap flows through'() {
        given:
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java')

        when:
        def process = new ProcessBuilder("$java", '-Xmx40m', '--enable-native-access=ALL-UNNAMED',
                '-cp', System.getProperty('java.class.path'), LargeFile.name, "$folder")
                .redirectErrorStream(true).redirectOutput(folder.resolve('out').toFile()).start()

        then:
        process.waitFor(60, TimeUnit.SECONDS)
        Files.readString(folder.resolve('out')) == "${64 << 20}\n"
    }
}
