package dev.davit.scripts

import dev.davit.layout.OciLayout
import dev.davit.server.Interceptor
import dev.davit.server.RegistryServer
import java.nio.file.Files
import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream
import spock.lang.AutoCleanup
import spock.lang.Shared

/** What comes from outside and is not what it should be: one sentence, an exit code, and nothing half-written. */
class BadInputSpec extends RunnerSpecification {

    /** Answers a path's bytes in place of the registry. */
    @Shared Map<String, Closure<byte[]>> faults = [:]
    @Shared boolean broken
    @Shared @AutoCleanup RegistryServer registry = RegistryServer.start { settings ->
        settings.interceptor { method, path, headers ->
            def fault = method == 'GET' ? faults.find { path.endsWith(it.key) } : null
            if (!fault) {
                return Optional.empty()
            }
            def (long length, byte[] body) = fault.value()
            Optional.of(new Interceptor.Answer(200, ['Content-Length': length as String], body))
        }
    }

    String layerDigest

    def setup() {
        faults.clear()
        write 'make.groovy', "println scratch().append { text '/etc/motd', 'hello' }.push('${registry.address()}/x:1')"
        davit 'make.groovy'
        environment = [DAVIT_CACHE: folder.resolve('.cache') as String] // the layer that was made here is not to be found
        layerDigest = (davit('manifest', "${registry.address()}/x:1") =~ /gzip","digest":"(sha256:\w+)"/)[0][1]
    }

    String said(Object... words) {
        davit(words).replace(registry.address(), 'REGISTRY').replace(layerDigest, 'DIGEST')
    }

    List<String> files() {
        Files.list(folder).withCloseable { it*.fileName*.toString().toSorted() } - ['make.groovy', '.cache']
    }

    def 'what is called as an archive is no image of Docker Hub: #words'() {
        expect:
        said(*words) == "! davit ${words[0]}: there is no archive 'none.tar'\nexit 1\n"

        where:
        words << [['push', 'none.tar', 'localhost:1/x'], ['load', '-i', 'none.tar']]
    }

    def 'a blob with other bytes than its digest: #words'() {
        given:
        faults[layerDigest] = { [SIZE, new byte[SIZE]] }

        expect:
        said(words.collect { it.replace('IMAGE', "${registry.address()}/x:1") } as Object[]) ==
                "! davit ${words[0]}: REGISTRY/x: blob DIGEST has other content than its digest says: it is " +
                "sha256:988a09c9a6ee66322f9f274fe0ede1186eaf12b1c9fdd5f62152f998223521db\nexit 1\n"
        files() == []

        where:
        words << [['export', 'IMAGE', 'out.tar'], ['pull', 'IMAGE', 'out.tar']]
    }

    /** The layer's, packed. */
    static final int SIZE = 90

    def 'a command line that lacks or garbles what the command needs: #words'() {
        expect:
        said(words as Object[]) == "! davit ${words[0]}: $message\nexit 1\n"

        where:
        words                                || message
        ['serve', '--address=localhost:99999'] || "malformed address 'localhost:99999': expected HOST:PORT, or :PORT for all addresses, with a port from 0 to 65535"
        ['serve', '--address=localhost:']    || "malformed address 'localhost:': expected HOST:PORT, or :PORT for all addresses, with a port from 0 to 65535"
        ['sync', 'localhost:5000']           || 'nothing to copy: expected SOURCES or --list'
        ['login', '-u', 'a', '-p', '']       || 'the password is empty'
        ['login', '-u', 'a', '-p', '', '--password-stdin'] || '--password and --password-stdin do not go together'
        ['rebase', '--tag=x']                || 'IMAGE is missing'
        ['catalog', 'localhost:1/x']         || "malformed registry 'localhost:1/x': expected a host name and maybe a port, such as registry.example.com:5000"
        ['referrers', 'oci:x']               || "malformed reference 'oci:x': expected one to a registry"
        ['delete', 'daemon:x']               || "malformed reference 'daemon:x': expected one to a registry or a layout"
    }

    def 'a folder of something else is no layout, and keeps what it has'() {
        given:
        write 'mine/index.json', '{"mine":true}'

        expect:
        said('pull', '--format=oci', "${registry.address()}/x:1", 'mine') == '! davit pull: FOLDER/mine is not an OCI layout, ' +
                'and not empty: expected a layout, or a folder that is new or empty\nexit 1\n'
        Files.readString(folder.resolve('mine/index.json')) == '{"mine":true}'
    }

    def 'a layout lists no image that is not whole'() {
        given:
        faults[layerDigest] = { [SIZE, new byte[SIZE]] }

        expect:
        said('pull', '--format=oci', "${registry.address()}/x:1", 'out').endsWith('exit 1\n')
        OciLayout.open(folder.resolve('out')).descriptors() == []
        !Files.exists(folder.resolve("out/blobs/sha256/${layerDigest - 'sha256:'}"))
    }

    def 'a download that ends early'() {
        given:
        faults[layerDigest] = { [SIZE, new byte[10]] }

        expect:
        said('export', "${registry.address()}/x:1", 'out.tar') ==
                '! davit export: GET http://REGISTRY/v2/x/blobs/DIGEST: the connection to localhost ended too early\nexit 1\n'
        files() == []
    }

    def 'a tar archive with entries that lead out of the image: #name'() {
        given:
        def out = new TarArchiveOutputStream(Files.newOutputStream(folder.resolve('bad.tar')))
        entries.each { String entry, String link ->
            def header = new TarArchiveEntry(entry, link ? TarArchiveEntry.LF_SYMLINK : TarArchiveEntry.LF_NORMAL, true)
            header.linkName = link ?: ''
            header.modTime = 0
            out.putArchiveEntry(header)
            out.closeArchiveEntry()
        }
        out.close()
        write 'extract.groovy', "scratch().append(layer('bad.tar')).extract('out')"
        write 'make.groovy', ''

        expect:
        said('extract.groovy').readLines().findAll { it.startsWith('! error') || it.startsWith('exit') } == report
        !files().any { it.startsWith('out') && report } && !Files.exists(folder.resolve('../evil'))

        where:
        name                | entries                                    | report
        'parent'            | ['../evil': null]                          | ["! error: FOLDER/bad.tar: entry '../evil' leads out of the root", 'exit 1']
        'inner parent'      | ['a/../../evil': null]                     | ["! error: FOLDER/bad.tar: entry 'a/../../evil' leads out of the root", 'exit 1']
        'through a link'    | ['a': '../..', 'a/evil': null]             | []
        'absolute link'     | ['a': '/tmp', 'a/evil': null]              | []
    }
}
