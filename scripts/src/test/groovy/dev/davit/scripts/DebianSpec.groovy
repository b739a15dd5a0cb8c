package dev.davit.scripts

import static dev.davit.Peers.run
import static groovy.io.FileType.FILES

import dev.davit.Peers
import dev.davit.json.Json
import dev.davit.registry.Front
import dev.davit.registry.RealRegistry
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

/**
 * The main job on a real image: a Debian root file system by mmdebstrap, wrapped by umoci and pushed by skopeo, gets a
 * site on top; and skopeo and umoci read what comes of it.
 */
@Requires(value = { ['mmdebstrap', 'umoci', 'skopeo', RealRegistry.PROGRAM].every { Peers.has(it) } },
        reason = 'mmdebstrap, umoci, skopeo or docker-registry is not installed')
@Stepwise
class DebianSpec extends Specification {

    @Shared @TempDir Path folder
    @Shared RealRegistry registry = RealRegistry.start()
    @Shared RealRegistry other = RealRegistry.start()
    @Shared Path samples = Path.of(System.getProperty('davit.root'), 'samples')
    @Shared List<Map> baseLayers

    Front front = new Front(registry.host)
    Front otherFront = new Front(other.host)

    def setupSpec() {
        run 'mmdebstrap', '--quiet', '--variant=essential', 'bookworm', folder.resolve('debian.tar')
        def layout = folder.resolve('debian')
        run 'umoci', 'init', '--layout', layout
        run 'umoci', 'new', '--image', "$layout:bookworm"
        run 'umoci', 'raw', 'add-layer', '--image', "$layout:bookworm", folder.resolve('debian.tar')
        run 'umoci', 'config', '--image', "$layout:bookworm", '--config.cmd', 'bash', '--config.env', 'LANG=C.UTF-8'
        run 'umoci', 'gc', '--layout', layout
        run 'skopeo', 'copy', '-q', '--dest-tls-verify=false', "oci:$layout:bookworm",
                "docker://$registry.host/debian:bookworm"
        baseLayers = manifest("$registry.host/debian:bookworm").layers
    }

    def cleanupSpec() {
        registry.close()
        other.close()
    }

    def cleanup() {
        front.close()
        otherFront.close()
    }

    static Map manifest(String reference) {
        parse(run('skopeo', 'inspect', '--raw', '--tls-verify=false', "docker://$reference"))
    }

    static Map parse(String json) {
        Json.readObject(json.bytes, 'answer')
    }

    String davit(Object... words) {
        def out = new ByteArrayOutputStream()
        def err = new ByteArrayOutputStream()
        def variables = [DAVIT_CACHE: folder.resolve('cache') as String, HOME: folder as String]
        int status = Runner.run(words*.toString(), InputStream.nullInputStream(), new PrintStream(out),
                new PrintStream(err), variables, folder)
        assert err.toString() == ''
        assert status == 0
        out.toString()
    }

    def 'a base in the same registry is neither downloaded nor uploaded'() {
        when:
        def pushed = davit '--no-lock', samples.resolve('site.groovy'), '--base', "$front.host/debian:bookworm", '--to',
                "$front.host/site:1.0"

        then:
        pushed == "$front.host/site@${run('skopeo', 'inspect', '--tls-verify=false', '--format', '{{.Digest}}', "docker://$registry.host/site:1.0")}"
        manifest("$registry.host/site:1.0").layers.size() == 2
        manifest("$registry.host/site:1.0").layers[0] == baseLayers[0]

        and: 'the base is mounted: what moves is its config down, and the site and the new config up'
        def config = manifest("$registry.host/debian:bookworm").config
        def site = manifest("$registry.host/site:1.0")
        front.requests.count { it.startsWith("POST /v2/site/blobs/uploads/?mount=${baseLayers[0].digest}&from=debian") } == 1
        front.downloaded.get() == config.size
        front.uploaded.get() == site.layers[1].size + site.config.size
        front.requests.size() == 13
    }

    def 'a second run finds everything there and uploads nothing'() {
        when:
        davit '--no-lock', samples.resolve('site.groovy'), '--base', "$front.host/debian:bookworm", '--to', "$front.host/site:1.0"

        then:
        front.uploaded.get() == 0
        !front.requests.any { it.startsWith('POST') || it.startsWith('PUT') || it.startsWith('PATCH') }
    }

    def 'a base in another registry is streamed from there without touching the disk'() {
        when:
        davit '--no-lock', samples.resolve('site.groovy'), '--base', "$front.host/debian:bookworm", '--to', "$otherFront.host/site:1.0"

        then:
        def site = manifest("$other.host/site:1.0")
        front.downloaded.get() == baseLayers[0].size + manifest("$registry.host/debian:bookworm").config.size
        otherFront.uploaded.get() == site.layers*.size.sum() + site.config.size

        and: 'the content store has the site and not the base'
        def stored = []
        folder.resolve('cache/blobs').toFile().eachFileRecurse(FILES) { stored << it.name }
        stored == [site.layers[1].digest - 'sha256:']
    }

    def 'both registries hold the same image'() {
        expect:
        manifest("$other.host/site:1.0") == manifest("$registry.host/site:1.0")
    }

    def 'skopeo and umoci find the files, the environment and the labels'() {
        when:
        def config = parse(run('skopeo', 'inspect', '--config', '--tls-verify=false', "docker://$registry.host/site:1.0"))
        run 'skopeo', 'copy', '-q', '--src-tls-verify=false', "docker://$registry.host/site:1.0", "oci:$folder/site:1.0"
        run 'umoci', 'unpack', '--rootless', '--image', "$folder/site:1.0", folder.resolve('bundle')
        def root = folder.resolve('bundle/rootfs')

        then:
        config.config.Env.contains('LANG=C.UTF-8')
        config.config.ExposedPorts == ['8080/tcp': [:]]
        config.config.Labels == ['org.opencontainers.image.title': 'site']
        config.config.Cmd == ['bash']
        Files.mismatch(root.resolve('etc/nginx/nginx.conf'), samples.resolve('nginx.conf')) == -1
        Files.mismatch(root.resolve('usr/share/nginx/html/index.html'), samples.resolve('site/index.html')) == -1
        Files.readString(root.resolve('etc/debian_version')).startsWith('12.')
    }

    def 'nothing is wrong with the base nor with what was made of it'() {
        when:
        run 'umoci', 'gc', '--layout', folder.resolve('debian')
        run 'skopeo', 'copy', '-q', '--src-tls-verify=false', "docker://$registry.host/site:1.0", "oci-archive:$folder/site.tar"
        run 'skopeo', 'copy', '-q', '--src-tls-verify=false', '--dest-compress-format=zstd', '--dest-oci-accept-uncompressed-layers',
                "docker://$registry.host/site:1.0", "oci:$folder/zstd"
        def names = ["$registry.host/debian:bookworm", "$registry.host/site:1.0", "$folder/site.tar", "$folder/debian", "$folder/zstd"]

        then:
        davit('validate', *names[0..1], '--tarball', names[2], '--layout', names[3], '--layout', names[4]) ==
                names.collect { "PASS: $it\n" }.join()
    }

    def 'the files of the real image are walked'() {
        expect:
        def report = davit('--no-lock', samples.resolve('files.groovy'), '--image', "$registry.host/site:1.0", '--top', 2)
        report.contains('system   "Debian GNU/Linux 12 (bookworm)"')
        report.contains('  /usr/bin/su\n')
    }
}
