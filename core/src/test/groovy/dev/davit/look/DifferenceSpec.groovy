package dev.davit.look

import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer

import dev.davit.blob.Compression
import dev.davit.blob.ContentStore
import dev.davit.image.Artifact
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.look.ImageDifference.Part
import dev.davit.tar.Overlay
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class DifferenceSpec extends Specification {

    @TempDir Path folder

    static final BASE = layer { dir 'etc'; file 'etc/os', 'os' }
    static final APP = layer { dir 'app'; file 'app/run', 'run', 0755; file 'app/conf', 'x' }
    static final NEW = layer { dir 'app'; file 'app/run', 'go!', 0755; dir 'app/doc'; file 'app/doc/a', 'a'; file 'app/doc/b', 'b' }

    static Image was(Map said = [:]) {
        image([config: [config: [Env: ['PATH=/bin', 'OLD=1'], Cmd: ['run']]], history: [[created_by: 'os'], [created_by: 'COPY app']]] + said,
                [BASE, APP])
    }

    static Image now(Map said = [:]) {
        image([config: [config: [Env: ['PATH=/usr/bin', 'NEW=1'], Cmd: ['run', '-x'], User: 'app']],
                history: [[created_by: 'os'], [created_by: 'COPY app']]] + said, [BASE, NEW])
    }

    Difference diff(Artifact before, Artifact after, Part... parts) {
        def store = ContentStore.at(folder.resolve('store'), 0)
        Difference.of(before, after, parts ? parts as Set : Difference.USUAL, new Difference.Reader() {
            Overlay files(Image image) { Overlay.of(image, store) }
            List<InstalledPackage> packages(Image image) { Packages.of(files(image), store) }
        })
    }

    def 'two images are compared in manifest, config, layers and files'() {
        expect:
        diff(was(), now(manifest: [annotations: ['a.b/c': 'd']])).toString() == '''\
            linux/amd64: sha256:46197c8dff4bf7bbebae4d8363e9402c7086546899411c39cf7e132a9cd9ebd5 (7.0 kB) -> \
            sha256:8c198a6bb3f1d8359040626e496ed7734f4f07452ab77cc32007a7891e0c67da (8.6 kB)
              manifest
                + annotations["a.b/c"]: "d"
              config
                ~ config.Env.PATH: "/bin" -> "/usr/bin"
                - config.Env.OLD: "1"
                + config.Env.NEW: "1"
                ~ config.Cmd: ["run"] -> ["run","-x"]
                + config.User: "app"
              layers, besides 1 that both have
                - sha256:f99aaf17c8ff8d6b8de90e5806e3daf364215e226d6ee86bb06dac659acf5c8c (3.6 kB) COPY app
                + sha256:d954bc96ee44471b9801ec72712c9e0874dc891518e1d4c81fd6337cdfb8025c (5.1 kB) COPY app
              files
                - /app/conf (1 B)
                + /app/doc/ (2 files, 2 B)
                ~ /app/run: content'''.replaceAll(/(?m)^ {12}/, '').replaceAll(/ {12}(?=sha256)/, '')
    }

    def 'only what is asked for is compared, and without files no layer is read'() {
        given:
        def found = diff(unreadable(was()), unreadable(now()), Part.CONFIG, Part.LAYERS, Part.MANIFEST).images()[0]

        expect:
        found.config()*.toString() == ['~ config.Env.PATH: "/bin" -> "/usr/bin"', '- config.Env.OLD: "1"', '+ config.Env.NEW: "1"',
                '~ config.Cmd: ["run"] -> ["run","-x"]', '+ config.User: "app"']
        found.layers()*.kind()*.name() == ['REMOVED', 'SHARED', 'ADDED']
        found.files() == []
        !found.empty
    }

    /** The same image, whose layers fail when they are opened. */
    private static Image unreadable(Image image) {
        Artifact.of(image.manifest(), new Artifact.Content() {
            dev.davit.blob.Blob blob(dev.davit.image.Descriptor descriptor) {
                descriptor.digest() == image.configDescriptor().digest() ? image.blobs()[0] :
                        dev.davit.blob.Blob.of(descriptor.digest(), descriptor.size(), 'a place') { throw new AssertionError((Object) 'read') }
            }
            dev.davit.json.Document manifest(dev.davit.image.Descriptor descriptor) { throw new AssertionError() }
        }, 'test') as Image
    }

    def 'an image does not differ from itself'() {
        given:
        def same = diff(unreadable(was()), unreadable(was()))

        expect:
        same.empty
        same.toString() == "linux/amd64: ${was().digest()} (7.0 kB), the same"
    }

    def 'a layer in other bytes is repacked, and its files are not read'() {
        given:
        def packed = layer(Compression.ZSTD) { dir 'app'; file 'app/run', 'run', 0755; file 'app/conf', 'x' }
        def found = diff(unreadable(was()), unreadable(image([config: [config: [Env: ['PATH=/bin', 'OLD=1'], Cmd: ['run']]],
                history: [[created_by: 'os'], [created_by: 'COPY app']]], [BASE, packed])))

        expect:
        found.images()[0].layers()*.kind()*.name() == ['SHARED', 'REPACKED']
        found.images()[0].files() == []
        found.toString().contains("~ ${packed.digest()} (${packed.size()} B, the same files) COPY app")
    }

    def 'packages are compared where a database of theirs may have changed: #path'() {
        given:
        def database = { version -> layer { dir 'x'; file path, "Package: a\nP:a\nVersion: $version\nV:$version\nStatus: install ok installed\n" } }
        def link = layer { symlink 'var/lib/dpkg', '/x'; symlink 'lib/apk/db', '/x' }

        expect:
        diff(image([link, database('1')]), image([link, database('2')]), Part.PACKAGES).images()[0].packages()*.before()*.get()*.version() == found

        where:
        path                        || found
        'x/status'                  || ['1']
        'x/installed'               || ['1']
        'var/lib/dpkg/status.d/a'   || ['1']
        'x/other'                   || []
    }

    def 'indexes are compared platform by platform'() {
        given:
        def arm = [platform: [architecture: 'arm64', os: 'linux']]
        def s390x = [platform: [architecture: 's390x', os: 'linux']]
        def found = diff(Index.of([was(), was(arm)]), Index.of([now(), was(s390x)]), Part.CONFIG)

        expect:
        found.images()*.platform()*.get()*.toString() == ['linux/amd64', 'linux/arm64', 'linux/s390x']
        found.images().collect { [it.before().present, it.after().present] } == [[true, true], [true, false], [false, true]]
        found.images()[0].config().size() == 5
        found.toString().readLines()[-1] == "linux/s390x: none -> ${was(s390x).digest()} (7.0 kB)"
    }

    def 'an image is compared with that of an index for its platform'() {
        given:
        def arm = [platform: [architecture: 'arm64', os: 'linux']]

        expect:
        diff(was(arm), Index.of([was(), was(arm)])).empty
        diff(Index.of([was(), now(arm)]), was(arm), Part.CONFIG).images()[0].config().size() == 5
    }

    def 'values of a document are compared by their path: #before, #after'() {
        expect:
        FieldChange.between(before, after)*.toString() == changes

        where:
        before                            | after                               || changes
        [a: 1]                            | [a: 1, b: null]                     || []
        [a: [b: 1]]                       | [a: [b: 2]]                         || ['~ a.b: 1 -> 2']
        [a: ['x', 'y']]                   | [a: ['y', 'x']]                     || ['~ a: ["x","y"] -> ["y","x"]']
        [a: [:]]                          | [:]                                 || []
        [:]                               | [a: [b: 'x']]                       || ['+ a.b: "x"']
        [a: ['b c/d': 'x']]               | [a: [:]]                            || ['- a["b c/d"]: "x"']
        [h: [[a: 1], [b: 1], [c: 1]]]     | [h: [[a: 1], [n: 1], [c: 1]]]       || ['- h[1].b: 1', '+ h[1].n: 1']
        [h: [[a: 1], [c: 1]]]             | [h: [[a: 1], [n: 1], [c: 1]]]       || ['+ h[1]: {"n":1}']
        [config: [Env: ['A=1', 'B=2']]]   | [config: [Env: ['B=2', 'A=1']]]     || ['~ config.Env: ["A=1","B=2"] -> ["B=2","A=1"]']
        [a: '\u009b2J']                   | [:]                                 || ['- a: "\\u009b2J"']
    }
}
