package dev.davit.look

import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer

import dev.davit.blob.ContentStore
import dev.davit.image.Layer
import dev.davit.tar.LayerBuilder
import dev.davit.tar.Overlay
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import java.util.zip.GZIPInputStream
import spock.lang.Specification
import spock.lang.TempDir

class PackagesSpec extends Specification {

    @TempDir Path folder

    static final DPKG = '''\
        Package: zlib1g
        Status: install ok installed
        Architecture: amd64
        Version: 1:1.2.13.dfsg-1
        Description: compression library
         Package: not a field

        Package: gone
        Status: deinstall ok config-files
        Architecture: amd64
        Version: 1.0

        Package: adduser
        Status: install ok installed
        Architecture: all
        Version: 3.134
        '''.stripIndent()

    static final APK = '''\
        C:Q1abc=
        P:musl
        V:1.2.4-r2
        A:x86_64
        F:lib
        R:ld-musl-x86_64.so.1
        a:0:0:755

        P:busybox
        V:1.36.1-r15
        A:x86_64
        '''.stripIndent()

    static byte[] rpmdb() {
        new GZIPInputStream(PackagesSpec.getResourceAsStream('rpmdb.sqlite.gz')).withCloseable { it.bytes }
    }

    ContentStore store() {
        ContentStore.at(folder.resolve('store'), 0)
    }

    Packages packages(Layer... layers) {
        Packages.of(Overlay.of(layers as List, store()), store())
    }

    Layer binary(Map<String, byte[]> files) {
        LayerBuilder.build(store(), folder, Instant.EPOCH) { builder -> files.each { path, bytes -> builder.bytes(path, bytes) } }
    }

    def 'dpkg tells what is installed'() {
        expect:
        packages(layer { file 'var/lib/dpkg/status', DPKG })*.toString() == ['adduser 3.134 all', 'zlib1g 1:1.2.13.dfsg-1 amd64']
    }

    def 'an image without dpkg tells its packages one by one'() {
        expect:
        packages(layer {
            file 'var/lib/dpkg/status.d/base', 'Package: base-files\nVersion: 12.4\nArchitecture: amd64\n'
            file 'var/lib/dpkg/status.d/tzdata', 'Package: tzdata\nVersion: 2024a\nArchitecture: all\n'
            file 'var/lib/dpkg/status.d/tzdata.md5sums', 'Package: none\n'
        })*.toString() == ['base-files 12.4 amd64', 'tzdata 2024a all']
    }

    def 'apk tells what is installed, wherever it keeps that'() {
        expect:
        packages(layer { file path, APK })*.toString() == ['busybox 1.36.1-r15 x86_64', 'musl 1.2.4-r2 x86_64']

        where:
        path << ['lib/apk/db/installed', 'usr/lib/apk/db/installed']
    }

    def 'rpm tells what is installed'() {
        given:
        def found = packages(binary('/usr/lib/sysimage/rpm/rpmdb.sqlite': rpmdb()))

        expect:
        found.size() == 12
        found*.toString()[0, 4, 6, 11] == ['pack01 1.01-3.el9 noarch', 'pack05 1.05-3.el9 x86_64', 'pack07 2:1.07-3.el9 noarch',
                'pack12 1.12-3.el9 noarch']
        found*.kind().unique() == ['rpm']
        found.notes() == []
    }

    def 'a form of the rpm database that is not read is told of: #name'() {
        given:
        def found = packages(layer { dir 'usr/lib/sysimage/rpm'; file "usr/lib/sysimage/rpm/$name", 'x'; symlink 'var/lib/rpm', '../../usr/lib/sysimage/rpm' })

        expect:
        found.empty
        found.notes() == ["/usr/lib/sysimage/rpm/$name lists packages in a form that is not read; rpmdb.sqlite is" as String]

        where:
        name << ['Packages', 'Packages.db']
    }

    def 'an image may have no packages'() {
        expect:
        packages(layer { file 'a', 'a' }).empty
        packages().notes() == []
    }

    def 'a damaged rpm database fails with a sentence: #what'() {
        given:
        def bytes = rpmdb()
        damage(bytes)

        when:
        packages(binary('/var/lib/rpm/rpmdb.sqlite': cut ? bytes[0..<cut] as byte[] : bytes))

        then:
        def e = thrown(IOException)
        e.message.startsWith('/var/lib/rpm/rpmdb.sqlite: the SQLite database ')

        where:
        what             | cut    | damage
        'no database'    | 0      | { it[0] = 0 }
        'too short'      | 50     | { }
        'cut'            | 40_000 | { }
        'page size'      | 0      | { it[16] = 3 }
        'pages'          | 0      | { byte[] b -> (1..<63).each { page -> b[page * 4096] = 5 } }
        'cell pointers'  | 0      | { byte[] b -> (1..<63).each { page -> (8..<24).each { b[page * 4096 + it] = -1 } } }
    }

    def 'any damage of an rpm database fails with a sentence, or is not seen'() {
        given:
        def original = rpmdb()
        def random = new Random(7)

        expect:
        (1..300).every {
            def bytes = original.clone()
            20.times { bytes[random.nextInt(bytes.length)] = random.nextInt(256) as byte }
            def file = Files.write(folder.resolve('damaged'), bytes)
            try {
                Sqlite.open(file).withCloseable { it.blobs('Packages') { RpmHeader.parse(it) } }
                true
            } catch (IOException e) {
                e.message.startsWith('the ')
            }
        }
    }

    def 'packages are compared by name and architecture'() {
        given:
        def installed = { String... lines -> lines.collect { new InstalledPackage('deb', *it.split(' ')) } }

        expect:
        PackageChange.between(installed('a 1 amd64', 'b 1 amd64', 'c 1 amd64', 'k 1 amd64', 'k 2 amd64'),
                installed('b 2 amd64', 'c 1 amd64', 'c 1 i386', 'd 1 all', 'k 2 amd64', 'k 3 amd64'))*.toString() ==
                ['- a 1 amd64', '~ b 1 -> 2 amd64', '+ c 1 i386', '+ d 1 all', '~ k 1 -> 3 amd64']
    }
}
